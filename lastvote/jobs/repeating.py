"""A thread that does one thing again and again, whatever happens to it."""

import threading
from collections.abc import Callable

import structlog
from django.db import connections

log = structlog.get_logger(__name__)

FIRST_PAUSE = 1.0
"""Seconds. Pools fork in the first moment of a worker; until then no thread of it touches the database."""


class Repeating:
    """Calls ``action`` every ``seconds``, on a thread of its own that holds no database connection in between."""

    def __init__(self, *, name: str, seconds: float, action: Callable[[], object]) -> None:
        self._name = name
        self._seconds = seconds
        self._action = action
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread, unless it runs."""
        if not self.alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def alive(self) -> bool:
        """Say whether the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def stop(self, *, timeout: float = 10) -> None:
        """End the thread after what it is doing now."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        pause = min(FIRST_PAUSE, self._seconds)
        while not self._stop.wait(pause):
            pause = self._seconds
            try:
                self._action()
            except Exception as error:  # noqa: BLE001 -- the next time may go well
                log.warning("repeating_failed", action=self._name, error=type(error).__name__)
            finally:
                connections.close_all()
