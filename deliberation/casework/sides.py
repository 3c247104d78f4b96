"""Two cases side by side, for whoever has to say whether they are one."""

from dataclasses import dataclass

from django.utils.functional import Promise

from assessments.models import Incident
from assessments.reads import current_assessment, evidence_of
from deliberation.governing import findings_of
from deliberation.listing import Shown, newest_runs, shown_score
from deliberation.reads import newest_round, stage_of


@dataclass(frozen=True)
class Side:
    """One of the two: what it says, and how far it has come."""

    incident: Incident
    stage: str | Promise
    score: Shown | None
    evidence: int


def sides_of(*incidents: Incident) -> list[Side]:
    """Return each case with its stage, the score that counts and how many rows of evidence it has."""
    return [_side(incident) for incident in incidents]


def _side(incident: Incident) -> Side:
    assessment = current_assessment(incident)
    wanted = [assessment.pk] if assessment else []
    findings = findings_of(wanted)
    run = newest_runs(wanted, findings).get(assessment.pk) if assessment else None
    score = shown_score(run, findings.get(assessment.pk)) if assessment and run else None
    stage = stage_of(assessment, newest_round(assessment))
    return Side(incident, stage.label, score, evidence_of(incident).count())
