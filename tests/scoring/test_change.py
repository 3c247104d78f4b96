"""The least change of weights that brings a score to a line (D25)."""

from decimal import Decimal as D

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import half_up
from assessments.scoring.change import Change, least_change, neighbouring_lines
from assessments.scoring.lines import lines_at
from assessments.scoring.parameters import Parameters
from tests.scoring.cases import WORKED_RATINGS, points, ratings, worked_points

PAPER = Parameters()
FORM = common_form("linear", WORKED_RATINGS, PAPER.eta)


def linear_form(x):
    return common_form("linear", x, PAPER.eta)


def moved(vector, change):
    after = list(vector)
    for giver, amount in change.taken:
        after[giver] -= amount
    after[change.into] += change.points
    return tuple(after)


def test_worked_example_of_affected_communities():
    """From 68.8 down to 60: spread (.85) gives to misuse (.40) first, and 0.088465 / 0.45 is enough."""
    change = least_change(FORM, worked_points("AC"), D("0.6"), upward=False)
    assert change == Change(1966, 1, ((2, 1966),))


def test_by_hand_over_two_givers():
    # 2035 points lift .40 to .85 (+.091575), then 2267 lift .55 to .85 (+.06801)
    assert least_change(FORM, (3058, 2035, 2503, 2404), D("0.8"), upward=True) == Change(
        4302, 2, ((1, 2035), (3, 2267))
    )


def test_out_of_reach():
    assert least_change(FORM, (2500,) * 4, D("0.9"), upward=True) is None
    assert least_change(FORM, (2500,) * 4, D("0.3"), upward=False) is None


def test_at_the_line_already():
    assert least_change(FORM, (0, 0, 0, 10_000), D("0.55"), upward=False).points == 0


def test_reached_only_by_rounding_needs_no_way_down():
    form = common_form("linear", (D("0.6"), D("0.5999")), PAPER.eta)
    weights = (5000, 5000)
    assert half_up(form.score(weights)) == D("0.6000")
    assert least_change(form, weights, D("0.6"), upward=False).points == 0


def test_equal_ratings_leave_nothing_to_move():
    form = common_form("linear", (D("0.5"),) * 4, PAPER.eta)
    assert least_change(form, (2500,) * 4, D("0.6"), upward=True) is None
    assert least_change(form, (2500,) * 4, D("0.5"), upward=False) == Change(0, 0, ())


@pytest.mark.parametrize(
    ("score", "above", "reached"),
    [("0.1", "L", None), ("0.2", "M", "L"), ("0.55", "H", "M"), ("0.8", None, "H")],
)
def test_neighbouring_lines(score, above, reached):
    assert neighbouring_lines(D(score), lines_at(0, PAPER)) == (above, reached)


@settings(deadline=None, max_examples=100)
@given(points(), ratings(), st.sampled_from(["linear", "tempered"]), st.integers(0, 9999))
def test_the_change_does_what_it_says(weights, x, kind, line):
    form = common_form(kind, x, PAPER.eta)
    target = D(line).scaleb(-4)
    upward = form.score(weights) < target
    change = least_change(form, weights, target, upward=upward)
    assume(change is not None)
    after = moved(weights, change)
    assert min(after) >= 0
    assert sum(after) == 10_000
    score = form.score(after)
    slack = D("1e-28")
    assert score >= target - slack if upward else score <= target + slack


@settings(deadline=None, max_examples=100)
@given(points(), ratings(), st.permutations(range(4)), st.integers(0, 10_000))
def test_the_change_is_never_dearer_than_one_transfer(weights, x, pair, wanted):
    """P18: a line that one transfer reaches is reached with at most as many points."""
    giver, taker = sorted(pair[:2], key=lambda i: x[i])
    transfer = Change(min(wanted, weights[giver]), taker, ((giver, min(wanted, weights[giver])),))
    line = linear_form(x).score(moved(weights, transfer))
    assert least_change(linear_form(x), weights, line, upward=True).points <= transfer.points
