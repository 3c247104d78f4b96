"""Moving cases along the conflict protocol: one step at a time, each under the assessment's lock, each written down.

Whoever asks, and however often, takes only what is due: a step that somebody else took a moment before is not due any
more. So the outbox, the sweep and several workers may all ask for the same case.
"""

import datetime as dt
from functools import partial

from django.db.models import Exists, F, OuterRef, Q

from assessments.actions.publication import CASE as ADVANCE
from assessments.models import Assessment, ScoreRun, WeightRound
from assessments.scoring.record import digest
from assessments.states import RoundState
from deliberation.actions import rounds
from deliberation.actions.changes import move_case
from deliberation.actions.events import record_on_case
from deliberation.community_means import write_down
from deliberation.facts import facts_of, last_close, measured_at, running_round
from deliberation.models import Case, Clock, DeliberationRound, ProtectiveFinding
from deliberation.notices import names
from deliberation.protection import protection_of
from deliberation.protocol import NONE, PATHS, CaseFacts, Step, next_step, path_of, why_convened
from deliberation.states import CaseOutcome, CaseState, StepKind
from lastvote.jobs.sweeper import alone
from lastvote.transactions import locking
from stakeholders.notices.telling import tell

__all__ = ["ADVANCE", "advance_case", "advance_due_cases"]

MOST_STEPS = 20
"""Steps in a row that one call takes. A case never needs as many, so more mean that something turns in circles."""


def advance_case(assessment_id: int, now: dt.datetime) -> int:
    """Take every step that is due on the case of an assessment, in order; return how many.

    A case comes into being with the first published close. Past cases that test the lines have none.
    """
    taken = 0
    while taken < MOST_STEPS and _take_step(assessment_id, now):
        taken += 1
    return taken


def advance_due_cases(now: dt.datetime) -> int:
    """Ask every case that could have a step to take; called by each sweep, and normally there is none.

    A case whose step is refused or fails keeps no other from its own; the next sweep asks it again.
    """
    return sum(
        alone(partial(advance_case, assessment_id, now), sweep="cases", subject_id=assessment_id)
        for assessment_id in _perhaps_due(now)
    )


def _perhaps_due(now: dt.datetime) -> list[int]:
    published = WeightRound.objects.filter(assessment=OuterRef("pk"), state=RoundState.PUBLISHED)
    asked = Case.objects.filter(assessment=OuterRef("pk"), requests__after_rounds=F("rounds_ended"))
    judged = Q(case__state=CaseState.AWAITING_DECISION) & ~Exists(asked)
    waiting = Q(case__state=CaseState.DELIBERATING) & ~_has_run_out(now)
    live = Assessment.objects.filter(
        Exists(published), retrospective=False, superseded_by__isnull=True, incident__merged_into__isnull=True
    )
    return list(live.exclude(judged).exclude(waiting).order_by("pk").values_list("pk", flat=True))


def _has_run_out(now: dt.datetime) -> Q:
    """Select assessments with talks of which a clock has run out, or whose answers are published."""
    clocks = Clock.objects.filter(case__assessment=OuterRef("pk"), stopped_at__isnull=True, due_at__lte=now)
    answered = DeliberationRound.objects.filter(
        case__assessment=OuterRef("pk"), ended_at__isnull=True, follow_up__state=RoundState.PUBLISHED
    )
    return Q(Exists(clocks)) | Q(Exists(answered))


def _take_step(assessment_id: int, now: dt.datetime) -> bool:
    with locking():
        assessment = (
            Assessment.objects.select_for_update(of=("self",))
            .select_related("policy__jurisdiction", "incident__jurisdiction")
            .get(pk=assessment_id)
        )
        case = _case_of(assessment, now)
        if case is None or _leads_elsewhere(assessment):
            return False
        facts = facts_of(case)
        step = next_step(facts, now)
        if step is not None:
            _do(case, step, facts, now)
        return step is not None


def _leads_elsewhere(assessment: Assessment) -> bool:
    """Whether another assessment or case took the place of this one: nothing new begins here."""
    return assessment.incident.merged_into_id is not None or Assessment.objects.filter(supersedes=assessment).exists()


def _case_of(assessment: Assessment, now: dt.datetime) -> Case | None:
    """Return the case, opened now if the first close has just been published. Records ``case.opened``."""
    case = Case.objects.filter(assessment=assessment).first()
    if case is None and not assessment.retrospective:
        case = _open(assessment, now)
    if case is not None:
        case.assessment = assessment
    return case


def _open(assessment: Assessment, now: dt.datetime) -> Case | None:
    if not assessment.rounds.filter(state=RoundState.PUBLISHED).exists():
        return None
    case = Case(assessment=assessment, opened_at=now, path=_path_before(assessment))
    weight_round, run = last_close(case) or (None, None)
    if weight_round is not None and run is not None:
        case.path = path_of(case.path, measured_at(weight_round, run))
    case.save(force_insert=True)
    record_on_case("case.opened", case, now, facts={"assessment": assessment.number, "path": case.path})
    return case


def _path_before(assessment: Assessment) -> str:
    """Return the highest path that the same case was on in an earlier assessment. Rating it again lowers none."""
    earlier = Case.objects.filter(assessment__incident=assessment.incident_id, assessment__number__lt=assessment.number)
    return max(earlier.values_list("path", flat=True), key=PATHS.index, default=NONE)


def _do(case: Case, step: Step, facts: CaseFacts, now: dt.datetime) -> None:
    basis, run = _close_of(case)
    one = running_round(case)
    if one is not None:
        one.case = case
    if step.kind == StepKind.CONVENE:
        rounds.convene(case, basis, run, why_convened(facts), now)
    elif step.kind == StepKind.SETTLE:
        _settle(case, basis, run, step, now)
    elif one is not None and step.kind == StepKind.BEGIN_SESSION:
        rounds.begin_session(one, step, now)
    elif one is not None and step.kind == StepKind.BEGIN_ANSWERS:
        rounds.begin_answers(one, step, now)
    elif one is not None:
        rounds.end_round(one, run, step, now)


def _close_of(case: Case) -> tuple[WeightRound, ScoreRun]:
    found = last_close(case)
    if found is None:
        raise LookupError("A case without a published close has no step to take.")
    return found


def _settle(case: Case, weight_round: WeightRound, run: ScoreRun, step: Step, now: dt.datetime) -> None:
    """End the protocol. Records ``case.settled``, and ``case.protected`` where the protective default holds."""
    case.clocks.filter(stopped_at__isnull=True).update(stopped_at=now)
    move_case(case, CaseState.AWAITING_DECISION, outcome=step.outcome, settled_at=now)
    facts = {"outcome": step.outcome, "rounds": case.rounds_ended, "rev": run.rev}
    record_on_case("case.settled", case, now, facts=facts)
    if step.outcome == CaseOutcome.PROTECTIVE_DEFAULT:
        _protect(case, weight_round, run, now)
    tell(names.CASE_SETTLED, weight_round.pk, now)
    tell(names.CASE_AWAITS, weight_round.pk, now)


def _protect(case: Case, weight_round: WeightRound, run: ScoreRun, now: dt.datetime) -> None:
    """Write the protective score down for good. Nobody can switch this off for a case."""
    found = protection_of(case, weight_round, run)
    finding = ProtectiveFinding.objects.create(
        case=case,
        weight_round=weight_round,
        score=found.found.score,
        body=found.body.decode(),
        sha256=digest(found.body),
        score_string=found.score_string,
        found_at=now,
    )
    write_down(finding, found.told)
    facts = {"score": str(found.computed.score), "protective": str(finding.score), "sha256": finding.sha256}
    record_on_case("case.protected", case, now, facts=facts)
