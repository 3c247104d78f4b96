"""The desk: the queue of cases, and where the rounds of one case stand."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.learning_reads import newest_failures
from assessments.models import Assessment, Incident, WeightRound
from assessments.policy_reads import waiting_policy
from assessments.rating_reads import OwnWork, rates_somewhere, work_of
from assessments.reads import current_assessment, freshness, incident_or_404, not_answered
from assessments.rules import may_extend, may_propose_early_close, takes_first_round
from assessments.states import RoundState
from deliberation import desk as work
from deliberation.computing.reads import stuck_in
from deliberation.forms import CaseFilterForm
from deliberation.heard import heard
from deliberation.listing import page_links
from deliberation.protected import protected_of
from deliberation.reads import CaseFilter, cases_of, newest_round, rounds_of, stage_of, timeline_of, wider_words
from deliberation.timeline import entries_of
from lastvote import clock
from lastvote.access import Permission
from stakeholders.models import Group
from stakeholders.reads import groups_of
from stakeholders.rules import permissions_for, require
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person

PAGE_SIZE = 20
DESK_KINDS = (
    "assessment.opened", "evaluator.proposed", "evaluator.appointed", "evaluator.declined", "ratings.frozen",
    "peak.looked_at", "round.announce_proposed", "round.announced", "round.opened",
    "round.extended", "round.close_proposed", "round.closed", "round.published",
)  # fmt: skip


@in_jurisdiction
@signed_in_person
@require_safe
def desk(request: ScopedRequest) -> HttpResponse:
    """List every case with its next action and who has to act.

    ``?mine=1`` keeps what this person can do, ``?q=`` the cases that hold every word.

    Evaluators and supervisors without a place at the desk see their own work alone.
    """
    rights = rights_of(request)
    own = own_ratings(request)
    if Permission.READ_DESK not in rights and own is not None:
        return render(request, "assessments/rating/desk.html", {"work": own})
    require_desk(request)
    words = CaseFilterForm(request.GET).wanted().words
    wanted = CaseFilter(words=words, withheld=Permission.MANAGE_INCIDENTS in rights)
    rows = work.queue_of(cases_of(request.jurisdiction, wanted), clock.now())
    mine = [row for row in rows if row.task.permission in rights]
    only_mine = "mine" in request.GET
    page = Paginator(mine if only_mine else rows, PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = waiting_policy(request.jurisdiction, clock.now())
    context = {
        "work": own,
        "words": words,
        "wider": [] if rows else wider_words(request.jurisdiction, wanted),
        "page": page,
        "pages": page_links(request.GET, page),
        "only_mine": only_mine,
        "mine": len(mine),
        "all": len(rows),
        "stuck": stuck_in(request.jurisdiction),
        "failed_trainings": list(newest_failures(request.jurisdiction)),
        "policy_waits_here": waiting is not None and Permission.CONFIRM_POLICY in rights,
    }
    return render(request, "deliberation/desk/queue.html", context)


def own_ratings(request: ScopedRequest) -> OwnWork | None:
    """What waits for this person as an evaluator or supervisor; none for everybody else."""
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    if request.person is None or not rates_somewhere(request.person, today):
        return None
    return work_of(request.person, today)


@in_jurisdiction
@signed_in_person
@require_safe
def desk_rounds(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show how far a case's round has come, without a number derived from answers, and what can be done."""
    incident = incident_or_404(request.jurisdiction, ref)
    assessment = current_assessment(incident)
    require_desk(request, assessment)
    weight_round = newest_round(assessment)
    context = {
        "incident": incident,
        "assessment": assessment,
        "protected": protected_of(assessment, list(groups_of(request.jurisdiction))),
        "weight_round": weight_round,
        "stage": stage_of(assessment, weight_round),
        "freshness": freshness(assessment) if assessment else None,
        "rounds": list(rounds_of(incident)),
        "timeline": entries_of(timeline_of(incident, kinds=DESK_KINDS), request.jurisdiction.zone),
        "may_read_report": Permission.READ_MANIPULATION_REPORT in rights_of(request, assessment),
        **_acts(request, assessment, weight_round),
        **_answers(request, assessment, weight_round),
    }
    return render(request, "deliberation/desk/rounds.html", context)


def _acts(request: ScopedRequest, assessment: Assessment | None, weight_round: WeightRound | None) -> dict[str, object]:
    """What this person can do now; the actions check again."""
    now, rights = clock.now(), rights_of(request, assessment)
    proposal = work.waiting_proposal(assessment, now)
    merged = assessment is not None and assessment.incident.merged_into_id is not None
    idle = not merged and (weight_round is None or weight_round.state == RoundState.PUBLISHED)
    ready = assessment is not None and assessment.ratings_frozen_at is not None and takes_first_round(assessment)
    return {
        "proposal": proposal,
        "proposal_is_own": proposal is not None and proposal.proposed_by == request.person,
        "can_confirm": proposal is not None and Permission.CONFIRM_ROUND in rights,
        "can_announce": idle and ready and proposal is None and Permission.PROPOSE_ROUND in rights,
        "can_open": work.may_be_opened(weight_round, now) and Permission.PROPOSE_ROUND in rights,
        "can_extend": weight_round is not None and may_extend(request.person, weight_round, now),
        "can_close": weight_round is not None
        and proposal is None
        and may_propose_early_close(request.person, weight_round, now),
    }


def _answers(
    request: ScopedRequest, assessment: Assessment | None, weight_round: WeightRound | None
) -> dict[str, object]:
    """Bands for everybody at the desk; names only for those who send reminders or confirm."""
    if weight_round is None or weight_round.state != RoundState.OPEN:
        return {}
    rows = heard(list(groups_of(request.jurisdiction)), weight_round, None, clock.now())
    if not rights_of(request, assessment) & {Permission.EXTEND_ROUND, Permission.CONFIRM_ROUND}:
        return {"heard": rows}
    return {"heard": rows, "missing": _missing(weight_round)}


def _missing(weight_round: WeightRound) -> list[tuple[Group, list[str | None]]]:
    """People on the roll without a standing answer, by group; none for an erased person."""
    rows = groupby(not_answered(weight_round), key=lambda entry: entry.group)
    return [(group, [entry.person.name if entry.person else None for entry in entries]) for group, entries in rows]


def rights_of(request: ScopedRequest, assessment: Assessment | None = None) -> frozenset[Permission]:
    """Everything this person may do today, on an assessment if it is given."""
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    return permissions_for(request.person, on=today, assessment_id=assessment.pk if assessment else None)


def require_desk(request: ScopedRequest, assessment: Assessment | None = None) -> None:
    """Refuse people without a place at the desk."""
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    require(request.person, Permission.READ_DESK, on=today, assessment_id=assessment.pk if assessment else None)


def desk_case(request: ScopedRequest, ref: str, permission: Permission) -> tuple[Incident, Assessment]:
    """Return a case and its newest assessment for somebody who may act on it."""
    incident = incident_or_404(request.jurisdiction, ref)
    assessment = current_assessment(incident)
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    require(request.person, permission, on=today, assessment_id=assessment.pk if assessment else None)
    if assessment is None:
        raise Http404
    return incident, assessment
