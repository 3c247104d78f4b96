"""The embedded default: worker and beat as threads of the one web process, over a queue in its memory.

The threads run the same code as workers and beat of their own. What is in the queue dies with the process; the outbox
does not, and the first sweep after a start takes it up. A thread that dies is started again by the supervisor.
"""

import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import celery.beat
import celery.worker.state
import structlog
from celery import Celery
from celery.concurrency import get_implementation
from celery.exceptions import WorkerShutdown, WorkerTerminate
from celery.signals import task_postrun
from django.db import connections

from lastvote.jobs import worker as timers
from lastvote.jobs.repeating import Repeating

POOL_THREADS = 2
READY_WITHIN = 10
WATCH_SECONDS = 1.0
STOP_WITHIN = 10

log = structlog.get_logger(__name__)


class Embedded:
    """Starts, watches and stops a worker, a beat and their timers inside this process."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._beat: Any = None
        self._threads: dict[str, threading.Thread] = {}
        self._watch = Repeating(name="watch", seconds=WATCH_SECONDS, action=self.revive_the_dead)
        self.restarts: Counter[str] = Counter()

    def start(self) -> None:
        """Start everything and wait until the worker takes work."""
        self._app.loader.import_default_modules()
        self._app.finalize()
        task_postrun.connect(_close_connections)
        ready = self._start_worker()
        if not ready.wait(READY_WITHIN):
            raise RuntimeError("The embedded worker did not start.")
        self._start_beat()
        self._watch.start()

    def stop(self) -> None:
        """Let tasks that run end, then stop everything."""
        self._watch.stop()
        self._beat.stop()
        _ask_worker_to_stop(0)
        for thread in self._threads.values():
            thread.join(STOP_WITHIN)
        task_postrun.disconnect(_close_connections)
        timers.stop_timers()

    def alive(self) -> dict[str, bool]:
        """Say which threads run."""
        return {name: thread.is_alive() for name, thread in self._threads.items()}

    def revive_the_dead(self) -> None:
        """Start the threads that died; called again and again by the supervisor."""
        starters: dict[str, Callable[[], object]] = {"worker": self._start_worker, "beat": self._start_beat}
        for name, living in self.alive().items():
            if not living:
                self.restarts[name] += 1
                log.warning("embedded_restarted", part=name)
                starters[name]()
        timers.start_timers()

    def _start_worker(self) -> threading.Event:
        """Start the worker; its initialisation starts the timers as in a worker of its own."""
        _ask_worker_to_stop(None)
        ready = threading.Event()
        controller = self._app.WorkController(
            app=self._app,
            hostname="embedded@localhost",
            concurrency=POOL_THREADS,
            pool_cls=get_implementation("threads"),
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            ready_callback=lambda _consumer: ready.set(),
        )
        self._run("worker", controller.start)
        return ready

    def _start_beat(self) -> None:
        self._beat = celery.beat.Service(self._app, max_interval=1, scheduler_cls=celery.beat.Scheduler)
        self._run("beat", self._beat.start)

    def _run(self, name: str, start: Callable[[], object]) -> None:
        def body() -> None:
            with contextlib.suppress(WorkerShutdown, WorkerTerminate, SystemExit):
                start()

        self._threads[name] = threading.Thread(target=body, name=f"embedded-{name}", daemon=True)
        self._threads[name].start()


def _close_connections(**_kwargs: Any) -> None:
    """Leave no connection behind in a thread of the pool: nobody would close it when the thread ends."""
    connections.close_all()


def _ask_worker_to_stop(exit_code: int | None) -> None:
    """Set or clear the flag that a worker without signal handlers looks at."""
    celery.worker.state.should_stop = exit_code  # type: ignore[assignment] # the stubs know only its first value
