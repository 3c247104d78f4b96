"""Eq. (5) and (6H): by hand, and the gradient against differences (D13)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.objective import Objective, huber
from assessments.scoring.learning.polynomial import Coefficients, learned_scores
from assessments.scoring.learning.variants import AS_PRINTED, DEFAULT, FRACTIONAL_LOGIT, VARIANTS, variant_named
from tests.scoring.learning.histories import history, packed, random_history


def test_huber_by_hand():
    # inside, at the bend, outside: .05^2 / 2, .1^2 / 2, .1 x .5 - .005
    assert huber(np.array([0.05, -0.1, 0.5])) == pytest.approx([0.00125, 0.005, 0.045], abs=1e-15)


def test_huber_is_smooth_at_its_bend():
    below, above = huber(np.array([0.3 - 1e-9, 0.3 + 1e-9]), 0.3)
    assert above - below == pytest.approx(0.3 * 2e-9, rel=1e-6)


def test_objective_by_hand():
    """One case, all coefficients 0: the error is .5 - .2, and only the loss counts."""
    objective = Objective.of(history([[0.4, 0.6]], [0.2]), AS_PRINTED, 0.01)
    value, gradient = objective.value_and_gradient(np.zeros(6))
    assert value == pytest.approx(0.1 * 0.3 - 0.005, abs=1e-15)
    # psi = .1 x .25 times 1, f, f_i f_j (twice off the diagonal)
    assert gradient == pytest.approx(0.025 * np.array([1, 0.4, 0.6, 0.16, 2 * 0.24, 0.36]), abs=1e-15)


def test_the_norm_counts_every_entry_of_the_matrix():
    """D13, I19: an interaction off the diagonal stands twice in W, so it costs twice."""
    theta = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    plain = Objective.of(history([[0, 0]], [0.5]), AS_PRINTED, 0.0).value_and_gradient(theta)[0]
    held = Coefficients.unpacked(theta, 2)
    norm = held.bias**2 + (held.linear**2).sum() + (held.interactions**2).sum()
    for variant, expected in ((AS_PRINTED, norm), (DEFAULT, norm - held.bias**2)):
        value = Objective.of(history([[0, 0]], [0.5]), variant, 0.01).value_and_gradient(theta)[0]
        assert value - plain == pytest.approx(0.01 * expected, abs=1e-12)


def test_cross_entropy_by_hand():
    objective = Objective.of(history([[0, 0]], [0.25]), FRACTIONAL_LOGIT, 0.0)
    value, gradient = objective.value_and_gradient(np.zeros(6))
    assert value == pytest.approx(np.log(2), abs=1e-15)
    assert gradient.tolist() == [0.25, 0, 0, 0, 0, 0]


def test_cross_entropy_stays_finite_where_scores_are_0_or_1():
    objective = Objective.of(history([[1, 1], [0, 0]], [0.0, 1.0]), FRACTIONAL_LOGIT, 0.0)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        value, gradient = objective.value_and_gradient(np.array([-800.0, 2000.0, 0, 0, 0, 0]))
    assert (value, np.isfinite(gradient).all()) == (1000.0, True)  # z = 1200 and -800, both wholly wrong


def central_difference(objective, theta, step=1e-6):
    moves = step * np.eye(len(theta))
    values = [[objective.value_and_gradient(theta + sign * move)[0] for sign in (1, -1)] for move in moves]
    return np.array([(up - down) / (2 * step) for up, down in values])


@settings(deadline=None, max_examples=60)
@given(packed(4), st.sampled_from(sorted(VARIANTS)), st.integers(0, 1000), st.sampled_from([0.0, 0.0001, 0.01]))
def test_gradient_is_the_central_difference(theta, name, seed, lam):
    """P24; seven cases of four factors, so that cases and factors cannot be mixed up."""
    objective = Objective.of(random_history(7, 4, seed), variant_named(name), lam)
    gradient = objective.value_and_gradient(theta)[1]
    assert gradient == pytest.approx(central_difference(objective, theta), abs=1e-8)


@settings(deadline=None, max_examples=30)
@given(packed(4))
def test_predictions_are_eq_4(theta):
    data = random_history(7, 4)
    predictions = Objective.of(data, DEFAULT, 0.01).predictions(theta)
    assert predictions == pytest.approx(learned_scores(data.ratings, Coefficients.unpacked(theta, 4)), abs=1e-12)


def test_saturated_coefficients_have_almost_no_gradient():
    """I24: why training begins at zero. y = 0 and z = 10 leave 4.5e-6."""
    objective = Objective.of(history([[0, 0]], [0.0]), AS_PRINTED, 0.0)
    gradient = objective.value_and_gradient(np.array([10.0, 0, 0, 0, 0, 0]))[1]
    assert gradient[0] == pytest.approx(4.54e-6, abs=1e-8)


@pytest.mark.parametrize(
    ("lam", "delta", "code"),
    [
        (-0.01, 0.1, "E_RANGE"),
        (float("nan"), 0.1, "E_RANGE"),
        (0.01, 0.0, "E_RANGE"),
        (0.01, float("inf"), "E_NONFINITE"),
    ],
)
def test_bad_settings_are_refused(lam, delta, code):
    with pytest.raises(ScoringError) as caught:
        Objective.of(history([[0, 1]], [0.5]), AS_PRINTED, lam, delta)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("asked", "code"),
    [({"name": "best"}, "E_MODE"), ({"name": "default", "zero_risk": 0.0}, "E_RANGE")],
)
def test_unknown_variants_and_bounds_are_refused(asked, code):
    with pytest.raises(ScoringError) as caught:
        variant_named(**asked)
    assert caught.value.code == code
