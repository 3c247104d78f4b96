"""Opening an incident, and changing it with its earlier versions kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.actions.changes_seen import check_seen
from assessments.actions.days import check_years
from assessments.actions.written_words import LONGEST_AFFECTED, LONGEST_SUMMARY, LONGEST_TITLE, check_text
from assessments.models import AISystem, Incident, IncidentVersion, ReferenceCounter
from assessments.states import IncidentKind
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.texts import Text
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require


@dataclass(frozen=True)
class IncidentFacts:
    """What people can say about an incident, and change later."""

    kind: IncidentKind
    system: AISystem
    title: Text
    summary: Text
    affected: Text
    happened_from: dt.date | None
    happened_to: dt.date | None

    @classmethod
    def of(cls, incident: Incident) -> "IncidentFacts":
        """Return the newest version of an incident."""
        return cls(
            IncidentKind(incident.kind), incident.system, incident.title, incident.summary, incident.affected,
            incident.happened_from, incident.happened_to,
        )  # fmt: skip

    def plain(self) -> dict[str, Any]:
        """Return the facts as plain values, to compare and to name what somebody saw."""
        return {**vars(self), "kind": self.kind.value, "system": self.system.pk}


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

    Refuses a system of another jurisdiction, a control that is no past case, texts that are missing, too long or
    hold hidden signs, and days the wrong way round or out of range. Records ``incident.created``.
    """
    facts = IncidentFacts(kind, system, title, summary, affected, happened_from, happened_to)
    local_day = now.astimezone(jurisdiction.zone).date()
    require(by, Permission.MANAGE_INCIDENTS, on=local_day)
    _check(facts, jurisdiction, retrospective=retrospective)
    with locking():
        incident = Incident.objects.create(
            jurisdiction=jurisdiction,
            reference=next_references(jurisdiction, local_day.year)[0],
            retrospective=retrospective,
            created_at=now,
            **vars(facts),
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


def change_incident(*, incident: Incident, facts: IncidentFacts, seen: str, by: Person, now: dt.datetime) -> Incident:
    """Put new facts in place of the old ones, which are kept as an earlier version. Nothing new changes nothing.

    Refuses what ``create_incident`` refuses, and a change of anything but what the person saw. Records
    ``incident.changed``.
    """
    jurisdiction = incident.jurisdiction
    local_day = now.astimezone(jurisdiction.zone).date()
    require(by, Permission.MANAGE_INCIDENTS, on=local_day)
    _check(facts, jurisdiction, retrospective=incident.retrospective)
    with locking():
        fresh = Incident.objects.select_for_update(of=("self",)).select_related("system").get(pk=incident.pk)
        before = IncidentFacts.of(fresh)
        changed = [name for name, value in facts.plain().items() if value != before.plain()[name]]
        if not changed:
            return fresh
        check_seen(seen, before.plain())
        IncidentVersion.objects.create(
            incident=fresh, version=fresh.version, replaced_by=by, replaced_at=now, **vars(before)
        )
        fresh.version += 1
        for name, value in vars(facts).items():
            setattr(fresh, name, value)
        fresh.save(update_fields=["version", *vars(facts)])
        record(
            kind="incident.changed",
            subject="incident",
            subject_id=fresh.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=by.pk,
            acting_as="secretariat",
            now=now,
            facts={"reference": fresh.reference, "version": fresh.version, "changed": changed},
        )
    return fresh


def next_references(jurisdiction: Jurisdiction, year: int, count: int = 1) -> list[str]:
    """Take the next references of a year, inside the transaction that uses them."""
    ReferenceCounter.objects.get_or_create(jurisdiction=jurisdiction, year=year)
    counter = ReferenceCounter.objects.select_for_update().get(jurisdiction=jurisdiction, year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [f"{jurisdiction.code}-{year}-{number:04d}" for number in range(first, counter.last + 1)]


def _check(facts: IncidentFacts, jurisdiction: Jurisdiction, *, retrospective: bool) -> None:
    if facts.system.jurisdiction_id != jurisdiction.pk:
        raise Refused("unknown_system", _("This system is not on the list of this jurisdiction."))
    if facts.kind == IncidentKind.CONTROL and not retrospective:
        raise Refused("control_not_past", _("A control is a past case in which nothing went wrong."))
    check_text(facts.title, field="title", longest=LONGEST_TITLE)
    check_text(facts.summary, field="summary", longest=LONGEST_SUMMARY)
    check_text(facts.affected, field="affected", longest=LONGEST_AFFECTED)
    check_days(facts.happened_from, facts.happened_to)


def check_days(first: dt.date | None, last: dt.date | None) -> None:
    """Refuse a last day without a first one or before it, and days out of range."""
    if last is not None and (first is None or first > last):
        sentence = _("The last day must not be before the first one.")
        raise Refused("date_order", sentence, fields={"happened_to": [sentence]})
    check_years(happened_from=first, happened_to=last)
