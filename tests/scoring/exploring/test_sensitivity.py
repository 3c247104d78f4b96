"""Other voices: any, capped, or without one group (D24)."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import half_up
from assessments.scoring.exploring.finding import NOBODY, ONE_GROUP, Finding
from assessments.scoring.exploring.present import pool_of
from assessments.scoring.exploring.sensitivity import (
    fundamental_readings,
    range_under_any_voices,
    range_under_capped_voices,
    scores_without_one,
)
from assessments.scoring.lines import lines_in_month
from tests.scoring.cases import ratings
from tests.scoring.exploring.parties import AGGREGATORS, FORM, PAPER, WORKED, any_parties, linear, parties

THREE = D(3)
SLACK = D("1e-28")
EDGES = linear("1", "0")


def rounded(pair):
    return tuple(str(half_up(edge)) for edge in pair)


def test_worked_example():
    assert rounded(range_under_any_voices(FORM, WORKED).value) == ("0.5364", "0.6885")
    assert rounded(range_under_capped_voices(FORM, WORKED, THREE).value) == ("0.6121", "0.6539")
    without = scores_without_one(FORM, WORKED).value
    assert [str(half_up(score)) for score in without] == [
        "0.6427", "0.6360", "0.6420", "0.6460", "0.6279", "0.6521", "0.6351"
    ]  # fmt: skip


def test_capped_voices_by_hand():
    """Two groups at 1 and 0: three voices to one."""
    two = parties([(10_000, 0)], [(0, 10_000)])
    assert range_under_capped_voices(EDGES, two, THREE) == Finding((D("0.25"), D("0.75")))


def test_equal_voices_leave_no_range():
    two = parties([(10_000, 0)], [(0, 10_000)])
    assert range_under_capped_voices(EDGES, two, D(1)) == Finding((D("0.5"), D("0.5")))


def test_without_one_is_the_formula_but_for_whole_points():
    z = [Fraction(FORM.inner(group.points)) for group in WORKED]
    voices = [Fraction(group.voice, 10_000) for group in WORKED]
    pooled = sum(voice * value for voice, value in zip(voices, z, strict=True))
    for voice, value, score in zip(voices, z, scores_without_one(FORM, WORKED).value, strict=True):
        assert abs((pooled - voice * value) / (1 - voice) - Fraction(score)) < Fraction(1, 10_000)


def test_all_agree():
    same = [(6000, 4000)]
    groups = parties(same, same, same)
    assert range_under_any_voices(EDGES, groups) == Finding((D("0.6"), D("0.6")))
    assert range_under_capped_voices(EDGES, groups, THREE) == Finding((D("0.6"), D("0.6")))
    assert scores_without_one(EDGES, groups) == Finding((D("0.6"),) * 3)


def test_one_group_and_nobody():
    alone = parties([(6000, 4000)])
    assert range_under_any_voices(EDGES, alone) == Finding((D("0.6"), D("0.6")))
    assert scores_without_one(EDGES, alone) == Finding(None, ONE_GROUP)
    assert range_under_any_voices(EDGES, ()) == Finding(None, NOBODY)
    assert range_under_capped_voices(EDGES, (), THREE) == Finding(None, NOBODY)
    assert scores_without_one(EDGES, ()) == Finding(None, NOBODY)


def test_fundamental_by_own_scores_may_be_marginal_by_the_others():
    lines = lines_in_month(30, PAPER)
    assert fundamental_readings(FORM, WORKED, lines, PAPER) == {
        "own_scores": True,
        "capped_voices": False,
        "without_one": False,
    }


def test_all_readings_can_say_fundamental():
    lines = lines_in_month(30, PAPER)
    two = parties([(10_000, 0)], [(0, 10_000)])
    assert set(fundamental_readings(EDGES, two, lines, PAPER).values()) == {True}
    assert set(fundamental_readings(EDGES, (), lines, PAPER).values()) == {False}


@settings(deadline=None, max_examples=80)
@given(any_parties(), ratings(), AGGREGATORS, st.integers(10, 60))
def test_capped_range_lies_inside_the_range_of_any_voices(groups, x, kind, tenths):
    """P23: and both hold the score, to the rounding of points."""
    form = common_form(kind, x, PAPER.eta)
    rho = max(D(tenths) / 10, D(max(group.voice for group in groups)) / min(group.voice for group in groups))
    low, high = range_under_any_voices(form, groups).value
    inner_low, inner_high = range_under_capped_voices(form, groups, rho).value
    assert low - SLACK <= inner_low <= inner_high <= high + SLACK
    slack = D("0.0005") * (1 if kind == "linear" else 10)
    assert inner_low - slack <= form.score(pool_of(groups)) <= inner_high + slack


@settings(deadline=None, max_examples=50)
@given(any_parties(least=2), ratings(), AGGREGATORS)
def test_score_lies_between_the_groups_own_scores(groups, x, kind):
    """P11, for pools without one group too; to the rounding of points."""
    form = common_form(kind, x, PAPER.eta)
    low, high = range_under_any_voices(form, groups).value
    slack = D("0.0005") * (1 if kind == "linear" else 10)
    for score in (form.score(pool_of(groups)), *scores_without_one(form, groups).value):
        assert low - slack <= score <= high + slack


@settings(deadline=None, max_examples=30)
@given(any_parties(least=2), ratings())
def test_capped_range_is_the_optimum_of_the_linear_programme(groups, x):
    """Maximise pi.z with pi between m and rho m and sum 1, m free."""
    form = common_form("linear", x, PAPER.eta)
    z = [float(form.inner(group.points)) for group in groups]
    count, rho = len(groups), 3
    rows = [[(1 if i == k else 0) for i in range(count)] + [-rho] for k in range(count)]
    rows += [[(-1 if i == k else 0) for i in range(count)] + [1] for k in range(count)]
    best = linprog([-v for v in z] + [0], rows, [0] * (2 * count), [[1] * count + [0]], [1])
    assert float(range_under_capped_voices(form, groups, THREE).value[1]) == pytest.approx(-best.fun, abs=1e-9)
