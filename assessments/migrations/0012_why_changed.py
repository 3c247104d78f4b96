from django.db import migrations, models

REASONS = [
    ("evidence", "New evidence"),
    ("read", "A reason I read"),
    ("mistake", "I made a mistake"),
    ("agree", "To help us agree, though my own view is the same"),
    ("other", "Something else"),
]


class Migration(migrations.Migration):

    dependencies = [("assessments", "0011_case_imports")]

    operations = [
        migrations.AddField(
            model_name="submissiondetail",
            name="change_reason",
            field=models.CharField(blank=True, choices=REASONS, default="", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="submissiondetail",
            name="reason_read",
            field=models.CharField(blank=True, default="", max_length=16),
            preserve_default=False,
        ),
    ]
