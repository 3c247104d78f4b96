"""Opening an incident and adding evidence to it."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from assessments.models import AISystem, EvidenceItem, Incident, ReferenceCounter, Source
from assessments.states import EvidenceKind, IncidentKind, Visibility
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.texts import Text
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require


def create_incident(
    *,
    jurisdiction: Jurisdiction,
    kind: IncidentKind,
    system: AISystem,
    title: Text,
    summary: Text,
    affected: Text,
    happened_from: dt.date | None,
    happened_to: dt.date | None,
    retrospective: bool,
    by: Person,
    now: dt.datetime,
) -> Incident:
    """Add an incident under the next reference of its local year; a reference is never used twice.

    Refuses a system of another jurisdiction, and a control that is no past case. Records ``incident.created``.
    """
    local_day = now.astimezone(jurisdiction.zone).date()
    require(by, Permission.MANAGE_INCIDENTS, on=local_day)
    if system.jurisdiction_id != jurisdiction.pk:
        raise Refused("unknown_system", _("This system is not on the list of this jurisdiction."))
    if kind == IncidentKind.CONTROL and not retrospective:
        raise Refused("control_not_past", _("A control is a past case in which nothing went wrong."))
    with locking():
        incident = Incident.objects.create(
            jurisdiction=jurisdiction,
            reference=_next_reference(jurisdiction, local_day.year),
            kind=kind,
            system=system,
            title=title,
            summary=summary,
            affected=affected,
            happened_from=happened_from,
            happened_to=happened_to,
            retrospective=retrospective,
            created_at=now,
        )
        record(
            kind="incident.created",
            subject="incident",
            subject_id=incident.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=by.pk,
            acting_as="secretariat",
            now=now,
            facts={"reference": incident.reference, "kind": kind.value},
        )
    return incident


def _next_reference(jurisdiction: Jurisdiction, year: int) -> str:
    ReferenceCounter.objects.get_or_create(jurisdiction=jurisdiction, year=year)
    counter = ReferenceCounter.objects.select_for_update().get(jurisdiction=jurisdiction, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{jurisdiction.code}-{year}-{counter.last:04d}"


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
    low: Decimal | None = None,
    high: Decimal | None = None,
    unit: str = "",
    bears_on: str = "",
    caveat: str = "",
    language: str = "en",
    visibility: Visibility = Visibility.PUBLIC,
    visibility_reason: str = "",
) -> EvidenceItem:
    """Add one dated statement under the incident's next number.

    Refuses evidence without a source, an interval or dates the wrong way round, and withholding without a reason.
    Records ``evidence.added``.
    """
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(incident.jurisdiction.zone).date())
    if not sources:
        raise Refused("source_required", _("Name at least one source for this evidence."))
    _check_interval(low, high)
    _check_dates(as_of_from, as_of_to)
    if visibility == Visibility.RESTRICTED and not visibility_reason:
        raise Refused("reason_required", _("Say why this evidence is withheld."))
    with locking():
        Incident.objects.select_for_update().get(pk=incident.pk)
        last = incident.evidence.aggregate(last=Max("number"))["last"] or 0
        item = EvidenceItem.objects.create(
            incident=incident,
            number=last + 1,
            kind=kind,
            statement=statement,
            language=language,
            low=low,
            high=high,
            unit=unit,
            bears_on=bears_on,
            caveat=caveat,
            as_of_words=as_of_words,
            as_of_from=as_of_from,
            as_of_to=as_of_to,
            visibility=visibility,
            visibility_reason=visibility_reason,
            created_at=now,
        )
        item.sources.set(sources)
        record(
            kind="evidence.added",
            subject="incident",
            subject_id=incident.pk,
            jurisdiction_id=incident.jurisdiction_id,
            actor_id=by.pk,
            acting_as="secretariat",
            now=now,
            facts={"number": item.number, "version": item.version, "kind": kind.value},
        )
    return item


def _check_interval(low: Decimal | None, high: Decimal | None) -> None:
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        raise Refused("interval_order", _("The lower figure must not be above the higher one."))


def _check_dates(first: dt.date | None, last: dt.date | None) -> None:
    if (first is None) != (last is None) or (first and last and first > last):
        raise Refused("date_order", _("The first date must not be after the last one."))
