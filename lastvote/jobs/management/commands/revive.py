"""Try again what was given up."""

from typing import Any

from django.core.management.base import BaseCommand

from lastvote import clock
from lastvote.jobs import outbox


class Command(BaseCommand):
    """For whoever runs the site, after removing what made the work fail."""

    help = "Give work that was given up after eight attempts another eight."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make dead work due now; the next sweep takes it."""
        self.stdout.write(f"Work that will be tried again: {outbox.revive(clock.now())}")
