"""What the desk shows of a case's rounds: where it stands, what comes next, and who has to do it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, Incident, RoundProposal, WeightRound
from assessments.rating_reads import Standing, standings
from assessments.states import RoundState, RoundVerb
from deliberation.governing import findings_of
from deliberation.listing import Shown, newest_runs, shown_score
from deliberation.models import Case, Clock
from deliberation.states import CaseStage, CaseState, ClockKind
from lastvote.access import Permission

NOBODY: Promise = _("Nobody")
SYSTEM: Promise = _("The system, by itself")
SECRETARIAT: Promise = _("The secretariat")
CHAIR: Promise = _("The chair")
TALKS_STAFF: Promise = _("The secretariat and the facilitator")
EVALUATORS: Promise = _("The evaluators")


@dataclass(frozen=True)
class Task:
    """The next thing to do in a case. ``permission`` is what it takes; none where no person acts."""

    words: Promise
    who: Promise
    permission: Permission | None = None
    due: dt.datetime | None = None


@dataclass(frozen=True)
class QueueRow:
    """One case on the desk. ``shown`` is the score where the most protective view counts, which it starts from."""

    incident: Any
    stage: str | Promise
    task: Task
    page: str
    shown: Shown | None


_STANDING: dict[CaseStage, Task] = {
    CaseStage.RECEIVED: Task(_("Open an assessment"), SECRETARIAT, Permission.MANAGE_INCIDENTS),
    CaseStage.RATING: Task(_("Hand in the ratings, then freeze them"), EVALUATORS, Permission.RATE),
    CaseStage.RATED: Task(_("Propose a round"), SECRETARIAT, Permission.PROPOSE_ROUND),
    CaseStage.COUNTING: Task(_("Count what is waiting and publish"), SYSTEM),
    CaseStage.SCORED: Task(_("Nothing to do here now"), NOBODY),
}

COMPARE = Task(_("Compare the answers of the groups"), SYSTEM)

_BEFORE_ROUNDS = (CaseStage.RECEIVED, CaseStage.RATING)
"""Stages in which the desk works on ratings."""

_CONFIRM: dict[RoundVerb, Promise] = {
    RoundVerb.ANNOUNCE: _("Confirm the round that is proposed"),
    RoundVerb.CLOSE_EARLY: _("Confirm that the round closes early"),
}


def task_of(
    stage: CaseStage, opens_at: dt.datetime | None, closes_at: dt.datetime | None, proposal: RoundProposal | None
) -> Task:
    """Return what comes next in a case; what waits for a second person comes first."""
    if proposal is not None:
        return Task(_CONFIRM[RoundVerb(proposal.verb)], CHAIR, Permission.CONFIRM_ROUND, proposal.expires_at)
    if stage == CaseStage.TALKS:
        return Task(_("Plan a session and see to the reasons"), TALKS_STAFF, Permission.PLAN_SESSION, opens_at)
    if stage == CaseStage.ANNOUNCED:
        return Task(_("Open the round at its time"), SYSTEM, due=opens_at)
    if stage == CaseStage.WEIGHING:
        return Task(_("Close the round at its time"), SYSTEM, due=closes_at)
    return _STANDING[stage]


def rating_task(standing: Standing) -> Task:
    """Return what comes next in a case that is being rated."""
    if standing.enough:
        return Task(_("Fix the ratings"), SECRETARIAT, Permission.MANAGE_INCIDENTS)
    if standing.waiting_proposals:
        return Task(_("Confirm the evaluator who is proposed"), CHAIR, Permission.GRANT_ROLE)
    if standing.third_needed:
        return Task(_("Appoint a third evaluator"), SECRETARIAT, Permission.MANAGE_INCIDENTS)
    return _STANDING[CaseStage.RATING]


def queue_of(cases: Iterable[Incident], now: dt.datetime) -> list[QueueRow]:
    """Return the desk's rows, those with a date first, the earliest on top."""
    found: list[Any] = list(cases)
    proposals = _waiting_by_assessment([case.assessment_id for case in found if case.assessment_id], now)
    rated = standings([case.assessment_id for case in found if case.stage == CaseStage.RATING])
    shown = _protected([case.assessment_id for case in found if case.assessment_id])
    in_talks = _not_judged([case.assessment_id for case in found if case.stage == CaseStage.SCORED])
    rows = [
        _queue_row(
            case, proposals.get(case.assessment_id),
            rating_task(rated[case.assessment_id]) if case.assessment_id in rated else in_talks.get(case.assessment_id),
            shown.get(case.assessment_id),
        )
        for case in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.task.due is None, row.task.due or now))


def _protected(assessments: Sequence[int]) -> dict[int, Shown]:
    """Return both scores of the cases in which the most protective view counts."""
    findings = findings_of(assessments)
    runs = newest_runs(findings, findings)
    return {pk: shown_score(runs[pk], finding) for pk, finding in findings.items()}


def _not_judged(assessments: Sequence[int]) -> dict[int, Task]:
    """Return what published cases wait for: the end of sessions, if the answers closed early, or the judgement."""
    clocks = Clock.objects.filter(case=OuterRef("pk"), kind=ClockKind.SESSION, stopped_at=None)
    cases = Case.objects.filter(assessment__in=assessments).exclude(state=CaseState.AWAITING_DECISION)
    ends = cases.annotate(until=Subquery(clocks.order_by("-due_at").values("due_at")[:1]))
    return {
        assessment: COMPARE if until is None
        else Task(_("Hold the session and write its minutes"), TALKS_STAFF, Permission.PLAN_SESSION, until)
        for assessment, until in ends.values_list("assessment", "until")
    }  # fmt: skip


def _queue_row(case: Any, proposal: RoundProposal | None, known: Task | None, shown: Shown | None) -> QueueRow:
    """Build a row; ``known`` is a task that says more than the stage of the case does."""
    stage = CaseStage(case.stage)
    task = known or task_of(stage, case.round_opens_at, case.round_closes_at, proposal)
    in_talks = task.who is TALKS_STAFF
    page = "desk_talks_newest" if in_talks else "desk_ratings" if stage in _BEFORE_ROUNDS else "desk_round"
    return QueueRow(case, stage.label, task, page, shown)


def _waiting_by_assessment(assessments: Sequence[int], now: dt.datetime) -> dict[int, RoundProposal]:
    waiting = _waiting(now).filter(round__assessment__in=assessments)
    return {one.round.assessment_id: one for one in waiting.order_by("proposed_at")}


def _waiting(now: dt.datetime) -> Any:
    return (
        RoundProposal.objects.filter(confirmed_at=None, expires_at__gt=now)
        .exclude(round__state__in=[RoundState.CLOSED, RoundState.PUBLISHED, RoundState.VOID])
        .select_related("proposed_by", "round__assessment__incident__jurisdiction", "round__assessment__policy")
    )


def waiting_proposal(assessment: Assessment | None, now: dt.datetime) -> RoundProposal | None:
    """Return what waits for a second person in an assessment."""
    if assessment is None:
        return None
    found: RoundProposal | None = _waiting(now).filter(round__assessment=assessment).order_by("-proposed_at").first()
    return found


def may_be_opened(weight_round: WeightRound | None, now: dt.datetime) -> bool:
    """Whether an announced round's time has come and the system has not opened it yet."""
    return weight_round is not None and weight_round.state == RoundState.ANNOUNCED and weight_round.opens_at <= now
