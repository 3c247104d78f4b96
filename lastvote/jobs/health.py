"""Is somebody doing the work? Checks that look and change nothing, each with a sentence that says what to do."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lastvote.jobs import heartbeats, outbox, sweeper
from lastvote.jobs.models import OutboxItem
from lastvote.jobs.wake import publisher

TOO_LONG = 60
"""Seconds without progress or a sign of life after which something is wrong."""


class Check(NamedTuple):
    """One question about the site, its answer, and for how long it has been so where that says something."""

    name: str
    ok: bool
    sentence: str
    seconds: int | None = None


registered: list[Callable[[dt.datetime], Check]] = []


def register_check(check: Callable[[dt.datetime], Check]) -> None:
    """Have ``check`` asked as well; for what only the upper apps know."""
    registered.append(check)


def checks(now: dt.datetime) -> list[Check]:
    """Answer every question. Without a database only two can be asked."""
    database = check_database()
    if not database.ok:
        return [database, check_wake()]
    asked = [check_outbox, check_dead, check_sweep, check_worker, check_beat, *registered]
    return [database, *(ask(now) for ask in asked), check_wake()]


def check_database() -> Check:
    """Ask the database for something."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Check("database", ok=False, sentence=str(_("The database does not answer. Check that it runs.")))
    return Check("database", ok=True, sentence=str(_("The database answers.")))


def check_outbox(now: dt.datetime) -> Check:
    """Look for work that has waited too long."""
    oldest = (
        OutboxItem.objects.filter(dead_at__isnull=True)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    waited = int((now - oldest).total_seconds()) if oldest else 0
    if waited <= TOO_LONG:
        return Check("outbox", ok=True, sentence=str(_("No work has been waiting for long.")))
    sentence = _("Work has been waiting for more than a minute. Check that a worker runs, and read its log.")
    # Whole minutes: the exact second would tell when somebody sent an answer.
    return Check("outbox", ok=False, sentence=str(sentence), seconds=waited // 60 * 60)


def check_dead(now: dt.datetime) -> Check:  # noqa: ARG001 -- asked like the others
    """Look for work that was given up."""
    count = outbox.dead_items().count()
    if count == 0:
        return Check("dead", ok=True, sentence=str(_("No work was given up.")))
    sentence = ngettext(
        "%(count)s piece of work was given up. Find the cause in the log, then run: manage.py revive",
        "%(count)s pieces of work were given up. Find the cause in the log, then run: manage.py revive",
        count,
    )
    return Check("dead", ok=False, sentence=sentence % {"count": count})


def check_sweep(now: dt.datetime) -> Check:  # noqa: ARG001 -- asked like the others
    """Look whether the newest sweep did all that it had to do."""
    failed = heartbeats.newest_counters("sweeper").get(sweeper.FAILED, 0)
    if failed == 0:
        return Check("sweep", ok=True, sentence=str(_("The last sweep for due work did all of it.")))
    sentence = ngettext(
        "The last sweep for due work failed at %(count)s thing, and tries it again. Find the cause in the log.",
        "The last sweep for due work failed at %(count)s things, and tries them again. Find the cause in the log.",
        failed,
    )
    return Check("sweep", ok=False, sentence=sentence % {"count": failed})


def check_worker(now: dt.datetime) -> Check:
    """Listen for a worker."""
    return _sign_of_life(
        "worker",
        now,
        there=str(_("A worker is there.")),
        missing=str(_("No worker has been heard of for a minute. Start one with: manage.py worker")),
    )


def check_beat(now: dt.datetime) -> Check:
    """Listen for the beat. Its sign of life goes through a worker, so without one nobody knows."""
    missing = _("The clock for due work has not been heard of for a minute. Start it with: manage.py beat")
    if not check_worker(now).ok:
        missing = _("Only a worker can tell whether the clock for due work is there. Start a worker first.")
    return _sign_of_life("beat", now, there=str(_("The clock for due work is there.")), missing=str(missing))


def check_wake() -> Check:
    """Look whether this web process reaches the broker. Work is done without it, only later."""
    if not publisher.failed_within(TOO_LONG):
        return Check("wake", ok=True, sentence=str(_("The workers can be woken.")))
    sentence = _("The workers could not be woken a moment ago. Work is still done, a little later. Check the broker.")
    return Check("wake", ok=False, sentence=str(sentence))


def _sign_of_life(kind: str, now: dt.datetime, *, there: str, missing: str) -> Check:
    seconds = heartbeats.seconds_since(kind, now)
    ok = seconds is not None and seconds <= TOO_LONG
    return Check(kind, ok=ok, sentence=there if ok else missing, seconds=None if seconds is None else int(seconds))
