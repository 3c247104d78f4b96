"""The conflict protocol: what follows from what, however late and however often somebody asks."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation import protocol
from deliberation.protocol import CaseFacts, Measured, RunningRound, Step, next_step, outcome_of, path_of, why_convened
from deliberation.states import CaseOutcome, CaseState, DeliberationState, StepKind

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
AGREED = Measured(conflict=False, fundamental=False, level="M", alert="M", closed_at=NOW)
NEAR = replace(AGREED, fundamental=True)
MARGINAL = replace(AGREED, conflict=True)
FUNDAMENTAL = replace(AGREED, conflict=True, fundamental=True)


def facts(measured, path="M", ended=0, **more):
    return CaseFacts(CaseState.WEIGHING, measured, path, ended, max_rounds=2, **more)


@pytest.mark.parametrize(
    ("measured", "path", "ended", "expected"),
    [
        (AGREED, "H", 0, CaseOutcome.PROCEED),
        (NEAR, "H", 0, CaseOutcome.PROCEED_NEAR_LINE),
        (MARGINAL, "H", 0, None),
        (MARGINAL, "H", 1, CaseOutcome.PROCEED_MARGINAL),
        (MARGINAL, "L", 0, CaseOutcome.PROCEED_MARGINAL),
        (FUNDAMENTAL, "H", 0, None),
        (FUNDAMENTAL, "H", 1, None),
        (FUNDAMENTAL, "H", 2, CaseOutcome.PROTECTIVE_DEFAULT),
        (FUNDAMENTAL, "M", 0, None),
        (FUNDAMENTAL, "M", 1, CaseOutcome.PROTECTIVE_DEFAULT),
        (FUNDAMENTAL, "none", 0, CaseOutcome.PROTECTIVE_DEFAULT),
    ],
)
def test_the_four_cells_and_the_rounds_of_each_path(measured, path, ended, expected):
    measured = replace(measured, level=path, alert=path)
    step = next_step(facts(measured, path, ended), NOW)
    assert step == (
        Step(StepKind.CONVENE, NOW) if expected is None else Step(StepKind.SETTLE, NOW, expected)
    )  # fmt: skip


FIVE = frozenset("ABCDE")
DIFFERED = replace(FUNDAMENTAL, counted=FIVE, affected=frozenset("C"))
ALL = {"counted": FIVE | {"F"}, "affected": frozenset("C")}
WITHOUT_E = {"counted": FIVE - {"E"}, "affected": frozenset("C")}
WITHOUT_C = {"counted": FIVE - {"C"}, "affected": frozenset()}


@pytest.mark.parametrize(
    ("measured", "differed", "ended", "expected"),
    [
        pytest.param(replace(AGREED, **ALL), DIFFERED, 1, CaseOutcome.CONVERGED, id="all are there and agree"),
        pytest.param(replace(NEAR, **ALL), DIFFERED, 1, CaseOutcome.CONVERGED, id="all are there, near a line"),
        pytest.param(replace(AGREED, **ALL), None, 1, CaseOutcome.PROCEED, id="a group asked, and none ever differed"),
        pytest.param(replace(NEAR, **ALL), None, 1, CaseOutcome.PROCEED_NEAR_LINE, id="a group asked, near a line"),
        pytest.param(replace(AGREED, **WITHOUT_E), DIFFERED, 1, CaseOutcome.PROCEED, id="one that differed is gone"),
        pytest.param(replace(NEAR, **WITHOUT_E), DIFFERED, 1, CaseOutcome.PROCEED_NEAR_LINE, id="gone, near a line"),
        pytest.param(replace(AGREED, **WITHOUT_C), DIFFERED, 1, None, id="the affected are gone: talks go on"),
        pytest.param(replace(AGREED, **WITHOUT_C), DIFFERED, 2, CaseOutcome.PROTECTIVE_DEFAULT, id="and end protected"),
        pytest.param(replace(MARGINAL, **WITHOUT_C), DIFFERED, 2, CaseOutcome.PROTECTIVE_DEFAULT, id="marginal or not"),
    ],
)
def test_groups_have_come_nearer_only_if_all_that_differed_are_still_counted(measured, differed, ended, expected):
    measured = replace(measured, level="H", alert="H")
    found = facts(measured, "H", ended, differed=differed)
    step = next_step(found, NOW)
    assert step == (Step(StepKind.CONVENE, NOW) if expected is None else Step(StepKind.SETTLE, NOW, expected))


def test_a_round_is_convened_for_the_reason_that_holds():
    gone = facts(replace(AGREED, **WITHOUT_C), "H", 1, differed=DIFFERED)
    asked = facts(AGREED, "H", requested=True)
    assert [why_convened(one) for one in (facts(FUNDAMENTAL), gone, asked)] == ["conflict", "absence", "request"]


def test_an_alert_above_the_level_allows_one_round():
    alerted = replace(MARGINAL, level="L", alert="M")
    assert next_step(facts(alerted, "L"), NOW).kind == StepKind.CONVENE
    assert next_step(facts(alerted, "L", 1), NOW).outcome == CaseOutcome.PROCEED_MARGINAL


def test_the_policy_may_allow_fewer_rounds_but_never_more():
    high = replace(FUNDAMENTAL, level="H", alert="H")
    assert next_step(replace(facts(high, "H"), max_rounds=0), NOW).outcome == CaseOutcome.PROTECTIVE_DEFAULT
    assert next_step(replace(facts(high, "H", 2), max_rounds=9), NOW).outcome == CaseOutcome.PROTECTIVE_DEFAULT


def test_the_path_only_rises():
    assert path_of("H", replace(AGREED, level="L")) == "H"
    assert path_of("L", replace(AGREED, level="M")) == "M"


def test_nothing_is_judged_before_a_close_or_while_input_is_pending():
    assert next_step(facts(None), NOW) is None
    assert next_step(facts(AGREED, pending=3), NOW) is None


def test_after_the_longest_time_no_further_round_is_convened():
    over = facts(replace(FUNDAMENTAL, level="H", alert="H"), "H", 1, longest_until=NOW)
    assert next_step(over, NOW).outcome == CaseOutcome.PROTECTIVE_DEFAULT
    assert next_step(replace(over, longest_until=NOW + DAY), NOW).kind == StepKind.CONVENE


def test_whoever_looks_late_takes_no_round_away():
    closed_in_time = facts(replace(FUNDAMENTAL, level="H", alert="H"), "H", 1, longest_until=NOW + DAY)
    assert next_step(closed_in_time, NOW + 99 * DAY).kind == StepKind.CONVENE


def running(state, *, published=False):
    return RunningRound(1, state, NOW + 7 * DAY, NOW + 12 * DAY, NOW + 15 * DAY, published)


@pytest.mark.parametrize(
    ("state", "until", "kind"),
    [
        (DeliberationState.STATEMENTS, 7, StepKind.BEGIN_SESSION),
        (DeliberationState.SESSION, 12, StepKind.BEGIN_ANSWERS),
    ],
)
def test_parts_of_a_round_end_at_their_legal_time_whenever_somebody_looks(state, until, kind):
    case = replace(facts(FUNDAMENTAL, "H"), state=CaseState.DELIBERATING, running=running(state))
    at = NOW + until * DAY
    assert next_step(case, at - dt.timedelta(microseconds=1)) is None
    assert next_step(case, at) == Step(kind, at)
    assert next_step(replace(case, pending=5), at + 30 * DAY) == Step(kind, at)


def test_a_round_ends_when_its_close_is_published_and_nothing_is_pending():
    answers = replace(
        facts(FUNDAMENTAL, "H"), state=CaseState.DELIBERATING, running=running(DeliberationState.ANSWERS)
    )  # fmt: skip
    done = replace(answers, running=running(DeliberationState.ANSWERS, published=True))
    later = NOW + 16 * DAY
    assert next_step(answers, later) is None
    assert next_step(replace(done, pending=1), later) is None
    assert next_step(done, later) == Step(StepKind.END_ROUND, NOW + 15 * DAY)


@pytest.mark.parametrize(
    ("path", "ended", "requested", "convened"),
    [("H", 0, True, True), ("H", 1, True, True), ("H", 2, True, False), ("M", 0, True, False), ("H", 0, False, False)],
)
def test_a_group_may_ask_for_a_round_on_the_high_path_only(path, ended, requested, convened):
    measured = replace(AGREED, level=path, alert=path)
    case = replace(facts(measured, path, ended, requested=requested), state=CaseState.AWAITING_DECISION)
    assert next_step(case, NOW) == (Step(StepKind.CONVENE, NOW) if convened else None)


measured_closes = st.lists(
    st.builds(
        Measured, st.booleans(), st.booleans(), st.sampled_from(protocol.PATHS), st.sampled_from(protocol.PATHS),
        closed_at=st.just(NOW),
    ),
    min_size=4, max_size=4,
)  # fmt: skip
pauses = st.lists(st.integers(0, 40 * 24), min_size=60, max_size=60)


def play(closes, hours):
    """Run a case on a clock that jumps as ``hours`` say; return its steps and how it ended."""
    case, now, taken, closed = facts(None, "none"), NOW, [], 0
    for jump in hours:
        now += dt.timedelta(hours=jump)
        case, closed = close_what_is_due(case, closes, closed, now)
        while (step := next_step(case, now)) is not None:
            taken.append(step)
            case = apply(case, step)
            case, closed = close_what_is_due(case, closes, closed, now)
    return case, taken


def close_what_is_due(case, closes, closed, now):
    due = case.state == CaseState.WEIGHING and case.measured is None
    if case.running and not case.running.published and now >= case.running.answers_until:
        due, case = True, replace(case, running=replace(case.running, published=True))
    if not due:
        return case, closed
    at = case.running.answers_until if case.running else NOW
    close = replace(closes[closed], closed_at=at)
    return replace(case, measured=close, path=path_of(case.path, close)), closed + 1


def apply(case, step):
    if step.kind == StepKind.CONVENE:
        at = step.at
        one = RunningRound(
            case.rounds_ended + 1, DeliberationState.STATEMENTS, at + 7 * DAY, at + 12 * DAY, at + 15 * DAY, False
        )
        longest = case.longest_until or at + 60 * DAY
        return replace(case, state=CaseState.DELIBERATING, running=one, longest_until=longest)
    if step.kind == StepKind.SETTLE:
        return replace(case, state=CaseState.AWAITING_DECISION)
    if step.kind == StepKind.END_ROUND:
        return replace(case, state=CaseState.WEIGHING, running=None, rounds_ended=case.rounds_ended + 1)
    to = DeliberationState.SESSION if step.kind == StepKind.BEGIN_SESSION else DeliberationState.ANSWERS
    return replace(case, running=replace(case.running, state=to))


@given(measured_closes, pauses)
def test_every_case_ends_once_with_its_steps_in_order_and_at_their_legal_times(closes, hours):
    case, taken = play(closes, [*hours, 24 * 365, 24 * 365])
    kinds = [step.kind for step in taken]
    rounds = kinds.count(StepKind.CONVENE)
    one_round = [StepKind.CONVENE, StepKind.BEGIN_SESSION, StepKind.BEGIN_ANSWERS, StepKind.END_ROUND]
    assert kinds == one_round * rounds + [StepKind.SETTLE]
    assert rounds <= 2
    assert case.state == CaseState.AWAITING_DECISION
    for step, following in pairwise(taken):
        assert step.at <= following.at


@given(measured_closes, pauses)
def test_how_often_somebody_looks_changes_nothing_in_how_a_case_of_one_round_ends(closes, hours):
    closes = [replace(close, level="M", alert="M") for close in closes]
    ends = []
    for jumps in (hours, [sum(hours[:30]), sum(hours[30:])]):
        case, taken = play(closes, [*jumps, 24 * 365, 24 * 365])
        ends.append((case.rounds_ended, taken[-1].outcome))
    assert ends[0] == ends[1]


def test_outcomes_do_not_depend_on_anything_but_the_close_and_the_count_of_rounds():
    assert outcome_of(FUNDAMENTAL, ended=3, allowed=2) == CaseOutcome.PROTECTIVE_DEFAULT
