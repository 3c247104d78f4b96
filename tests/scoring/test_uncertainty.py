"""Interval and alert: statistics that oblige evidence and grant no power (D21)."""

from decimal import Decimal as D
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.group_sums import GroupSums
from assessments.scoring.lines import level_of, lines_at
from assessments.scoring.parameters import Parameters
from assessments.scoring.uncertainty import (
    MemberGroup,
    MemberVariance,
    alert_of,
    interval,
    member_variance,
    probabilities,
    rating_variance,
    standard_deviation,
)

PAPER = Parameters()
START = lines_at(0, PAPER)
A = (D(1), D(0))
SPLIT = GroupSums.of([(10_000, 0), (0, 10_000)] * 2, 2)  # variance 1/3 along A
ALONE = GroupSums.of([(5000, 5000)], 2)
ORDER = ("none", "L", "M", "H")


def alert(score, sd, lines=START):
    return alert_of(level_of(score, lines), probabilities(score, sd, lines), lines)


def test_one_evaluator_keeps_the_papers_noise():
    assert rating_variance([0.7], 0.1, 2) == pytest.approx(0.01)


def test_evaluators_who_agree_make_the_score_surer():
    assert rating_variance([0.7, 0.7], 0.1, 2) == pytest.approx(0.02 / 3 / 2)
    assert rating_variance([0.6, 0.8], 0.1, 2) == pytest.approx(0.04 / 3 / 2)


def test_member_variance_by_hand():
    found = member_variance([MemberGroup(5000, SPLIT, 8)], [SPLIT], A)
    assert found == MemberVariance(pytest.approx(0.25 * (1 / 3) / 4 * (1 - 4 / 8)), estimable=True)


def test_member_variance_with_unknown_roll_has_no_correction():
    assert member_variance([MemberGroup(10_000, SPLIT, None)], [SPLIT], A).value == pytest.approx(1 / 12)


def test_member_variance_of_a_whole_roll_is_zero():
    assert member_variance([MemberGroup(10_000, SPLIT, 4)], [SPLIT], A).value == 0


def test_group_of_one_borrows_the_pooled_variance():
    found = member_variance([MemberGroup(10_000, ALONE, None)], [ALONE, SPLIT], A)
    assert found == MemberVariance(pytest.approx(1 / 3), estimable=True)


def test_nothing_to_estimate_from_is_flagged_not_invented():
    assert member_variance([MemberGroup(10_000, ALONE, None)], [ALONE], A) == MemberVariance(0.0, estimable=False)


def test_nobody_present_has_no_member_variance():
    assert member_variance([], [], A) == MemberVariance(0.0, estimable=True)


def test_standard_deviation_adds_both_sources():
    assert standard_deviation(2.0, 0.01, 0.0225) == pytest.approx(sqrt(0.04 + 0.0225))


def test_interval_is_cut_to_the_scale():
    assert interval(D("0.5"), 0.1) == (D("0.3040"), D("0.6960"))
    assert interval(D("0.05"), 0.1) == (D("0.0000"), D("0.2460"))
    assert interval(D("0.95"), 0.1) == (D("0.7540"), D("1.0000"))


def test_probabilities_at_the_line():
    assert probabilities(D("0.5"), 0.1, START) == {"L": D("0.9987"), "M": D("0.5000"), "H": D("0.0013")}


def test_without_spread_a_probability_is_certain():
    assert probabilities(D("0.5"), 0.0, START) == {"L": D(1), "M": D(1), "H": D(0)}


@pytest.mark.parametrize(("score", "expected"), [("0.5669", "M"), ("0.5674", "H")])
def test_high_is_alerted_from_0567_with_one_evaluator(score, expected):
    assert alert(D(score), 0.1) == expected


def test_alert_grants_less_at_the_end_of_the_roadmap():
    """A larger alpha makes the alert harder, whatever the paper calls it."""
    assert [alert(D("0.58"), 0.1, lines_at(t, PAPER)) for t in (0, 1)] == ["H", "M"]


def test_alert_is_never_below_the_level():
    assert alert(D("0.8"), 0.0) == "H"
    assert alert_of("H", {"L": D(0), "M": D(0), "H": D(0)}, START) == "H"


def test_no_alert():
    assert alert(D("0.01"), 0.01) == "none"


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10_000), st.floats(0, 0.5), st.integers(0, 72))
def test_alert_at_least_level(points, sd, month):
    """P16."""
    score, lines = D(points).scaleb(-4), lines_at(D(month) / 72, PAPER)
    assert ORDER.index(alert(score, sd, lines)) >= ORDER.index(level_of(score, lines))
