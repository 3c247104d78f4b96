import django.db.models.deletion
from django.db import migrations, models

from lastvote.audit import guards

TABLES = ("assessments_adoptedposition",)


def install(apps, schema_editor):
    guards.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    guards.remove(schema_editor, TABLES)


class Migration(migrations.Migration):

    dependencies = [("assessments", "0009_merges"), ("stakeholders", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='AdoptedPosition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('points', models.JSONField()),
                ('reason', models.TextField()),
                ('language', models.CharField(max_length=12)),
                ('adopted_at', models.DateTimeField()),
                ('adopted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.person')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.group')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adopted_positions', to='assessments.weightround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'group', 'version'), name='adopted_position_version_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='adopted_position_has_reason')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
