"""Eq. (4): its value by hand, its packed form, its file (D9)."""

import json

import numpy as np
import pytest
from hypothesis import given, settings

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.polynomial import Coefficients, contributions, free_parameters, learned_scores, sigma
from tests.scoring.learning.histories import coefficients, packed, unit_floats

PAIR = Coefficients(-1.0, [0.5, 0.25], [[0.0, 0.6], [0.6, 1.0]])


def test_score_by_hand():
    # z = -1 + .5 x .3 + .25 x .3 + 2 x .6 x .3 x .3 + 1 x .3 x .3 = -.577
    score = learned_scores(np.array([[0.3, 0.3]]), PAIR)
    assert score == pytest.approx([1 / (1 + np.exp(0.577))], abs=1e-15)


def test_an_interaction_acts_twice():
    """I19: .6 in a symmetric matrix is worth 2 x .6 x f1 f2."""
    only = Coefficients(0.0, [0.0, 0.0], [[0.0, 0.6], [0.6, 0.0]])
    assert contributions(np.array([1.0, 1.0]), only).tolist() == [0.6, 0.6]


def test_without_training_everything_scores_a_half():
    """I17: why the bias has a bound."""
    nothing = Coefficients.unpacked(np.zeros(15), 4)
    assert learned_scores(np.array([[0.0] * 4, [1.0] * 4]), nothing).tolist() == [0.5, 0.5]


def test_no_risk_scores_what_the_bias_says():
    assert learned_scores(np.zeros((1, 2)), PAIR) == pytest.approx([1 / (1 + np.e)], abs=1e-15)


def test_sigma_at_the_far_ends_neither_overflows_nor_leaves_the_unit_interval():
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert sigma(np.array([-1e4, 0.0, 37.0, 1e4])).tolist() == [0.0, 0.5, 1.0, 1.0]


@pytest.mark.parametrize(("size", "count"), [(2, 6), (4, 15), (5, 21), (7, 36)])
def test_free_parameters(size, count):
    assert free_parameters(size) == count


def test_packing_order():
    assert PAIR.packed().tolist() == [-1.0, 0.5, 0.25, 0.0, 0.6, 1.0]


@settings(deadline=None, max_examples=50)
@given(packed(4))
def test_packing_and_json_lose_nothing(theta):
    held = Coefficients.unpacked(theta / 3, 4)
    read = Coefficients.from_json(json.loads(json.dumps(held.to_json())))
    assert (read.packed() == theta / 3).all()
    assert (read.interactions == held.interactions).all()


def test_json_holds_strings_and_no_negative_zero():
    assert Coefficients.unpacked(np.array([-0.0, 0.1, -0.0, 1e-9, -2.5, 0.0]), 2).to_json() == {
        "b": "0.0",
        "w": ["0.1", "0.0"],
        "W": [["1e-09", "-2.5"], ["-2.5", "0.0"]],
    }


@settings(deadline=None, max_examples=50)
@given(coefficients(4), unit_floats(5, 4))
def test_the_sum_over_factors_is_the_polynomial(held, ratings):
    """P09, second half: contributions add up to w.f + f'Wf."""
    whole = [held.linear @ f + f @ held.interactions @ f for f in ratings]
    assert contributions(ratings, held).sum(axis=1) == pytest.approx(whole, abs=1e-12)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("E_SYMMETRY", (0.0, [0, 0], [[0, 1e-11], [0, 0]])),
        ("E_SHAPE", (0.0, [0, 0], [[0, 0, 0]] * 3)),
        ("E_SHAPE", (0.0, [], np.zeros((0, 0)))),
        ("E_SHAPE", ([0.0], [0], [[0]])),
        ("E_NONFINITE", (float("nan"), [0], [[0]])),
        ("E_NONFINITE", (0.0, [float("inf")], [[0]])),
        ("E_TYPE", (0.0, ["much"], [[0]])),
    ],
)
def test_bad_coefficients_are_refused(code, parts):
    with pytest.raises(ScoringError) as caught:
        Coefficients(*parts)
    assert caught.value.code == code


def test_rounding_noise_is_no_asymmetry():
    assert Coefficients(0.0, [0, 0], [[0, 1 + 1e-13], [1, 0]]).size == 2


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("E_SHAPE", {"b": "0", "w": ["0"]}),
        ("E_SHAPE", {"b": "0", "w": ["0"], "W": [["0"]], "d": "1"}),
        ("E_SHAPE", ["0"]),
        ("not_a_number", {"b": "none", "w": ["0"], "W": [["0"]]}),
        ("not_a_number", {"b": None, "w": ["0"], "W": [["0"]]}),
        ("E_NONFINITE", {"b": "nan", "w": ["0"], "W": [["0"]]}),
        ("E_TYPE", {"b": "0", "w": ["0", ["1"]], "W": [["0"]]}),
    ],
)
def test_a_bad_file_is_refused(code, data):
    with pytest.raises(ScoringError) as caught:
        Coefficients.from_json(data)
    assert caught.value.code == code


def test_ratings_and_vectors_of_another_size_are_refused():
    for act in (lambda: learned_scores(np.zeros((1, 3)), PAIR), lambda: Coefficients.unpacked(np.zeros(7), 2)):
        with pytest.raises(ScoringError) as caught:
            act()
        assert caught.value.code == "E_SHAPE"
