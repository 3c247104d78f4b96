"""Run the site."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from lastvote.jobs.server import Server, is_free, is_loopback


class Command(BaseCommand):
    """Checks where the site may listen, says where it does, and hands over to gunicorn."""

    help = "Run the site. Without BROKER_URL, worker and beat run inside the same process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve until stopped."""
        host, port = options["host"], options["port"]
        if settings.DEMO and not is_loopback(host):
            raise CommandError(
                f"Demo mode lets anybody sign in as anybody, so it only listens on this machine and not on {host}."
            )
        if not is_free(host, port):
            raise CommandError(f"Port {port} is in use. Choose another one: PORT={port + 1}.")
        connections.close_all()
        Server(host=host, port=port, on_ready=lambda: self._announce(host, port)).run()

    def _announce(self, host: str, port: int) -> None:
        address = f"http://{'localhost' if is_loopback(host) else host}:{port}/"
        self.stdout.write(f"lastvote is running at {address}")
        if settings.DEMO:
            self.stdout.write(f"Choose who you want to be at {address}demo/")
        self.stdout.write("Press Ctrl+C to stop.")
        self.stdout.flush()
