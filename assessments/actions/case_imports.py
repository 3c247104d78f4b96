"""Bringing cases in from a file: all of its new rows in one transaction, or nothing."""

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.incidents import next_references
from assessments.actions.parties import add_deployer, add_system
from assessments.actions.uploads import MOST_BYTES, TOKEN_BYTES
from assessments.case_table.rows import CaseRow
from assessments.case_table.table import CaseTable
from assessments.models import AISystem, EvidenceItem, Incident, IncidentOrigin, PendingImport, Source
from assessments.states import EvidenceKind
from lastvote.access import Permission
from lastvote.audit.record import record, record_together
from lastvote.errors import Refused
from lastvote.texts import text
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

AT_ONCE = 100
"""Rows written in one statement, after which the progress is told."""

Tell = Callable[[int, int], object]


class Outcome(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    HERE = "here"
    DIFFERENT = "different"


@dataclass(frozen=True)
class PlannedRow:
    """A row, what becomes of it, and the reference of the case that it already is."""

    row: CaseRow
    outcome: Outcome
    reference: str = ""


def keep_cases_file(*, jurisdiction: Jurisdiction, content: bytes, by: Person, now: dt.datetime) -> PendingImport:
    """Keep a file until the person has read what it would do, in place of any that they left behind.

    Refuses people without the right, and files that are too large for a form. No event: nothing is decided yet.
    """
    _require(jurisdiction, by, now)
    if len(content) > MOST_BYTES:
        words = gettext_lazy("This file is larger than 2 MB. Whoever runs the site can bring it in with a command.")
        raise Refused("file_too_large", words, fields={"file": [words]})
    with locking():
        PendingImport.objects.filter(uploaded_by=by, run=None).delete()
        return PendingImport.objects.create(
            jurisdiction=jurisdiction, token=secrets.token_hex(TOKEN_BYTES), content=content, uploaded_by=by,
            uploaded_at=now,
        )  # fmt: skip


def plan_of(jurisdiction: Jurisdiction, table: CaseTable) -> list[PlannedRow]:
    """Say of each row whether it is new, here already, or here and said otherwise by the file; such cases stay."""
    known = {
        (origin.catalogue, origin.entry): origin
        for origin in IncidentOrigin.objects.filter(jurisdiction=jurisdiction).select_related("incident")
    }
    return [_planned(row, known.get((row.catalogue, row.entry))) for row in table.rows]


def _planned(row: CaseRow, origin: IncidentOrigin | None) -> PlannedRow:
    if origin is None:
        return PlannedRow(row, Outcome.NEW)
    outcome = Outcome.HERE if origin.sha256 == row.sha256 else Outcome.DIFFERENT
    return PlannedRow(row, outcome, origin.incident.reference)


def import_cases(
    *, jurisdiction: Jurisdiction, table: CaseTable, by: Person, now: dt.datetime, tell: Tell = lambda _done, _all: None
) -> list[PlannedRow]:
    """Store every row that is new and leave all others alone; the same file once more stores nothing.

    Refuses people without the right. Records ``incident.created`` and ``evidence.added`` for each case, and
    ``incident.imported`` once where anything came in. ``tell`` hears how many rows are written.
    """
    _require(jurisdiction, by, now)
    with locking():
        Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        plan = plan_of(jurisdiction, table)
        rows = [planned.row for planned in plan if planned.outcome == Outcome.NEW]
        for start in range(0, len(rows), AT_ONCE):
            _store(jurisdiction, rows[start : start + AT_ONCE], by, now)
            tell(min(start + AT_ONCE, len(rows)), len(rows))
        if rows:
            record(
                kind="incident.imported", subject="jurisdiction", subject_id=jurisdiction.pk,
                jurisdiction_id=jurisdiction.pk, actor_id=by.pk, acting_as="secretariat", now=now,
                facts={"catalogues": sorted({row.catalogue for row in rows}), "cases": len(rows)},
            )  # fmt: skip
    return plan


def _require(jurisdiction: Jurisdiction, by: Person, now: dt.datetime) -> None:
    if by.jurisdiction_id != jurisdiction.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(jurisdiction.zone).date())


def _store(jurisdiction: Jurisdiction, rows: Sequence[CaseRow], by: Person, now: dt.datetime) -> None:
    """Write some rows: cases, where they come from, their facts, and the events of all that."""
    references = next_references(jurisdiction, now.astimezone(jurisdiction.zone).year, len(rows))
    systems = {(row.deployer, row.system): None for row in rows}
    found = {names: _system(jurisdiction, names, by, now) for names in systems}
    cases = Incident.objects.bulk_create(
        Incident(
            jurisdiction=jurisdiction, reference=reference, kind=row.kind, system=found[row.deployer, row.system],
            title=text(row.title, row.language), summary=text(row.summary, row.language),
            affected=text(row.affected, row.language), happened_from=row.happened_from, happened_to=row.happened_to,
            created_at=now,
        )
        for row, reference in zip(rows, references, strict=True)
    )  # fmt: skip
    IncidentOrigin.objects.bulk_create(
        IncidentOrigin(
            jurisdiction=jurisdiction, incident=case, catalogue=row.catalogue, entry=row.entry, tags=row.tags,
            sha256=row.sha256, imported_by=by, imported_at=now,
        )
        for row, case in zip(rows, cases, strict=True)
    )  # fmt: skip
    created = [(case.pk, {"reference": case.reference, "kind": case.kind}) for case in cases]
    record_together(
        kind="incident.created", subject="incident", acts=created, jurisdiction_id=jurisdiction.pk, actor_id=by.pk,
        acting_as="secretariat", now=now,
    )  # fmt: skip
    _store_facts([(case, row) for case, row in zip(cases, rows, strict=True) if row.fact], by, now)


def _system(jurisdiction: Jurisdiction, names: tuple[str, str], by: Person, now: dt.datetime) -> AISystem:
    """Return the system of a row; where the file names none, the one that stands for systems nobody has named."""
    with translation.override((jurisdiction.languages or ["en"])[0]):
        unnamed = _("Not named yet")
        description = text(_("Nobody has described this system yet."), (jurisdiction.languages or ["en"])[0])
    deployer_name, name = names if any(names) else (unnamed, unnamed)
    deployer = jurisdiction.deployers.filter(name__iexact=deployer_name).first()
    if deployer is None:
        deployer = add_deployer(jurisdiction=jurisdiction, name=deployer_name, by=by, now=now)
    system: AISystem | None = deployer.systems.filter(name__iexact=name).first()
    return system or add_system(
        deployer=deployer, name=name, description=description, covered_by_mandate=False, publicly_procured=False,
        by=by, now=now,
    )  # fmt: skip


def _store_facts(cases: Sequence[tuple[Incident, CaseRow]], by: Person, now: dt.datetime) -> None:
    facts = [(case, row.fact, row.language) for case, row in cases if row.fact is not None]
    sources = Source.objects.bulk_create(
        Source(
            jurisdiction_id=case.jurisdiction_id, title=fact.source_title, publisher=fact.source_publisher,
            addresses=[fact.source_address] if fact.source_address else [],
        )
        for case, fact, _language in facts
    )  # fmt: skip
    items = EvidenceItem.objects.bulk_create(
        EvidenceItem(
            incident=case, number=1, kind=EvidenceKind.EVIDENCE, statement=fact.statement, language=language,
            as_of_words=fact.as_of_words, as_of_from=fact.as_of_from, as_of_to=fact.as_of_to, caveat=fact.caveat,
            created_at=now,
        )
        for case, fact, language in facts
    )  # fmt: skip
    cited = EvidenceItem.sources.through
    cited.objects.bulk_create(
        cited(evidenceitem=item, source=source) for item, source in zip(items, sources, strict=True)
    )
    added = [
        (item.incident_id, {"number": 1, "version": 1, "kind": "evidence", "visibility": "public"}) for item in items
    ]
    record_together(
        kind="evidence.added", subject="incident", acts=added, actor_id=by.pk, acting_as="secretariat", now=now,
        jurisdiction_id=by.jurisdiction_id,
    )  # fmt: skip
