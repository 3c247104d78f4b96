from django.db import migrations

from lastvote.audit import guards

TABLES = (
    "audit_auditevent",
)


def install(apps, schema_editor):
    guards.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    guards.remove(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
