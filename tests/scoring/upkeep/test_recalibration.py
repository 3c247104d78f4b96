"""The yearly review of the lines: cheapest line, ties, step, gaps, minimum counts and the weight of drawn cases.

Definitions: D31.
"""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters import LEVELS
from assessments.scoring.parameters_upkeep import RecalibrationParameters
from assessments.scoring.upkeep.recalibration import ReviewedCase, best_line, cost_left_out, cost_of, recalibrate

RULES = RecalibrationParameters()
PAPER = {"L": D("0.3"), "M": D("0.6"), "H": D("0.75")}


def needed(*scores):
    return [ReviewedCase(D(score), was_needed=True) for score in scores]


def not_needed(*scores):
    return [ReviewedCase(D(score), was_needed=False) for score in scores]


def moving_to(score):
    """Cases for which `score` is the one line that costs nothing."""
    below = D(score) - D("0.0001")
    return needed(*[score] * 5) + not_needed(*[below] * 5)


def proposals(**cases):
    return recalibrate(PAPER, cases, RULES)


def moved(**cases):
    return {level: str(one.proposed) for level, one in proposals(**cases).items()}


def test_a_miss_costs_five_false_alarms():
    cases = needed("0.5") + not_needed("0.7")
    assert [cost_of(D(line), cases, RULES) for line in ("0.4", "0.6", "0.8")] == [1, 6, 5]


def test_line_is_reached_at_the_score_itself():
    assert cost_of(D("0.5"), needed("0.5"), RULES) == 0
    assert cost_of(D("0.5"), not_needed("0.5"), RULES) == 1


def test_a_drawn_case_stands_for_twenty():
    drawn = ReviewedCase(D("0.2"), was_needed=True, was_drawn=True)
    assert cost_of(D("0.6"), [drawn], RULES) == 100
    assert cost_of(D("0.6"), [drawn], replace(RULES, audit_share=D("0.03"))) == Fraction(500, 3)
    harmless = ReviewedCase(D("0.2"), was_needed=False, was_drawn=True)
    assert cost_of(D("0.1"), [harmless], RULES) == 20


def test_drawn_cases_can_bring_a_line_down_that_the_others_would_raise():
    called = needed(*["0.65"] * 5) + not_needed(*["0.62"] * 5)
    assert best_line(D("0.6"), called, RULES) == D("0.65")
    drawn = ReviewedCase(D("0.57"), was_needed=True, was_drawn=True)
    assert best_line(D("0.6"), [*called, drawn], RULES) == D("0.57")


def test_of_equally_cheap_lines_the_nearest_stays():
    assert best_line(D("0.6"), needed("0.7", "0.8"), RULES) == D("0.6")
    cases = needed("0.7", "0.8") + not_needed("0.65")
    assert best_line(D("0.6"), cases, RULES) == D("0.7")


def test_of_equally_near_lines_the_lower_wins():
    even = replace(RULES, miss_cost=1)
    cases = needed("0.55", "0.55", "0.65") + not_needed("0.55", "0.6")
    assert [cost_of(D(line), cases, even) for line in ("0.55", "0.6", "0.65")] == [2, 3, 2]
    assert best_line(D("0.6"), cases, even) == D("0.55")


def test_a_line_tried_on_cases_it_never_saw_costs_more():
    cases = needed("0.5", "0.7") + not_needed("0.6")
    assert cost_of(best_line(D("0.65"), cases, RULES), cases, RULES) == 1
    # 0.5 left out: 0.65 is free and misses it; 0.7 left out: 0.5 is cheapest; 0.6 left out: 0.5 is free and calls it
    assert cost_left_out(D("0.65"), cases, RULES) == 5 + 0 + 1


def test_leaving_out_the_only_case_tries_it_on_the_old_line():
    assert cost_left_out(D("0.6"), [], RULES) == 0
    assert cost_left_out(D("0.6"), needed("0.5"), RULES) == 5


def test_no_case_leaves_the_line():
    assert best_line(D("0.6"), [], RULES) == D("0.6")


@pytest.mark.parametrize(("target", "line"), [("0.62", "0.62"), ("0.65", "0.65"), ("0.66", "0.65"), ("0.9", "0.65")])
def test_a_line_moves_one_step_a_year(target, line):
    assert moved(M=moving_to(target)) == {"L": "0.3", "M": line, "H": "0.75"}


@pytest.mark.parametrize(("target", "line"), [("0.58", "0.58"), ("0.55", "0.55"), ("0.2", "0.55")])
def test_a_line_moves_down_one_step_a_year(target, line):
    assert moved(M=moving_to(target)) == {"L": "0.3", "M": line, "H": "0.75"}


def test_what_the_review_says_is_told_in_full():
    found = proposals(M=moving_to("0.9"))["M"]
    assert (found.old, found.best, found.proposed) == (D("0.6"), D("0.9"), D("0.65"))
    assert (found.cost_old, found.cost_best, found.cost_proposed) == (5, 0, 5)
    assert (found.unchanged, found.needed, found.not_needed, found.drawn) == (None, 5, 5, 0)


@pytest.mark.parametrize(
    ("cases", "reason"),
    [
        ([], "too_few_needed"),
        (needed(*["0.9"] * 4) + not_needed(*["0.8"] * 50), "too_few_needed"),
        (needed(*["0.9"] * 50) + not_needed(*["0.8"] * 4), "too_few_not_needed"),
        (needed(*["0.9"] * 5) + not_needed(*["0.5"] * 5), "already_best"),
        (needed(*["0.9"] * 5) + not_needed(*["0.8"] * 5), None),
    ],
)
def test_reasons_to_leave_a_line(cases, reason):
    found = proposals(M=cases)["M"]
    assert found.unchanged == reason
    assert (found.proposed == D("0.6")) == (reason is not None)


def test_too_few_cases_have_no_costs():
    found = proposals(M=needed("0.9"))["M"]
    assert (found.best, found.cost_old, found.cost_best, found.cost_proposed) == (D("0.6"), None, None, None)


def test_lines_stop_at_the_gap():
    near = {"L": D("0.5"), "M": D("0.57"), "H": D("0.75")}
    found = recalibrate(near, {"L": moving_to("0.9")}, RULES)
    assert [found[level].proposed for level in LEVELS] == [D("0.52"), D("0.57"), D("0.75")]


def test_moves_down_go_before_moves_up():
    near = {"L": D("0.5"), "M": D("0.6"), "H": D("0.75")}
    found = recalibrate(near, {"L": moving_to("0.9"), "M": moving_to("0.1")}, RULES)
    assert [found[level].proposed for level in LEVELS] == [D("0.5"), D("0.55"), D("0.75")]
    assert (found["L"].unchanged, found["M"].unchanged) == ("no_room", None)


def test_a_line_may_follow_its_neighbour():
    near = {"L": D("0.5"), "M": D("0.55"), "H": D("0.6")}
    down = dict.fromkeys(LEVELS, moving_to("0.1"))
    assert [one.proposed for one in recalibrate(near, down, RULES).values()] == [D("0.45"), D("0.50"), D("0.55")]
    up = dict.fromkeys(LEVELS, moving_to("0.99"))
    assert [one.proposed for one in recalibrate(near, up, RULES).values()] == [D("0.55"), D("0.60"), D("0.65")]


def test_lines_closer_than_the_gap_never_come_closer():
    close = {"L": D("0.5"), "M": D("0.52"), "H": D("0.75")}
    found = recalibrate(close, {"L": moving_to("0.9"), "M": moving_to("0.1")}, RULES)
    assert [found[level].unchanged for level in LEVELS] == ["no_room", "no_room", "too_few_needed"]


@pytest.mark.parametrize(
    ("lines", "cases", "code"),
    [
        ({"L": D("0.3"), "M": D("0.6")}, {}, "E_SHAPE"),
        (PAPER, {"X": []}, "E_SHAPE"),
        ({**PAPER, "M": D("0.75")}, {}, "threshold_order"),
        ({**PAPER, "H": D("1.1")}, {}, "E_RANGE"),
    ],
)
def test_nonsense_is_refused(lines, cases, code):
    with pytest.raises(ScoringError) as caught:
        recalibrate(lines, cases, RULES)
    assert caught.value.code == code


def test_a_score_outside_the_range_is_refused():
    with pytest.raises(ScoringError) as caught:
        needed("1.0001")
    assert caught.value.code == "E_RANGE"


POINTS = st.integers(0, 10_000).map(lambda points: D(points) / 10_000)
CASES = st.lists(st.builds(ReviewedCase, POINTS, st.booleans(), st.booleans()), max_size=20)
LINES = st.lists(POINTS, min_size=3, max_size=3, unique=True).map(
    lambda found: dict(zip(LEVELS, sorted(found), strict=True))
)


@settings(deadline=None, max_examples=200)
@given(LINES, st.fixed_dictionaries({}, optional=dict.fromkeys(LEVELS, CASES)))
def test_proposals_keep_step_and_gap_and_order(lines, cases):
    found = recalibrate(lines, cases, RULES)
    for one in found.values():
        assert abs(one.proposed - one.old) <= RULES.step
        assert min(one.old, one.best) <= one.proposed <= max(one.old, one.best)
        assert (one.unchanged is None) == (one.proposed != one.old)
    for low, high in pairwise(LEVELS):
        before, after = lines[high] - lines[low], found[high].proposed - found[low].proposed
        assert after >= min(before, RULES.gap)


@settings(deadline=None, max_examples=100)
@given(POINTS, CASES, POINTS)
def test_no_line_up_to_the_highest_score_is_cheaper_than_the_best(old, cases, other):
    """Between two observed scores the cost does not change, so trying every score tries every such line."""
    if any(case.score >= other for case in cases):
        assert cost_of(best_line(old, cases, RULES), cases, RULES) <= cost_of(other, cases, RULES)
