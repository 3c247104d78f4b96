"""Cases that were merged into the one that a page shows: what each says, why it was merged, and what it brought."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.models import Assessment, EvidenceItem, Incident, IncidentMerge
from assessments.reads import evidence_of_all
from deliberation.evidence import EvidenceRow, evidence_rows
from deliberation.governing import findings_of
from deliberation.listing import Shown, newest_runs, shown_score


@dataclass(frozen=True)
class EarlierScore:
    """A published score of a merged case, which stays at its own address."""

    assessment: Assessment
    score: Shown


@dataclass(frozen=True)
class MergedCase:
    """One case that leads here."""

    incident: Incident
    reason: str
    merged_at: dt.datetime
    items: list[EvidenceItem]
    scores: list[EarlierScore]

    @property
    def evidence(self) -> list[EvidenceRow]:
        """Its evidence as a page shows it; ratings of the case that is kept do not rest on it."""
        return evidence_rows(self.items, None)


def merged_into(incident: Incident) -> list[MergedCase]:
    """Return the cases that lead to this one, in the order of their references; six queries, however many."""
    gone = list(incident.merged.select_related("system__deployer", "jurisdiction").order_by("reference"))
    if not gone:
        return []
    rows = {row.incident_id: row for row in IncidentMerge.objects.filter(incident__in=gone).order_by("pk")}
    items = _by_incident(evidence_of_all(gone))
    assessments = _by_incident(Assessment.objects.filter(incident__in=gone).order_by("number"))
    scored = [one.pk for found in assessments.values() for one in found]
    runs, findings = newest_runs(scored), findings_of(scored)
    return [
        MergedCase(
            one, rows[one.pk].reason, rows[one.pk].done_at, items[one.pk],
            [
                EarlierScore(a, shown_score(runs[a.pk], findings.get(a.pk)))
                for a in assessments[one.pk]
                if a.pk in runs
            ],
        )
        for one in gone
    ]  # fmt: skip


def _by_incident(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.incident_id].append(row)
    return found
