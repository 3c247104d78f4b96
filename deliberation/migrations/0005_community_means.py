import django.db.models.deletion
from django.db import migrations, models

from lastvote.audit import guards

TABLES = ("deliberation_communitymean",)


def install(apps, schema_editor):
    guards.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    guards.remove(schema_editor, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0014_computations_of_rounds'),
        ('deliberation', '0004_late_words'),
        ('stakeholders', '0006_pace_for_each_kind'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommunityMean',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('places', models.JSONField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.community')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='community_means', to='deliberation.protectivefinding')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.weightround')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('finding', 'community'), name='community_mean_once')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
