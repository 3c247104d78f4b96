"""Opening a demo case: the incident, its dated evidence, and two evaluators' ratings with reasons."""

import datetime as dt
from decimal import Decimal
from typing import Any

from assessments import policy_reads, reads
from assessments.actions.evidence import add_evidence
from assessments.actions.incidents import create_incident
from assessments.actions.ratings import RatedValue, freeze_ratings, open_assessment, submit_rating
from assessments.models import AISystem, Assessment, Deployer, EvidenceItem, Incident, PolicyVersion, Source
from assessments.states import EvidenceKind, IncidentKind, SchemeName
from deliberation.demo import files
from deliberation.demo.counting import settle
from deliberation.demo.towns import at, holder, holders
from lastvote.access import Role
from lastvote.texts import text
from stakeholders.models import Jurisdiction


def found_earlier(jurisdiction: Jurisdiction, data: dict[str, Any]) -> Incident | None:
    """Return the case's incident if it was opened before."""
    return Incident.objects.filter(jurisdiction=jurisdiction, system__name=data["system"]).first()


def open_case(jurisdiction: Jurisdiction, data: dict[str, Any]) -> Incident:
    """Open the case as its file says; the caller holds the transaction."""
    created_at = at(data["created_on"], 10, jurisdiction)
    incident = create_incident(
        jurisdiction=jurisdiction,
        kind=IncidentKind(data["kind"]),
        system=_system(jurisdiction, data),
        title=text(data["title"]),
        summary=text(data["summary"]),
        affected=text(data["affected"]),
        happened_from=data.get("happened_from"),
        happened_to=data.get("happened_to"),
        retrospective=data["retrospective"],
        by=holder(jurisdiction, Role.SECRETARIAT),
        now=created_at,
    )
    counted = data.get("figure_of", {})
    for number, row in enumerate(files.evidence(data), start=1):
        _add_evidence(incident, row, created_at, figure_of=counted.get(str(number), ""))
    for scheme in SchemeName:
        if scheme in data:
            _rate(incident, scheme, data)
    return incident


def _system(jurisdiction: Jurisdiction, data: dict[str, Any]) -> AISystem:
    deployer, _made = Deployer.objects.get_or_create(jurisdiction=jurisdiction, name=data["deployer"])
    return AISystem.objects.create(
        jurisdiction=jurisdiction,
        deployer=deployer,
        name=data["system"],
        description=text(data["system_description"]),
        covered_by_mandate=data["covered_by_mandate"],
        publicly_procured=data["publicly_procured"],
    )


def _add_evidence(incident: Incident, row: files.EvidenceRow, now: dt.datetime, *, figure_of: str) -> None:
    days = files.days_of(row.as_of)
    add_evidence(
        incident=incident,
        kind=EvidenceKind(row.kind),
        statement=row.statement,
        as_of_words=row.as_of,
        as_of_from=days[0] if days else None,
        as_of_to=days[1] if days else None,
        low=Decimal(row.low) if row.low else None,
        high=Decimal(row.high) if row.high else None,
        unit=row.unit,
        figure_of=figure_of,
        bears_on=row.bears_on,
        caveat=row.caveat,
        sources=[_source(incident.jurisdiction, source) for source in row.sources],
        by=holder(incident.jurisdiction, Role.SECRETARIAT),
        now=now,
    )


def _source(jurisdiction: Jurisdiction, row: files.SourceRow) -> Source:
    days = files.days_of(row.published_words)
    source, _made = Source.objects.get_or_create(
        jurisdiction=jurisdiction,
        title=row.title,
        publisher=row.publisher,
        published_words=row.published_words,
        # The first day it can have come out: "reported later" is said only of what surely was.
        published_on=days[0] if days else None,
        addresses=list(row.addresses),
    )
    return source


def _rate(incident: Incident, scheme: SchemeName, data: dict[str, Any]) -> None:
    """Open an assessment, let both evaluators rate, freeze, and work out the score from equal weights."""
    jurisdiction = incident.jurisdiction
    secretariat = holder(jurisdiction, Role.SECRETARIAT)
    assessment = open_assessment(
        incident=incident,
        scheme=scheme,
        policy_version=_policy_on(jurisdiction, data["opened_on"]),
        opened_on=data["opened_on"],
        evidence_cutoff=data["evidence_cutoff"],
        by=secretariat,
        now=at(data["opened_on"], 10, jurisdiction),
    )
    frozen_at = at(data["frozen_on"], 16, jurisdiction)
    for place, evaluator in enumerate(holders(jurisdiction, Role.EVALUATOR)):
        values = _values(assessment, data[scheme], place)
        submit_rating(assessment=assessment, values=values, by=evaluator, now=frozen_at - dt.timedelta(days=2 - place))
    freeze_ratings(assessment=assessment, by=secretariat, now=frozen_at)
    settle(assessment, frozen_at)


def _policy_on(jurisdiction: Jurisdiction, day: dt.date) -> PolicyVersion:
    policy = policy_reads.policy_in_force(jurisdiction, day)
    if policy is None:
        raise LookupError(f"{jurisdiction.slug} has no policy in force on {day}.")
    return policy


def _values(assessment: Assessment, table: dict[str, Any], evaluator: int) -> list[RatedValue]:
    known = {item.number: item for item in reads.evidence_known(assessment)}
    if assessment.scheme == SchemeName.CLASSIC:
        return [_value(factor, 0, row, known, evaluator) for factor, row in table.items()]
    return [
        _value(factor, int(part), row, known, evaluator)
        for factor, parts in table.items()
        for part, row in parts.items()
    ]


def _value(factor: str, part: int, row: dict[str, Any], known: dict[int, EvidenceItem], evaluator: int) -> RatedValue:
    evidence = tuple(known[number] for number in row.get("evidence", []))
    return RatedValue(
        factor=factor,
        part=part,
        value=Decimal(row["values"][evaluator]),
        reason=row["reasons"][evaluator],
        evidence=evidence,
        none_found=not evidence,
    )
