"""The life of a round of talks: convened by the protocol, moved along by its clocks, ended by the close of its answers.

Every function here is one step of ``deliberation.protocol`` written down. Callers hold the assessment's lock.
"""

import datetime as dt
import json
from typing import Any

from assessments import policy
from assessments.actions.follow_up import announce_follow_up
from assessments.models import ScoreRun, WeightRound
from deliberation.actions.changes import move_case, move_round
from deliberation.actions.clocks import start_clock, stop_clock
from deliberation.actions.events import record_on_case
from deliberation.facts import measured_at
from deliberation.models import Case, Clock, DeliberationRound
from deliberation.notices import names
from deliberation.protocol import Step, path_of
from deliberation.states import CaseState, ClockKind, Convened, DeliberationState
from stakeholders.notices.telling import tell


def convene(case: Case, basis: WeightRound, run: ScoreRun, because: Convened, now: dt.datetime) -> DeliberationRound:
    """Convene the next round of talks on what the groups differ on. Records ``case.convened`` with the numbers.

    The days of its three parts count from now, and people learn all of them at once.
    """
    number = case.rounds_ended + 1
    binding = _binding(run)
    rules = policy.read(case.assessment.policy)
    days = rules.deliberation

    def start(kind: ClockKind, length: int) -> Clock:
        return start_clock(case=case, kind=kind, days=length, closing_hour=rules.clock.closing_hour, now=now)

    if number == 1:
        start(ClockKind.LONGEST, days.longest_days)
    statements = start(ClockKind.STATEMENTS, days.statement_days)
    session = start(ClockKind.SESSION, days.session_days)
    answers = start(ClockKind.ANSWERS, days.answer_days)
    follow_up = announce_follow_up(after=basis, opens_at=statements.due_at, closes_at=answers.due_at, now=now)
    one = DeliberationRound.objects.create(
        case=case,
        number=number,
        because=because,
        agenda=binding["disagreement"]["wide"],
        basis=basis,
        follow_up=follow_up,
        convened_at=now,
    )
    Clock.objects.filter(pk__in=(statements.pk, session.pk, answers.pk)).update(round=one)
    move_case(case, CaseState.DELIBERATING, outcome="", settled_at=None)
    record_on_case("case.convened", case, now, facts={"round": number, "because": because, **_numbers(run, binding)})
    tell(names.TALKS_CONVENED, one.pk, now)
    tell(names.TALKS_TO_PREPARE, one.pk, now)
    return one


def begin_session(one: DeliberationRound, step: Step, now: dt.datetime) -> None:
    """End the statements. Groups that said nothing are recorded, never imputed. Records ``case.statements_ended``."""
    move_round(one, DeliberationState.SESSION)
    stop_clock(one=one, kind=ClockKind.STATEMENTS, at=step.at)
    facts = {"round": one.number, "silent": silent_groups(one)}
    record_on_case("case.statements_ended", one.case, now, effective_at=step.at, facts=facts)


def begin_answers(one: DeliberationRound, step: Step, now: dt.datetime) -> None:
    """End the sessions, held or not. Records ``case.sessions_ended`` with how many were held."""
    move_round(one, DeliberationState.ANSWERS)
    stop_clock(one=one, kind=ClockKind.SESSION, at=step.at)
    facts = {"round": one.number, "held": one.sessions.exclude(minuted_at=None).count()}
    record_on_case("case.sessions_ended", one.case, now, effective_at=step.at, facts=facts)


def end_round(one: DeliberationRound, run: ScoreRun, step: Step, now: dt.datetime) -> None:
    """End the round: its answers are published, and the case is judged by them. Records ``case.round_ended``."""
    case = one.case
    move_round(one, DeliberationState.ENDED, ended_at=step.at)
    stop_clock(one=one, kind=ClockKind.ANSWERS, at=step.at)
    path = path_of(case.path, measured_at(one.follow_up, run))
    move_case(case, CaseState.WEIGHING, rounds_ended=one.number, path=path)
    facts = {"round": one.number, **_numbers(run, _binding(run))}
    record_on_case("case.round_ended", case, now, effective_at=step.at, facts=facts)


def silent_groups(one: DeliberationRound) -> list[str]:
    """Return the codes of groups of the roll that made no statement."""
    spoke = set(one.statements.values_list("group__code", flat=True))
    groups = one.basis.sums.order_by("group__position_order").values_list("group__code", flat=True)
    return [code for code in groups if code not in spoke]


def _binding(run: ScoreRun) -> dict[str, Any]:
    return dict(json.loads(run.binding))


def _numbers(run: ScoreRun, binding: dict[str, Any]) -> dict[str, Any]:
    """The published numbers by which the protocol decided."""
    found = binding["disagreement"]
    return {
        "rev": run.rev,
        "score": binding["score"],
        "index": found["index"],
        "lone": max(found["lone"].values(), default=None),
        "conflict": found["conflict"],
        "fundamental": found["fundamental"],
    }
