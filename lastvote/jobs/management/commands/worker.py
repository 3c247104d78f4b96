"""Run a Celery worker of its own."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections

from lastvote.celery import app


class Command(BaseCommand):
    """Needs a broker; the embedded default has its worker inside the site."""

    help = "Run a worker. Needs BROKER_URL."
    requires_system_checks = []  # Celery runs them itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how much it may do at a time."""
        parser.add_argument("--pool", choices=["prefork", "threads"], default="prefork")
        parser.add_argument("--concurrency", type=int, default=2)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work until stopped."""
        if settings.EMBEDDED:
            self.stdout.write("BROKER_URL is empty, so the worker runs inside the site. There is nothing to start.")
            return
        connections.close_all()
        app.worker_main(["worker", f"--pool={options['pool']}", f"--concurrency={options['concurrency']}"])
