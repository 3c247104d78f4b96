"""Exact sums of a group's answers: order-free, reversible, and right against numpy (D3)."""

from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.errors import ScoringError
from assessments.scoring.group_sums import GroupSums, pooled_variance_along
from tests.scoring.cases import ONE_HOT, points

A = (6000, 1000, 2000, 1000)
B = (1000, 4000, 4000, 1000)
MANY = st.lists(points(4), min_size=1, max_size=8)


def test_sums_by_hand():
    sums = GroupSums.of([(6000, 4000), (1000, 9000)], 2)
    assert sums == GroupSums(2, (7000, 13000), (37_000_000, 33_000_000, 97_000_000))


def test_empty_sums():
    assert GroupSums.empty(3) == GroupSums(0, (0, 0, 0), (0, 0, 0, 0, 0, 0))


def test_replace_is_remove_then_add():
    assert GroupSums.of([A, B], 4).replace(A, B) == GroupSums.of([B, B], 4)


def test_position_and_mean():
    sums = GroupSums.of([A, B, B], 4)
    assert sums.mean() == (Fraction(4, 15), Fraction(3, 10), Fraction(1, 3), Fraction(1, 10))
    assert sums.position() == (2667, 3000, 3333, 1000)


@settings(deadline=None, max_examples=80)
@given(MANY, st.randoms(use_true_random=False))
def test_sums_are_order_free_and_reversible(answers, random):
    """P13."""
    sums = GroupSums.of(answers, 4)
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert GroupSums.of(shuffled, 4) == sums
    for answer in shuffled:
        sums = sums.remove(answer)
    assert sums == GroupSums.empty(4)


@settings(deadline=None, max_examples=60)
@given(st.lists(points(4), min_size=2, max_size=8))
def test_variance_and_mean_agree_with_numpy(answers):
    a = np.array([0.7, 0.4, 0.85, 0.55])
    shares = np.array(answers) / 10_000
    sums = GroupSums.of(answers, 4)
    expected = a @ np.cov(shares, rowvar=False) @ a
    assert float(sums.variance_along([D("0.7"), D("0.4"), D("0.85"), D("0.55")])) == pytest.approx(expected, abs=1e-12)
    assert [float(value) for value in sums.mean()] == pytest.approx(shares.mean(axis=0), abs=1e-12)
    trace = np.trace(np.cov(shares, rowvar=False, bias=True))
    assert float(sums.spread()) == pytest.approx(np.sqrt(trace / 0.75), abs=1e-9)


def test_variance_needs_two_answers():
    assert GroupSums.of([A], 4).variance_along([D(1)] * 4) is None


def test_variance_along_equal_effects_is_zero():
    assert GroupSums.of([A, B, B], 4).variance_along([D("0.5")] * 4) == 0


def test_spread_of_agreement_and_of_all_corners():
    assert GroupSums.of([A, A, A], 4).spread() == 0
    assert GroupSums.of([A], 4).spread() == 0
    assert GroupSums.of(ONE_HOT, 7).spread() == 1


def test_pooled_variance_weighs_by_degrees_of_freedom():
    one_hot = [(10_000, 0), (0, 10_000)]
    small, large = GroupSums.of(one_hot, 2), GroupSums.of(one_hot * 2, 2)
    # along (1, 0): 1/2 with one degree of freedom, 1/3 with three
    assert pooled_variance_along([small, large, GroupSums.of([(5000, 5000)], 2)], [1, 0]) == Fraction(3, 8)


def test_pooled_variance_without_any_pair_is_unknown():
    assert pooled_variance_along([GroupSums.of([A], 4), GroupSums.empty(4)], [D(1)] * 4) is None


def test_large_groups_stay_exact():
    sums = GroupSums(
        400_000,
        tuple(400_000 * value for value in A),
        tuple(400_000 * A[i] * A[j] for i in range(4) for j in range(i, 4)),
    )
    assert sums.variance_along([D("0.9"), D("0.1"), D("0.3"), D("0.2")]) == 0


@pytest.mark.parametrize("call", [GroupSums.mean, GroupSums.position, GroupSums.spread])
def test_no_answers_means_no_statistics(call):
    with pytest.raises(ScoringError) as caught:
        call(GroupSums.empty(4))
    assert caught.value.code == "E_EMPTY"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ((-1, (0, 0), (0, 0, 0)), "E_RANGE"),
        ((1.0, (0, 0), (0, 0, 0)), "E_TYPE"),
        ((0, (0, 0), (0, 0)), "E_SHAPE"),
        ((1, (9999, 0), (1, 0, 0)), "E_SUM"),
        ((1, (10_000, 0), (10**8, 1, 0)), "E_SUM"),
    ],
)
def test_sums_that_do_not_belong_together_are_refused(fields, code):
    with pytest.raises(ScoringError) as caught:
        GroupSums(*fields)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((5000, 5000), "weights_count"),
        ((1, 2, 3, 4), "E_SUM"),
        ((-1, 10_001, 0, 0), "E_RANGE"),
        ((1e4, 0, 0, 0), "E_TYPE"),
    ],
)
def test_add_refuses(answer, code):
    with pytest.raises(ScoringError) as caught:
        GroupSums.empty(4).add(answer)
    assert caught.value.code == code


def test_remove_refuses_an_answer_that_was_not_counted():
    with pytest.raises(ScoringError) as caught:
        GroupSums.of([A], 4).remove(B)
    assert caught.value.code == "E_RANGE"
