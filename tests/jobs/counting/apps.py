"""An app of the tests: its work is to count each subject once, slowly if asked."""

import os
import time
from datetime import timedelta
from pathlib import Path

from django.apps import AppConfig
from django.db import transaction


class CountingConfig(AppConfig):
    name = "tests.jobs.counting"

    def ready(self):
        from lastvote.jobs import outbox

        outbox.register("count", count)


def count(subject_id, now):
    """Leave one row for the subject, however often it is asked; tell the diary of every start and end."""
    from lastvote.jobs.models import IdempotencyKey

    tell(f"start {subject_id}")
    time.sleep(float(os.environ.get("COUNT_SECONDS", "0")))
    with transaction.atomic():
        IdempotencyKey.objects.get_or_create(
            scope="counted",
            key=str(subject_id),
            defaults={"body_hmac": "", "outcome_id": subject_id, "purge_after": now + timedelta(days=1)},
        )
    tell(f"end {subject_id}")


def tell(words):
    diary = os.environ.get("COUNT_DIARY")
    if diary:
        with Path(diary).open("a") as file:
            file.write(f"{words} {os.getpid()}\n")
