"""The Celery app, its tasks and its timetable."""

import os

from celery import Celery
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lastvote.settings")

BEAT_SECONDS = 10.0
"""How often the beat lets itself be heard of."""

app = Celery("lastvote")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)
app.conf.beat_schedule = {
    "sweep": {"task": "jobs.sweep", "schedule": settings.SWEEP_SECONDS},
    "heartbeat": {"task": "jobs.beat_heartbeat", "schedule": BEAT_SECONDS},
}
