"""Telling people of a step: an act owes it, and a worker finds out whom it concerns by then.

A step tells nobody twice, however often the act, the worker or a sweep comes by.
"""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from lastvote.jobs import outbox
from lastvote.transactions import locking
from stakeholders.models import Notice, ToldStep
from stakeholders.notices.choices import paces_of
from stakeholders.notices.kinds import Kind, kinds
from stakeholders.states import NoticePace

STEP = "tell."
"""How the kind of work begins that finds out who is to be told of a step."""
MAIL = "mail.notice"
"""Kind of the work owed to each person; its subject is their notice."""


def register_kinds(*new: Kind) -> None:
    """Make kinds of notices known, and have a worker find their recipients."""
    for kind in new:
        kinds[kind.name] = kind
        outbox.register(f"{STEP}{kind.name}", partial(fan_out, kind.name))


def tell(kind: str, subject_id: int, now: dt.datetime) -> bool:
    """Owe it to whomever it concerns that they are told of a step; return whether this was new.

    Called in the transaction of the step, or alone by a sweep.
    """
    with transaction.atomic():
        _step, new = ToldStep.objects.get_or_create(kind=kind, subject_id=subject_id, defaults={"told_at": now})
        if new:
            outbox.enqueue(kind=f"{STEP}{kind}", subject_id=subject_id, now=now)
    return new


def told(kind: str) -> QuerySet[ToldStep, int]:
    """Return the subjects that people were told of, to be left out by a sweep."""
    return ToldStep.objects.filter(kind=kind).values_list("subject_id", flat=True)


def fan_out(kind: str, subject_id: int, now: dt.datetime) -> None:
    """Write a notice for everybody whom the step concerns now; all of them or none.

    Mail is owed only to those who want it at once. Whoever wants it once a day gets it with the rest of the day, and
    whoever wants none finds the notice on the site.
    """
    with locking():
        known = set(Notice.objects.filter(kind=kind, subject_id=subject_id).values_list("person_id", flat=True))
        people = dict.fromkeys(one for one in kinds[kind].recipients(subject_id, now) if one not in known)
        paces = paces_of(people.keys(), kind)
        made = Notice.objects.bulk_create(
            Notice(
                person_id=one, kind=kind, subject_id=subject_id, created_at=now,
                in_digest=paces[one] == NoticePace.DAILY,
            )
            for one in people
        )  # fmt: skip
        at_once = [row.pk for row in made if paces[row.person_id] == NoticePace.AT_ONCE]
        outbox.enqueue_together(work=[(MAIL, pk) for pk in at_once], now=now)
