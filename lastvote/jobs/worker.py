"""What every worker process does besides its tasks: it lets itself be heard of, and it sweeps by its own timer.

So repair goes on when the beat is dead, and when the broker is.
"""

from typing import Any

from celery.signals import beat_init, setup_logging, worker_init, worker_shutdown
from django.conf import settings
from django.db import connection

from lastvote import clock
from lastvote.jobs import heartbeats, sweeper
from lastvote.jobs.repeating import Repeating

HEARTBEAT_SECONDS = 10.0

heartbeat_timer = Repeating(name="heartbeat", seconds=HEARTBEAT_SECONDS, action=heartbeats.note_worker)
sweep_timer = Repeating(name="sweep", seconds=settings.SWEEP_SECONDS, action=lambda: sweeper.sweep(clock.now()))


@worker_init.connect
def start_timers(**_kwargs: Any) -> None:
    """Start the timers before the broker is asked for anything."""
    heartbeat_timer.start()
    sweep_timer.start()


@worker_shutdown.connect
def stop_timers(**_kwargs: Any) -> None:
    """Let a sweep that runs end before the process does."""
    heartbeat_timer.stop()
    sweep_timer.stop()


@beat_init.connect
def note_beat(**_kwargs: Any) -> None:
    """Write down that a beat has started, without waiting for its first turn; it needs no database after that."""
    heartbeats.note(name="beat", kind="beat", now=clock.now())
    connection.close()


@setup_logging.connect
def keep_logging(**_kwargs: Any) -> None:
    """Leave the logs as the settings made them: with a receiver here Celery adds no handlers of its own."""
