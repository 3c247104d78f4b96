from django.db import migrations

from lastvote.audit import guards

TABLES = (
    "assessments_submission",
    "assessments_rating",
    "assessments_ratingvalue",
    "assessments_policyversion",
    "assessments_roundrecord",
)


def install(apps, schema_editor):
    guards.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    guards.remove(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
