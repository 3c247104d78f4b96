"""Three ways to give the stakeholders' weights a place in eq. (4), and the printed one without any (D10)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.polynomial import Coefficients, learned_scores, sigma
from assessments.scoring.learning.weighted import PRINTED, REPLACE, RESCALE, SHARE, WAYS, weighted_scores
from tests.scoring.learning.histories import coefficients, shares, unit_floats

HELD = Coefficients(-1.0, [2.0, 0.5], [[0.0, 0.5], [0.5, 1.0]])
RATINGS = np.array([0.5, 1.0])
WEIGHTS = np.array([[1.0, 0.0], [0.5, 0.5], [0.25, 0.75]])


def inner(score):
    return np.log(score / (1 - score))


@pytest.mark.parametrize(
    ("way", "z"),
    [
        # c = (.5 (2 + .5), 1 (.5 + .25 + 1)) = (1.25, 1.75), so z = -1 + 2 v.c
        (SHARE, [1.5, 2.0, 2.25]),
        # z = -1 + v.f + f'Wf with f'Wf = 2 x .5 x .5 + 1 = 1.5
        (REPLACE, [1.0, 1.25, 1.375]),
        # f becomes (1, 0), (.5, 1), (.25, 1.5)
        (RESCALE, [1.0, 2.0, 2.875]),
        (PRINTED, [2.0, 2.0, 2.0]),
    ],
)
def test_each_way_by_hand(way, z):
    assert inner(weighted_scores(WEIGHTS, RATINGS, HELD, way)) == pytest.approx(z, abs=1e-12)


@settings(deadline=None, max_examples=50)
@given(coefficients(4), unit_floats(4))
def test_uniform_weights_give_eq_4(held, ratings):
    """P09."""
    uniform = np.full((1, 4), 0.25)
    plain = learned_scores(ratings[None], held)
    for way in (SHARE, RESCALE, PRINTED):
        assert weighted_scores(uniform, ratings, held, way) == pytest.approx(plain, abs=1e-12)


@settings(deadline=None, max_examples=50)
@given(coefficients(7), unit_floats(7), shares(4, 7))
def test_share_is_eq_4_with_scaled_coefficients(held, ratings, weights):
    """D10: w_i becomes d v_i w_i, W_ij becomes d (v_i + v_j) / 2 W_ij; four vectors over seven factors."""
    scaled = [
        Coefficients(held.bias, 7 * v * held.linear, 7 * (v[:, None] + v[None, :]) / 2 * held.interactions)
        for v in weights
    ]
    expected = [learned_scores(ratings[None], one)[0] for one in scaled]
    assert weighted_scores(weights, ratings, held) == pytest.approx(expected, abs=1e-12)


@settings(deadline=None, max_examples=100)
@given(coefficients(4, low=0), unit_floats(4), shares(3, 4), st.integers(0, 3), st.sampled_from(WAYS))
def test_no_rating_lowers_the_score_within_the_bounds(held, ratings, weights, place, way):
    """P10."""
    more = ratings.copy()
    more[place] = 1.0
    assert (weighted_scores(weights, more, held, way) >= weighted_scores(weights, ratings, held, way) - 1e-15).all()


def test_a_negative_coefficient_lowers_the_score_of_a_greater_risk():
    """I18: what the bounds are for."""
    odd = Coefficients(0.0, [-1.0, 0.0], np.zeros((2, 2)))
    low, high = (weighted_scores(WEIGHTS[1:2], np.array([f, 0.0]), odd) for f in (0.0, 1.0))
    assert low == 0.5
    assert high == pytest.approx(sigma(np.array([-1.0])))


def test_unknown_ways_and_other_sizes_are_refused():
    with pytest.raises(ScoringError) as way:
        weighted_scores(WEIGHTS, RATINGS, HELD, "ignore")
    with pytest.raises(ScoringError) as size:
        weighted_scores(np.ones((1, 3)) / 3, RATINGS, HELD)
    assert [way.value.code, size.value.code] == ["E_MODE", "E_SHAPE"]
