import django.db.models.deletion
from django.db import migrations, models

from lastvote.audit import guards

TABLES = ("assessments_submission",)


def install(apps, schema_editor):
    guards.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    guards.remove(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_casework")]

    operations = [
        migrations.AddField(
            model_name="rollentry",
            name="earlier",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.rollentry",
            ),
        ),
        # SQLite makes the table anew for a constraint and would lose its guards on the way
        migrations.RunPython(remove, install),
        migrations.RemoveConstraint(model_name="submission", name="submission_answer_has_points"),
        migrations.AlterField(
            model_name="submission",
            name="kind",
            field=models.CharField(
                choices=[("answer", "Answer"), ("carried", "Carried over"), ("withdrawal", "Withdrawal")],
                default="answer",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["answer", "carried"]), ("points__isnull", False)),
                    models.Q(("kind", "withdrawal"), ("points__isnull", True)),
                    _connector="OR",
                ),
                name="submission_answer_has_points",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
