from django.db import migrations

from lastvote.audit import guards

TABLES = ("deliberation_protectivefinding", "deliberation_workcalendar", "deliberation_outage")


def install(apps, schema_editor):
    guards.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    guards.remove(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
