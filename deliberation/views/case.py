"""The page of one case: what it is, what happens next, what the score is and why, who was heard, what is known."""

import json

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.models import Assessment, WeightRound
from assessments.reads import Result, current_assessment, evidence_of, incident_or_404, published_result
from deliberation import case_charts
from deliberation.evidence import evidence_rows
from deliberation.figures_beside import figures_beside
from deliberation.heard import heard
from deliberation.merged import merged_into
from deliberation.models import Case
from deliberation.next_step import next_step
from deliberation.peaks import peak_alarm
from deliberation.protected import Protected, protected, protected_of
from deliberation.protocol import HIGH, ROUNDS_BY_PATH
from deliberation.reads import newest_round, proceeding_of, rounds_of, stage_of, timeline_of
from deliberation.rescored import rescored
from deliberation.results import PublishedScore, published_score
from deliberation.room.reads import talks_of
from deliberation.states import CaseState
from deliberation.timeline import entries_of
from deliberation.visitor import box_for
from lastvote import clock
from lastvote.access import Permission
from stakeholders.models import Group
from stakeholders.reads import groups_of
from stakeholders.rules import permissions_for
from stakeholders.scope import ScopedRequest, in_jurisdiction

SHORT_TIMELINE = 8


@require_safe
@in_jurisdiction
def case(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show a case; one that was merged leads to the case it went into."""
    incident = incident_or_404(request.jurisdiction, ref)
    if incident.merged_into:
        return redirect("case", request.jurisdiction.slug, incident.merged_into.reference)
    now = clock.now()
    groups = list(groups_of(request.jurisdiction))
    assessment = current_assessment(incident)
    items = list(evidence_of(incident))
    weight_round = newest_round(assessment)
    score = score_of(assessment, groups)
    proceeding = proceeding_of(assessment)
    entries = entries_of(timeline_of(incident), request.jurisdiction.zone)
    shown = entries if "all" in request.GET else entries[:SHORT_TIMELINE]
    return render(
        request,
        "deliberation/case.html",
        {
            "incident": incident,
            "assessment": assessment,
            "weight_round": weight_round,
            "stage": stage_of(assessment, weight_round),
            "next": next_step(assessment, weight_round, proceeding),
            "box": box_for(request.person, weight_round, now),
            "score": score,
            "protected": _protected(assessment, proceeding, groups, score),
            "talks": talks_of(proceeding),
            "may_ask": proceeding is not None and looks_askable(proceeding),
            "may_read_report": score is not None and _may_read_report(request, assessment),
            "alarm": peak_alarm(assessment, score.binding["peak_alarm"]) if score else None,
            "rescored": rescored(assessment, score),
            "charts": case_charts.charts_of(score) if score else None,
            "heard": heard(groups, weight_round, score, now),
            "evidence": evidence_rows(items, assessment),
            "beside": figures_beside(items),
            "merged": merged_into(incident),
            "rounds": list(rounds_of(incident)),
            "timeline": shown,
            "older": len(entries) - len(shown),
        },
    )


def _protected(
    assessment: Assessment | None, proceeding: Case | None, groups: list[Group], score: PublishedScore | None
) -> Protected | None:
    """What counts instead. What its own case ended in is known already; only a case rated again has to look back."""
    own = getattr(proceeding, "finding", None)
    if own is not None or assessment is None or assessment.number == 1:
        return protected(own, groups, score)
    return protected_of(assessment, groups, score)


def looks_askable(proceeding: Case) -> bool:
    """Whether a group can probably ask for talks; the page behind the link looks closely and says why not."""
    waiting = proceeding.state == CaseState.AWAITING_DECISION and proceeding.path == HIGH
    return waiting and proceeding.rounds_ended < ROUNDS_BY_PATH[HIGH]


def _may_read_report(request: ScopedRequest, assessment: Assessment | None) -> bool:
    """Whether this visitor may read the report on manipulation, once there is one."""
    if request.person is None or assessment is None:
        return False
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    return Permission.READ_MANIPULATION_REPORT in permissions_for(
        request.person, on=today, assessment_id=assessment.pk
    )  # fmt: skip


def score_of(assessment: Assessment | None, groups: list[Group]) -> PublishedScore | None:
    """Return the published score of an assessment, if there is one."""
    result = published_result(assessment) if assessment else None
    return published_score(assessment, result, groups) if assessment and result else None


def score_of_round(weight_round: WeightRound, groups: list[Group]) -> PublishedScore | None:
    """Return the score that the close of a round published."""
    run = weight_round.runs.filter(published=True).order_by("-rev").first()
    if run is None:
        return None
    result = Result(run, json.loads(run.binding), run.statistics, weight_round, None)
    return published_score(weight_round.assessment, result, groups)
