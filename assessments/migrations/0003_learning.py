import django.db.models.deletion
import lastvote.clock
from decimal import Decimal
from django.db import migrations, models

from lastvote.audit import guards

TABLES = ("assessments_labelledhistory", "assessments_labelledcase")


def install(apps, schema_editor):
    guards.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    guards.remove(schema_editor, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0002_append_only'),
        ('stakeholders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LabelledHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.JSONField()),
                ('source', models.JSONField()),
                ('licence', models.JSONField()),
                ('scheme', models.CharField(blank=True, choices=[('classic', 'Four factors'), ('taxonomy', 'Seven kinds of risk')], max_length=16)),
                ('factors', models.JSONField()),
                ('columns', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('case_count', models.PositiveIntegerField()),
                ('synthetic', models.BooleanField(default=False)),
                ('imported_at', models.DateTimeField()),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.person')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='histories', to='stakeholders.jurisdiction')),
            ],
        ),
        migrations.CreateModel(
            name='LabelledCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('ratings', models.JSONField()),
                ('label', models.DecimalField(decimal_places=10, max_digits=11)),
                ('raters', models.PositiveSmallIntegerField(null=True)),
                ('day', models.DateField(null=True)),
                ('history', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='assessments.labelledhistory')),
            ],
        ),
        migrations.CreateModel(
            name='ComputationRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32, unique=True)),
                ('kind', models.CharField(choices=[('training', 'Training of the learned score')], max_length=16)),
                ('state', models.CharField(choices=[('waiting', 'Waiting for its first step'), ('running', 'Running'), ('done', 'Done'), ('cancelled', 'Cancelled'), ('failed', 'Failed')], default='waiting', max_length=16)),
                ('settings', models.JSONField()),
                ('steps_done', models.PositiveIntegerField(default=0)),
                ('steps_total', models.PositiveIntegerField()),
                ('checkpoint', models.JSONField(default=dict)),
                ('result', models.TextField(blank=True)),
                ('result_sha256', models.CharField(blank=True, max_length=64)),
                ('error_code', models.CharField(blank=True, max_length=32)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('cancel_requested_at', models.DateTimeField(null=True)),
                ('cancel_requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.person')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='computations', to='stakeholders.jurisdiction')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.person')),
                ('history', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='assessments.labelledhistory')),
            ],
        ),
        migrations.CreateModel(
            name='PendingImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32, unique=True)),
                ('content', models.BinaryField()),
                ('uploaded_at', models.DateTimeField(default=lastvote.clock.now)),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stakeholders.person')),
            ],
        ),
        migrations.AddConstraint(
            model_name='labelledhistory',
            constraint=models.UniqueConstraint(fields=('jurisdiction', 'number'), name='history_number_once'),
        ),
        migrations.AddConstraint(
            model_name='labelledhistory',
            constraint=models.UniqueConstraint(fields=('jurisdiction', 'sha256'), name='history_content_once'),
        ),
        migrations.AddConstraint(
            model_name='labelledhistory',
            constraint=models.CheckConstraint(condition=models.Q(('case_count__gte', 1)), name='history_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='labelledcase',
            constraint=models.UniqueConstraint(fields=('history', 'number'), name='labelled_case_once'),
        ),
        migrations.AddConstraint(
            model_name='labelledcase',
            constraint=models.CheckConstraint(condition=models.Q(('label__gte', Decimal('0')), ('label__lte', Decimal('1'))), name='labelled_case_label_in_range'),
        ),
        migrations.AddConstraint(
            model_name='computationrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running'))), fields=('history', 'kind'), name='computation_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='computationrun',
            constraint=models.CheckConstraint(condition=models.Q(('steps_done__lte', models.F('steps_total'))), name='computation_steps_in_range'),
        ),
        migrations.AddConstraint(
            model_name='computationrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ('waiting', 'running'))), models.Q(models.Q(('state__in', ('waiting', 'running')), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='computation_ended_has_time'),
        ),
        migrations.AddConstraint(
            model_name='computationrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), models.Q(('result', ''), _negated=True), models.Q(('result_sha256', ''), _negated=True)), models.Q(models.Q(('state', 'done'), _negated=True), ('result', ''), ('result_sha256', '')), _connector='OR'), name='computation_done_has_result'),
        ),
        migrations.AddConstraint(
            model_name='computationrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('error_code', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('error_code', '')), _connector='OR'), name='computation_failed_has_code'),
        ),
        migrations.AddConstraint(
            model_name='computationrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_requested_at__isnull', True), ('cancel_requested_by__isnull', True)), models.Q(('cancel_requested_at__isnull', False), ('cancel_requested_by__isnull', False)), _connector='OR'), name='computation_cancel_whole'),
        ),
        migrations.RunPython(install, remove),
    ]
