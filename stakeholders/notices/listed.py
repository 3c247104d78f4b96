"""A person's notices as the site lists them: newest first, whether or not a mail went out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from stakeholders.models import Notice, Person
from stakeholders.notices.kinds import About, kinds

NOWHERE = About("", "")


@dataclass(frozen=True)
class Line:
    """One notice: what happened, in which case, where that is, when, and whether it came by mail."""

    title: str | Promise
    about: About
    told_at: dt.datetime
    mailed_at: dt.datetime | None
    in_digest: bool


def notices_of(person: Person) -> QuerySet[Notice]:
    """Return what the person was told, newest first."""
    return person.notices.filter(kind__in=list(kinds)).order_by("-created_at", "-pk")


def lines_of(notices: Iterable[Notice]) -> list[Line]:
    """Return a part of the list with what each is about: as many queries as there are kinds in it, at most."""
    rows = list(notices)
    subjects: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        subjects[row.kind].add(row.subject_id)
    about = {kind: kinds[kind].about(found) for kind, found in subjects.items()}
    return [
        Line(
            kinds[row.kind].title, about[row.kind].get(row.subject_id, NOWHERE), row.created_at, row.mailed_at,
            row.in_digest,
        )
        for row in rows
    ]  # fmt: skip
