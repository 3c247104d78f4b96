"""Telling people of a step: an act owes it, and a worker finds out whom it concerns by then.

A step tells nobody twice, however often the act, the worker or a sweep comes by. What happens anew, such as a second
question about the same words, is told anew.
"""

import datetime as dt
from collections.abc import Mapping
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


def tell(kind: str, subject_id: int, now: dt.datetime, *, anew_since: dt.datetime | None = None) -> bool:
    """Owe it to whomever it concerns that they are told of a step; return whether this was new.

    Called in the transaction of the step, or alone by a sweep. What was told before ``anew_since`` was another step
    about the same: it is told again, and the new notices take the place of the earlier ones.
    """
    with transaction.atomic():
        step, new = ToldStep.objects.get_or_create(kind=kind, subject_id=subject_id, defaults={"told_at": now})
        if not new and anew_since is not None:
            new = bool(ToldStep.objects.filter(pk=step.pk, told_at__lt=anew_since).update(told_at=now))
            if new:
                Notice.objects.filter(kind=kind, subject_id=subject_id).delete()
        if new:
            outbox.enqueue(kind=f"{STEP}{kind}", subject_id=subject_id, now=now)
    return new


def tell_of_ends(kind: str, ends: Mapping[int, dt.datetime], before: dt.timedelta, now: dt.datetime) -> int:
    """Owe it that people hear of ends, by subject, which are so near; return how many this was new of.

    Whoever heard it of an end that has moved since hears it again of the new one.
    """
    heard = dict(ToldStep.objects.filter(kind=kind, subject_id__in=ends).values_list("subject_id", "told_at"))
    near = {subject: end - before for subject, end in ends.items()}
    due = [subject for subject, since in near.items() if subject not in heard or heard[subject] < since]
    return sum(tell(kind, subject, now, anew_since=near[subject]) for subject in due)


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
