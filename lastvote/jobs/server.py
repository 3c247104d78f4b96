"""The web server: gunicorn, set up from our own settings."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication

from lastvote.celery import app as celery_app
from lastvote.jobs.embedded import Embedded

LONGEST_REQUEST_LINE = 8190
"""As long as gunicorn allows: what it refuses itself, it refuses in HTML, to programs too."""


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """The site behind gunicorn; in the embedded default its one process also holds worker and beat."""

    def __init__(self, *, host: str, port: int, on_ready: Callable[[], None]) -> None:
        self._options = options(host=host, port=port)
        self._on_ready = on_ready
        self._embedded: Embedded | None = None
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn, leaving out those that an older one does not know."""
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("when_ready", lambda _arbiter: self._on_ready())
        if settings.EMBEDDED:
            self.cfg.set("post_worker_init", lambda _worker: self._start_embedded())
            self.cfg.set("worker_exit", lambda _arbiter, _worker: self._stop_embedded())

    def load(self) -> Any:
        """Load the site, once per process."""
        from lastvote.wsgi import application  # noqa: PLC0415 -- after the fork

        return application

    def _start_embedded(self) -> None:
        self._embedded = Embedded(celery_app)
        self._embedded.start()

    def _stop_embedded(self) -> None:
        if self._embedded is not None:
            self._embedded.stop()


def options(*, host: str, port: int) -> dict[str, Any]:
    """Return gunicorn's options. The embedded default has one process: each would own a queue and a beat."""
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": 1 if settings.EMBEDDED else settings.WEB_PROCESSES,
        "worker_class": "gthread",
        "threads": settings.WEB_THREADS,
        "preload_app": False,
        "graceful_timeout": 15,
        "limit_request_line": LONGEST_REQUEST_LINE,
        "loglevel": "warning",
        "control_socket_disable": True,
    }


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_free(host: str, port: int) -> bool:
    """Say whether nothing listens on the port yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
