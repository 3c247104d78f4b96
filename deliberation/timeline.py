"""What happened, as people read it: newest first, the same thing on one day told once."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lastvote.audit.models import AuditEvent
from lastvote.audit.sentences import sentence

BYLINES: dict[str, Promise] = {
    "secretariat": _("By the secretariat"),
    "chair": _("By the chair, on the secretariat's proposal"),
    "evaluator": _("By an evaluator"),
    "delegate": _("By the delegate"),
    "facilitator": _("By the facilitator"),
    "system": _("By the system, at its time"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; ``times`` tells how often it happened that day."""

    words: str
    byline: str | Promise
    at: dt.datetime
    times: int


def entries_of(events: Iterable[AuditEvent], zone: zoneinfo.ZoneInfo) -> list[Entry]:
    """Tell events that follow each other on one day as one entry, at the time of the last of them."""

    def same(event: AuditEvent) -> tuple[str, str, dt.date]:
        return event.kind, event.acting_as, event.effective_at.astimezone(zone).date()

    return [_entry(list(alike)) for _, alike in groupby(events, key=same)]


def _entry(alike: list[AuditEvent]) -> Entry:
    newest = alike[0]
    return Entry(sentence(newest), BYLINES.get(newest.acting_as, ""), newest.effective_at, len(alike))
