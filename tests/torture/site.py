"""The whole site in processes of its own: servers, web server, two workers and two beats, or one process alone."""

import http.client
import os
import sys
from pathlib import Path

from tests.jobs.live import Process
from tests.torture.browser import PATIENCE
from tests.torture.servers import Postgres, Redis, free_port
from tests.torture.supervisor import Supervised, Supervisor

WORKERS = 2
BEATS = 2


class Site:
    """Everything that runs. With the settings a site comes with; only addresses and folders are our own."""

    def __init__(self, directory: Path, supervisor: Supervisor, *, setup: str) -> None:
        self.directory = directory
        self.supervisor = supervisor
        self.port = free_port()
        self.postgres: Postgres | None = None
        self.redis: Redis | None = None
        if setup == "servers":
            self.postgres = Postgres(directory, supervisor)
            self.redis = Redis(directory, supervisor)
        self.web: Supervised
        self.workers: list[Supervised] = []
        self.log = directory / "site.log"
        self.mailbox = directory / "var" / "mailbox"

    @property
    def environment(self) -> dict[str, str]:
        """What the processes of the site, and this one, read their settings from."""
        database = self.postgres.url if self.postgres else f"sqlite:///{self.directory / 'site.sqlite3'}"
        return {
            "DJANGO_SETTINGS_MODULE": "lastvote.settings",
            "DATABASE_URL": database,
            "BROKER_URL": self.redis.url if self.redis else "",
            "SECRET_KEY": "for this run only",
            "VAR_DIR": str(self.directory / "var"),
            "LOG_LEVEL": "WARNING",
        }

    def start(self) -> None:
        """Start web server, workers and beats."""
        self.web = self.supervisor.run("web server", lambda: self._manage("serve", "--port", str(self.port)))
        if self.redis:
            self.workers = [
                self.supervisor.run(f"worker {number + 1}", lambda: self._manage("worker")) for number in range(WORKERS)
            ]
            for number in range(BEATS):
                self.supervisor.run(f"beat {number + 1}", lambda: self._manage("beat"))

    def _manage(self, *arguments: str) -> Process:
        told = os.environ | self.environment
        return Process([sys.executable, "manage.py", *arguments], environment=told, log=self.log)

    def answers(self) -> bool:
        """Say whether a page comes back, however long the queue is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status in (200, 503)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
