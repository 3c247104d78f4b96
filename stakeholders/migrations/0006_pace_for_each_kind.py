"""Who had turned off all updates has turned off each kind of them that there was then."""

from django.db import migrations

UPDATES = ("round_published", "session_planned", "statement_replied", "join_proposed", "case_settled")


def choose_for_each_kind(apps, schema_editor):
    """Write a choice for each kind where one choice stood for all."""
    before, after = (apps.get_model("stakeholders", name) for name in ("NoticeChoice", "PaceChoice"))
    off = before.objects.filter(updates="off").values_list("person_id", flat=True)
    after.objects.bulk_create(after(person_id=one, kind=kind, pace="off") for one in off for kind in UPDATES)


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0005_paces'),
    ]

    operations = [
        migrations.RunPython(choose_for_each_kind, migrations.RunPython.noop),
        migrations.DeleteModel(
            name='NoticeChoice',
        ),
    ]
