"""What stands in the files of open data: what the pages beside them show, and nothing else."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse

from assessments.models import Assessment, Incident, RoundRecord, ScoreRun, WeightRound
from assessments.publication_record import score_string
from assessments.reads import answered_bands, evidence_of, record_of
from assessments.states import RoundState
from deliberation.governing import Governing, finding_of, findings_of, governing
from deliberation.listing import newest_runs
from deliberation.merged import merged_into
from deliberation.models import ProtectiveFinding
from deliberation.open_data.files import Contents
from deliberation.reads import CaseFilter, cases_of, early_close_reason, rounds_of
from deliberation.results import FROM_ANSWERS, PublishedScore
from deliberation.since import because_of, since_of
from deliberation.states import CaseStage
from stakeholders.models import Jurisdiction
from stakeholders.reads import groups_of


@dataclass(frozen=True)
class Scored:
    """What has a published score, or none yet."""

    run: ScoreRun | None
    finding: ProtectiveFinding | None

    @cached_property
    def binding(self) -> dict[str, Any]:
        """What binds of its newest score; nothing if there is none."""
        return dict(json.loads(self.run.binding)) if self.run else {}

    @property
    def score(self) -> str | None:
        """The newest published score."""
        return self.binding.get("score")

    @property
    def score_source(self) -> str | None:
        """Whose weights made it."""
        return self.binding.get("weights_source")

    @property
    def counts(self) -> Governing | None:
        """Which score counts; nothing where there is none."""
        return governing(Decimal(self.binding["score"]), self.finding) if self.binding else None

    @property
    def provisional(self) -> bool | None:
        """Whether it is provisional; nothing where no score is."""
        if not self.binding:
            return None
        return self.score_source == FROM_ANSWERS and bool(self.binding["quorum"]["provisional"])


@dataclass(frozen=True)
class CaseRow(Scored):
    """One case with its newest published score. Texts stand in the language in which they were written."""

    incident: Any
    town: Jurisdiction

    @property
    def reference(self) -> str:
        """The reference of the case."""
        return str(self.incident.reference)

    @property
    def language(self) -> str:
        """The language of its title."""
        return str(self.incident.title["source"])

    def words(self, name: str) -> str:
        """Return one of its texts in the language of the title, else in its own."""
        text = getattr(self.incident, name)
        return str(text["texts"].get(self.language, text["texts"][text["source"]]))

    @property
    def stage(self) -> str:
        """How far it has come."""
        return str(self.incident.stage)

    @property
    def closes_at(self) -> datetime | None:
        """When its open round closes."""
        found: datetime | None = self.incident.round_closes_at if self.stage == CaseStage.WEIGHING else None
        return found

    @property
    def page(self) -> str:
        """The address of its page."""
        return f"{settings.BASE_URL.rstrip('/')}{reverse('case', args=[self.town.slug, self.reference])}"


@dataclass(frozen=True)
class AssessmentRow(Scored):
    """One assessment with its newest published score."""

    assessment: Assessment

    @property
    def replaces(self) -> int | None:
        """The number of the assessment before it, if it replaces one."""
        return self.assessment.supersedes.number if self.assessment.supersedes else None


@dataclass(frozen=True)
class Course:
    """How a round went, as its page tells."""

    round: WeightRound
    close_reason: str
    record: RoundRecord | None


@dataclass(frozen=True)
class ResultRow:
    """One published score with its string."""

    score: PublishedScore
    reference: str
    string: str
    counts: Governing

    @property
    def assessment(self) -> Assessment:
        """The assessment that was scored."""
        return self.score.assessment

    @property
    def binding(self) -> dict[str, Any]:
        """What binds."""
        return self.score.binding

    @property
    def eta(self) -> Decimal:
        """The policy's number for the tempered method."""
        return self.score.parameters.eta

    @property
    def provisional(self) -> bool:
        """Whether it is provisional."""
        return self.score.provisional

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The range in which it may lie."""
        return self.score.interval


def case_list(town: Jurisdiction, wanted: CaseFilter) -> Contents:
    """Return every case that the list shows under the same filters, on all its pages."""
    return {"case": rows_of_cases(town, cases_of(town, wanted))}


def one_case(town: Jurisdiction, incident: Incident, score: PublishedScore | None) -> Contents:
    """Return what the page of a case shows in numbers and facts."""
    merged = merged_into(incident)
    return {
        "case": rows_of_cases(town, cases_of(town).filter(pk=incident.pk)),
        "rounds": list(rounds_of(incident)),
        "groups": _groups(score),
        "evidence": list(evidence_of(incident)),
        "merged": merged,
        "merged_evidence": [item for case in merged for item in case.items],
    }


def one_working(score: PublishedScore) -> Contents:
    """Return every number from which a stranger works the score out again."""
    record = score.result.record
    string = record.score_string if record else score_string(score.assessment, score.result.run, None)
    return {
        "result": [ResultRow(score, score.assessment.incident.reference, string, counting(score))],
        "items": score.binding["contributions"],
        "groups": _groups(score),
        "positions": positions_of(score),
        "levels": score.binding["times"],
    }


def counting(score: PublishedScore) -> Governing:
    """Return which score counts where this one was published."""
    return governing(score.score, finding_of(score.assessment))


def positions_of(score: PublishedScore) -> list[tuple[str, str, int]]:
    """Return the points of each counted group for each item; there are none before the first close."""
    return [
        (row.group.code, code, points)
        for row in (score.counted if score.from_answers else [])
        for code, points in zip(score.binding["codes"], row.position or (), strict=False)
    ]


def _groups(score: PublishedScore | None) -> list[Any]:
    """Return the groups of a score from answers; before the first close nothing is said about any group."""
    return list(score.groups) if score and score.from_answers else []


def rows_of_cases(town: Jurisdiction, incidents: Iterable[Any]) -> list[CaseRow]:
    """Join cases with their newest published score."""
    cases = list(incidents)
    assessments = [case.assessment_id for case in cases if case.assessment_id]
    findings = findings_of(assessments)
    runs = newest_runs(assessments, findings)
    return [CaseRow(runs.get(case.assessment_id), findings.get(case.assessment_id), case, town) for case in cases]


def rows_of_assessments(assessments: Iterable[Assessment]) -> list[AssessmentRow]:
    """Join assessments with their newest published score."""
    rows = list(assessments)
    keys = [row.pk for row in rows]
    runs, findings = newest_runs(keys), findings_of(keys)
    return [AssessmentRow(runs.get(row.pk), findings.get(row.pk), row) for row in rows]


def one_round(weight_round: WeightRound, score: PublishedScore | None, now: datetime) -> Contents:
    """Return what the page of a round shows: bands while it is open, counts once its result is published."""
    groups = list(groups_of(weight_round.assessment.incident.jurisdiction))
    record = record_of(weight_round)
    bands = answered_bands(weight_round, now) if weight_round.state == RoundState.OPEN else {}
    return {
        "rounds": [weight_round],
        "course": [Course(weight_round, early_close_reason(weight_round), record)],
        "voices": json.loads(weight_round.frozen)["groups"] if weight_round.frozen else [],
        "heard": [(group.code, bands[group.pk]) for group in groups if group.pk in bands],
        "groups": _groups(score),
        "since": since_of(record, groups),
        "changed_because": because_of(record, groups),
    }
