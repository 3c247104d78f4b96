"""Load the made-up towns of the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from deliberation.demo.loader import load
from lastvote.clock import now


class Command(BaseCommand):
    """Load the demo; what is there already stays as it is."""

    help = "Load made-up towns, people, cases and answers. Running it again keeps what is there."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        load(now=now(), say=self.stdout.write)
