"""Adding evidence to an incident, and changing it: each change is a new version that supersedes the old one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from assessments.actions.changes_seen import check_seen
from assessments.actions.days import check_years
from assessments.actions.merges import check_stands_alone
from assessments.actions.written_words import check_words
from assessments.models import EvidenceItem, Incident, Source
from assessments.states import EvidenceKind, Visibility
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.rules import require

LONGEST = {
    "statement": 2_000, "as_of_words": 40, "unit": 40, "figure_of": 200, "bears_on": 200, "caveat": 1_000,
    "visibility_reason": 500,
}  # fmt: skip
REQUIRED = ("statement", "as_of_words")
LARGEST_FIGURE = Decimal(10**15)
PLACES = 4


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Everything that one row of evidence says, but for its sources."""

    kind: EvidenceKind
    statement: str
    as_of_words: str
    as_of_from: dt.date | None
    as_of_to: dt.date | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    figure_of: str = ""
    bears_on: str = ""
    caveat: str = ""
    language: str = "en"
    visibility: Visibility = Visibility.PUBLIC
    visibility_reason: str = ""

    @classmethod
    def of(cls, item: EvidenceItem) -> "Statement":
        """Return what a stored row says."""
        return cls(**{name: getattr(item, name) for name in cls.__dataclass_fields__})

    def plain(self) -> dict[str, Any]:
        """Return plain values, to compare and to name what somebody saw."""
        return vars(self) | {
            name: value and value.normalize() for name, value in (("low", self.low), ("high", self.high))
        }


def seen_of(item: EvidenceItem) -> dict[str, Any]:
    """Return what a person sees of a row, its sources included."""
    return {**Statement.of(item).plain(), "sources": sorted(source.token for source in item.sources.all())}


def add_evidence(
    *,
    incident: Incident,
    kind: EvidenceKind,
    statement: str,
    as_of_words: str,
    as_of_from: dt.date | None,
    as_of_to: dt.date | None,
    sources: Sequence[Source],
    by: Person,
    now: dt.datetime,
    **more: Any,
) -> EvidenceItem:
    """Add one dated statement under the incident's next number; ``more`` are the other fields of ``Statement``.

    Refuses evidence without a source, an interval or dates the wrong way round, days out of range, withholding without
    a reason, words that are missing, too long or hold hidden signs, sources of another jurisdiction, and a case that
    was merged. Records ``evidence.added``.
    """
    content = Statement(
        kind=kind, statement=statement, as_of_words=as_of_words, as_of_from=as_of_from, as_of_to=as_of_to, **more
    )
    _check(incident, content, sources, by, now)
    with locking():
        Incident.objects.select_for_update().get(pk=incident.pk)
        check_stands_alone(incident.pk)
        last = incident.evidence.aggregate(last=Max("number"))["last"] or 0
        item = EvidenceItem.objects.create(incident=incident, number=last + 1, created_at=now, **vars(content))
        item.sources.set(sources)
        _record("evidence.added", item, by, now)
    return item


def change_evidence(
    *, item: EvidenceItem, content: Statement, sources: Sequence[Source], seen: str, by: Person, now: dt.datetime
) -> EvidenceItem:
    """Store a new version beside the old one, which stays as it was. Nothing new changes nothing.

    Refuses what ``add_evidence`` refuses, and a change of anything but what the person saw. Ratings that are fixed
    keep resting on the version of their time. Records ``evidence.changed``.
    """
    incident = item.incident
    _check(incident, content, sources, by, now)
    with locking():
        Incident.objects.select_for_update().get(pk=incident.pk)
        newest = incident.evidence.filter(number=item.number).order_by("-version").prefetch_related("sources")[0]
        wanted = {**content.plain(), "sources": sorted(source.token for source in sources)}
        if wanted == seen_of(newest):
            return newest
        check_seen(seen, seen_of(newest))
        changed = EvidenceItem.objects.create(
            incident=incident, number=item.number, version=newest.version + 1, supersedes=newest, created_at=now,
            **vars(content),
        )  # fmt: skip
        changed.sources.set(sources)
        _record("evidence.changed", changed, by, now)
    return changed


def _record(kind: str, item: EvidenceItem, by: Person, now: dt.datetime) -> None:
    record(
        kind=kind,
        subject="incident",
        subject_id=item.incident_id,
        jurisdiction_id=item.incident.jurisdiction_id,
        actor_id=by.pk,
        acting_as="secretariat",
        now=now,
        facts={
            "number": item.number,
            "version": item.version,
            "kind": EvidenceKind(item.kind).value,
            "visibility": Visibility(item.visibility).value,
        },
    )


def _check(incident: Incident, content: Statement, sources: Sequence[Source], by: Person, now: dt.datetime) -> None:
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(incident.jurisdiction.zone).date())
    for name, longest in LONGEST.items():
        check_words(getattr(content, name), field=name, longest=longest, required=name in REQUIRED)
    if not sources:
        raise _refused("source_required", _("Name at least one source for this evidence."), "sources")
    if any(source.jurisdiction_id != incident.jurisdiction_id for source in sources):
        raise _refused("unknown_source", _("This source is not on the list of this jurisdiction."), "sources")
    _check_interval(content)
    _check_dates(content.as_of_from, content.as_of_to)
    if content.visibility == Visibility.RESTRICTED and not content.visibility_reason.strip():
        raise _refused("reason_required", _("Say why this evidence is withheld."), "visibility_reason")


def _check_interval(content: Statement) -> None:
    low, high = content.low, content.high
    if any(figure is not None and not _is_storable(figure) for figure in (low, high)):
        sentence = _("A figure can have 15 digits before the point and 4 after it.")
        raise _refused("figure_range", sentence, "low")
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        raise _refused("interval_order", _("The lower figure must not be above the higher one."), "low")


def _is_storable(figure: Decimal) -> bool:
    return figure.is_finite() and abs(figure) < LARGEST_FIGURE and figure == round(figure, PLACES)


def _check_dates(first: dt.date | None, last: dt.date | None) -> None:
    if (first is None) != (last is None) or (first and last and first > last):
        raise _refused("date_order", _("The first date must not be after the last one."), "as_of_from")
    check_years(as_of_from=first, as_of_to=last)


def _refused(code: str, sentence: Any, field: str) -> Refused:
    return Refused(code, sentence, fields={field: [sentence]})
