"""What the front pages show: open rounds, latest results, figures."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Incident, ScoreRun, WeightRound
from assessments.reads import Result
from assessments.states import RoundState
from deliberation.governing import findings_of
from deliberation.protected import Protected, protected
from deliberation.reads import cases_of
from deliberation.results import PublishedScore, published_score
from deliberation.states import CaseStage
from stakeholders.models import Group, Jurisdiction
from stakeholders.reads import groups_of

LATEST = 3


@dataclass(frozen=True)
class Figure:
    """A count that leads to the list it counts."""

    count: int
    words: str | Promise
    url: str


def open_by_jurisdiction(now: dt.datetime) -> dict[int, list[WeightRound]]:
    """Return the rounds that accept answers now, by jurisdiction."""
    rounds = (
        WeightRound.objects.filter(state=RoundState.OPEN, closes_at__gt=now)
        .select_related("assessment__incident__jurisdiction")
        .order_by("closes_at", "pk")
    )
    found: dict[int, list[WeightRound]] = defaultdict(list)
    for one in rounds:
        found[one.assessment.incident.jurisdiction_id].append(one)
    return dict(found)


def figures(jurisdiction: Jurisdiction) -> list[Figure]:
    """Count cases by what visitors look for."""
    stages = list(cases_of(jurisdiction).values_list("stage", flat=True))
    address = reverse("cases", args=[jurisdiction.slug])
    return [
        Figure(len(stages), _("cases in all"), address),
        Figure(stages.count(CaseStage.WEIGHING), _("open for answers"), f"{address}?stage={CaseStage.WEIGHING}"),
        Figure(stages.count(CaseStage.COUNTING), _("being counted"), f"{address}?stage={CaseStage.COUNTING}"),
        Figure(stages.count(CaseStage.SCORED), _("with a published score"), f"{address}?stage={CaseStage.SCORED}"),
    ]


def latest_results(jurisdiction: Jurisdiction) -> list[tuple[Incident, PublishedScore, Protected | None]]:
    """Return the scores published last that rest on people's answers, newest first, one for each case.

    Each comes with the most protective view where that is the one that counts.
    """
    runs = (
        ScoreRun.objects.filter(
            published=True,
            round__state=RoundState.PUBLISHED,
            assessment__incident__jurisdiction=jurisdiction,
            assessment__incident__merged_into=None,
        )
        .select_related("round", "assessment__policy", "assessment__incident")
        .order_by("-round__published_at", "-pk")
    )
    groups = list(groups_of(jurisdiction))
    newest: dict[int, ScoreRun] = {}
    for run in runs[: LATEST * LATEST]:
        newest.setdefault(run.assessment.incident_id, run)
    latest = list(newest.values())[:LATEST]
    findings = findings_of(run.assessment_id for run in latest)
    scores = [score_of_run(run, groups) for run in latest]
    return [(one.assessment.incident, one, protected(findings.get(one.assessment.pk), groups, one)) for one in scores]


def score_of_run(run: ScoreRun, groups: Sequence[Group]) -> PublishedScore:
    """Read a stored, published run."""
    result = Result(run=run, binding=json.loads(run.binding), statistics=run.statistics, round=run.round, record=None)
    return published_score(run.assessment, result, groups)
