"""Named queries of the tests on past cases: published scores only, in as many queries for ten cases as for one."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Prefetch

from assessments.models import EvidenceItem, Incident, Rating, ScoreRun
from assessments.reads import Result
from assessments.states import EvidenceKind
from deliberation.results import PublishedScore, published_score
from stakeholders.models import Jurisdiction
from stakeholders.reads import groups_of


@dataclass(frozen=True)
class PastScore:
    """The newest published score of a past case under one scheme, with the ratings that it rests on."""

    score: PublishedScore
    ratings: Sequence[Rating]


@dataclass(frozen=True)
class PastIncident:
    """One past case with its scores, the newest assessment first, and every current row of its evidence."""

    incident: Incident
    scores: Sequence[PastScore]
    evidence: Sequence[EvidenceItem]

    @property
    def outcomes(self) -> list[EvidenceItem]:
        """What happened afterwards; it is compared with, never rated."""
        return [item for item in self.evidence if item.kind == EvidenceKind.OUTCOME]


def past_incidents(jurisdiction: Jurisdiction, reference: str | None = None) -> list[PastIncident]:
    """Return the past cases that have a published score, oldest first; with a reference, at most that one."""
    runs = _newest_runs(jurisdiction, reference)
    ratings = _newest_ratings([run.assessment_id for run in runs])
    groups = list(groups_of(jurisdiction))
    scores: dict[Incident, list[PastScore]] = defaultdict(list)
    for run in runs:
        result = Result(run, json.loads(run.binding), run.statistics, run.round, None)
        score = published_score(run.assessment, result, groups)
        scores[run.assessment.incident].append(PastScore(score, ratings[run.assessment_id]))
    evidence = _evidence(scores)
    return [PastIncident(incident, found, evidence[incident.pk]) for incident, found in scores.items()]


def _newest_runs(jurisdiction: Jurisdiction, reference: str | None) -> list[ScoreRun]:
    """Return one run for each past case and scheme: the newest one published of the newest assessment that has one."""
    case = "assessment__incident"
    runs = (
        ScoreRun.objects.filter(published=True, assessment__retrospective=True)
        .filter(assessment__incident__jurisdiction=jurisdiction, assessment__incident__merged_into=None)
        .select_related(
            "round", "assessment__policy__jurisdiction", f"{case}__system__deployer", f"{case}__jurisdiction"
        )
        .order_by(f"{case}__created_at", f"{case}_id", "-assessment__number", "-rev")
    )
    newest: dict[tuple[int, str], ScoreRun] = {}
    for run in runs if reference is None else runs.filter(assessment__incident__reference=reference):
        newest.setdefault((run.assessment.incident_id, run.assessment.scheme), run)
    return list(newest.values())


def _newest_ratings(assessments: Sequence[int]) -> dict[int, list[Rating]]:
    """Return each evaluator's newest rating by assessment, in the order in which the evaluators are known."""
    mine = Rating.objects.filter(assessment__in=assessments)
    newest = mine.values("assessment", "evaluator").annotate(newest=Max("pk")).values("newest")
    found: dict[int, list[Rating]] = defaultdict(list)
    rows = Rating.objects.filter(pk__in=newest).order_by("evaluator_id")
    evidence = Prefetch("values__evidence", EvidenceItem.objects.order_by("number").prefetch_related("sources"))
    for rating in rows.prefetch_related("values", evidence):
        found[rating.assessment_id].append(rating)
    return found


def _evidence(incidents: Iterable[Incident]) -> dict[int, list[EvidenceItem]]:
    """Return the current version of every row of evidence by incident."""
    rows = EvidenceItem.objects.filter(incident__in=list(incidents), superseded_by__isnull=True)
    found: dict[int, list[EvidenceItem]] = defaultdict(list)
    for item in rows.prefetch_related("sources").order_by("number"):
        found[item.incident_id].append(item)
    return found
