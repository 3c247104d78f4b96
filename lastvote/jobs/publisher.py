"""The one thread of a process that talks to the broker in order to publish."""

import contextlib
import os
import queue
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from django.conf import settings

from lastvote.celery import app

if TYPE_CHECKING:
    from kombu import Connection

TASK = "jobs.deliver"
SOCKET_TIMEOUT = 1.0
"""Seconds after which a silent broker counts as dead."""

log = structlog.get_logger(__name__)


class Wakeup(NamedTuple):
    """What is sent: a kind of work and an id, never content; and the request that it came from, for the log."""

    kind: str
    subject_id: int
    request_id: str | None = None


class Publisher:
    """A bounded queue and the daemon thread that empties it into the broker.

    The thread starts with the first wake-up of a process, again after a fork, and again if it died.
    """

    def __init__(self, *, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._pid = 0
        self._queue: queue.Queue[Wakeup] = queue.Queue(size)
        self._thread: threading.Thread | None = None
        self._counts: Counter[str] = Counter()
        self.last_failure: float | None = None

    def inbox(self) -> queue.Queue[Wakeup]:
        """Return the queue, with a living thread behind it."""
        if self._pid != os.getpid():
            self._forget_parent()
        if self._thread is None or not self._thread.is_alive():
            self._start()
        return self._queue

    def count(self, what: str) -> None:
        """Count something that happened to a wake-up: published, failed or dropped."""
        with self._lock:
            self._counts[what] += 1

    def counts(self) -> dict[str, int]:
        """Return the counts since the process started."""
        with self._lock:
            return {what: self._counts[what] for what in ("published", "failed", "dropped")}

    def failed_within(self, seconds: float) -> bool:
        """Say whether a wake-up failed in the last ``seconds``."""
        return self.last_failure is not None and time.monotonic() - self.last_failure < seconds

    def _forget_parent(self) -> None:
        self._lock = threading.Lock()
        self._queue = queue.Queue(self._size)
        self._thread = None
        self._counts = Counter()
        self.last_failure = None
        self._pid = os.getpid()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._publish_for_ever, args=(self._queue,), name="wake", daemon=True
                )
                self._thread.start()

    def _publish_for_ever(self, waiting: queue.Queue[Wakeup]) -> None:
        link = BrokerLink()
        while True:
            wakeup = waiting.get()
            try:
                link.send(wakeup)
            except Exception as error:  # noqa: BLE001 -- whatever a broker does, the sweeper repairs
                self._note_failure(error)
                link = BrokerLink()
            else:
                self.count("published")

    def _note_failure(self, error: Exception) -> None:
        self.count("failed")
        if not self.failed_within(seconds=60):
            log.warning("wake_failed", error=type(error).__name__)
        self.last_failure = time.monotonic()


class BrokerLink:
    """A connection of the publishing thread, made on first use and thrown away after an error."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._producer: Any = None

    def send(self, wakeup: Wakeup) -> None:
        """Publish one wake-up; raises whatever the broker's client raises, soon."""
        if self._producer is None:
            self._connect()
        with structlog.contextvars.bound_contextvars(request_id=wakeup.request_id):
            try:
                app.send_task(TASK, args=wakeup[:2], producer=self._producer, retry=False, ignore_result=True)
            except Exception:
                self._close()
                raise

    def _connect(self) -> None:
        timeouts = {"socket_timeout": SOCKET_TIMEOUT, "socket_connect_timeout": SOCKET_TIMEOUT, "max_retries": 0}
        self._connection = app.connection_for_write(settings.CELERY_BROKER_URL, transport_options=timeouts)
        self._producer = app.amqp.Producer(self._connection)

    def _close(self) -> None:
        with contextlib.suppress(Exception):
            if self._connection is not None:
                self._connection.release()
        self._connection = self._producer = None
