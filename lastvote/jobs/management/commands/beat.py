"""Run the Celery beat."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections

from lastvote.celery import app


class Command(BaseCommand):
    """Needs a broker; the embedded default has its beat inside the site."""

    help = "Run the clock that asks the workers to look for due work. Needs BROKER_URL."
    requires_system_checks = []  # it answers nobody and writes next to nothing

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Ask in turn until stopped."""
        if settings.EMBEDDED:
            self.stdout.write("BROKER_URL is empty, so the beat runs inside the site. There is nothing to start.")
            return
        connections.close_all()
        app.start(["beat", "--pidfile="])
