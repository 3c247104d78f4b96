"""A centre that few members cannot drag away, and the flag it raises (D28)."""

from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.coordination import centre_points, coordination
from assessments.scoring.exploring.geometric_median import geometric_median
from tests.scoring.cases import ONE_HOT, points
from tests.scoring.exploring.parties import FORM, START, WORKED, linear, parties, party

A, B, C = (6000, 1000, 2000, 1000), (1000, 4000, 4000, 1000), (2500, 2500, 2500, 2500)
FAR = D("0.1")


def summed_distance(at, rows):
    return np.linalg.norm(np.array(rows) / 10_000 - np.array(at), axis=1).sum()


def test_one_and_two_answers_give_the_mean():
    assert geometric_median([A]).shares == (0.6, 0.1, 0.2, 0.1)
    assert geometric_median([A, B]).shares == pytest.approx((0.35, 0.25, 0.3, 0.1))


def test_majority_is_the_median():
    found = geometric_median([A, A, A, B, C])
    assert (found.shares, found.converged) == ((0.6, 0.1, 0.2, 0.1), True)


def test_all_agree():
    assert geometric_median([B] * 9).shares == (0.1, 0.4, 0.4, 0.1)


def test_even_split_takes_the_middle():
    assert geometric_median([A] * 3 + [B] * 3).shares == pytest.approx((0.35, 0.25, 0.3, 0.1))


def test_opposite_corners_meet_in_the_middle():
    found = geometric_median(ONE_HOT)
    assert found.shares == pytest.approx((1 / 7,) * 7)
    assert found.converged


def test_mean_that_lies_on_another_answer_is_left():
    """The mean is an answer, but not the median; the iteration must not stall on it."""
    rows = [(10_000, 0, 0), (9000, 1000, 0), (9000, 0, 1000), (0, 5000, 5000), (7000, 1500, 1500)]
    found = geometric_median(rows)
    assert np.mean(rows, axis=0).tolist() == list(rows[-1])
    assert found.converged
    assert summed_distance(found.shares, rows) < summed_distance(np.array(rows[-1]) / 10_000, rows)


def test_few_cannot_drag_it_far():
    """Three of twenty at a corner move the mean by 12 points and the median by less than half of that."""
    random = np.random.default_rng(7)
    honest = [tuple(int(v) for v in row) for row in random.multinomial(10_000, [0.25] * 4, 17)]
    flooded = [*honest, *[(0, 0, 0, 10_000)] * 3]
    mean = np.mean(flooded, axis=0) / 10_000
    median = np.array(geometric_median(flooded).shares)
    assert np.abs(mean - 0.25).sum() / 2 > 0.11
    assert np.abs(median - 0.25).sum() / 2 < 0.05


def test_steps_that_run_out_are_told():
    rows = [(10_000, 0, 0), (0, 10_000, 0), (0, 1000, 9000), (3000, 3000, 4000), (8000, 1000, 1000)]
    assert not geometric_median(rows, most_steps=1).converged
    assert geometric_median(rows).converged


def test_no_answers():
    with pytest.raises(ScoringError) as caught:
        geometric_median([])
    assert caught.value.code == "E_EMPTY"


@settings(deadline=None, max_examples=40)
@given(st.lists(points(), min_size=3, max_size=9))
def test_no_other_place_is_nearer(rows):
    found = geometric_median(rows)
    best = summed_distance(found.shares, rows)
    assert sum(found.shares) == pytest.approx(1)
    assert min(found.shares) >= 0
    assert best <= summed_distance(np.mean(rows, axis=0) / 10_000, rows) + 1e-9
    other = minimize(summed_distance, np.array(found.shares) + 0.01, args=(rows,), method="Nelder-Mead")
    assert best <= other.fun + 1e-6


def test_flooded_group_is_named():
    flooded, calm = party(*[A] * 8, *[(0, 10_000, 0, 0)] * 4, voice=5000), party(A, A, A, voice=5000, code="CS")
    centres = [geometric_median([A] * 8 + [(0, 10_000, 0, 0)] * 4), geometric_median([A] * 3)]
    found = coordination(FORM, [flooded, calm], centres, START, FAR)
    assert (found.far, found.level_differs, found.look) == (("DI",), False, True)


def test_level_under_the_centres_may_differ():
    """Three of ten pull the mean from 0.55 to below a half, 9 points away: too near to be named."""
    steep = linear("1", "0")
    rows = [(5300, 4700)] * 7 + [(3000, 7000)] * 3
    found = coordination(steep, [party(*rows)], [geometric_median(rows)], START, FAR)
    assert (found.far, found.level_differs, found.look) == ((), True, True)


def test_nothing_to_look_at():
    centres = [geometric_median([group.points] * 6) for group in WORKED]
    assert not coordination(FORM, WORKED, centres, START, FAR).look
    assert not coordination(FORM, (), (), START, FAR).look


def test_adopted_position_has_no_members_to_compare_with():
    adopted = party(A, adopted=True)
    assert not coordination(FORM, [adopted], [None], START, FAR).look


def test_exactly_at_the_distance_is_not_named():
    one, two = parties([(6000, 4000)], [(5000, 5000)])
    centres = [geometric_median([(5000, 5000)]), geometric_median([(5000, 5000)])]
    assert coordination(linear("0.9", "0.9"), [one, two], centres, START, FAR).far == ()


def test_points_of_a_centre_sum_up():
    found = centre_points(geometric_median(ONE_HOT))
    assert (sum(found), set(found)) == (10_000, {1428, 1429})
