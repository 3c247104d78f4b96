"""The learned score in exact decimals: the common form, held to its numpy twin."""

from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import assume, given, settings

from assessments.scoring.aggregators import AGGREGATORS, LEARNED, common_form
from assessments.scoring.arithmetic import half_up
from assessments.scoring.change import least_change
from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.learned_form import learned_form
from assessments.scoring.learning.polynomial import Coefficients
from assessments.scoring.learning.weighted import weighted_scores
from tests.scoring.cases import points, ratings
from tests.scoring.learning.histories import coefficients

HELD = Coefficients(-2.0, [2.0, 0.5], [[0.0, 0.5], [0.5, 1.0]])


def test_parts_by_hand():
    form = learned_form((D("0.5"), D(1)), HELD)
    assert (form.kind, form.a0, form.a) == (LEARNED, D(-2), (D("2.5"), D("3.5")))
    assert form.inner((5000, 5000)) == 1
    assert half_up(form.score((5000, 5000)), 6) == D("0.731059")  # 1 / (1 + 1/e)


def test_the_learned_score_is_no_headline_yet():
    assert LEARNED not in AGGREGATORS
    with pytest.raises(ScoringError) as caught:
        common_form(LEARNED, (D("0.5"), D(1)), D("0.01"))
    assert caught.value.code == "E_MODE"


@settings(deadline=None, max_examples=100)
@given(coefficients(4), ratings(), points())
def test_numpy_twin_agrees(held, x, weights):
    floats = np.array([float(value) for value in x])
    twin = weighted_scores(np.array([weights]) / 10_000, floats, held)[0]
    assert abs(float(learned_form(x, held).score(weights)) - twin) < 1e-9


@settings(deadline=None, max_examples=60)
@given(coefficients(4), ratings(), points())
def test_inverse_and_slope(held, x, weights):
    form = learned_form(x, held)
    z = form.inner(weights)
    assume(abs(z) < 20)
    assert abs(form.inverse(form.outer(z)) - z) < D("1e-20")
    step = D("1e-12")
    assert abs((form.outer(z + step) - form.outer(z - step)) / (2 * step) - form.slope(z)) < D("1e-10")


def test_far_ends_stay_within_the_unit_interval():
    form = learned_form((D(1), D(1)), Coefficients(0.0, [1e5, -1e5], np.zeros((2, 2))))
    assert [form.score((10_000, 0)), form.score((0, 10_000))] == [1, 0]
    assert form.slope(form.inner((10_000, 0))) == 0


def test_zero_and_one_are_never_met():
    form = learned_form((D("0.5"), D(1)), HELD)
    assert [form.attains(D(s)) for s in ("0", "0.0001", "0.9999", "1")] == [False, True, True, False]
    for s in (D(0), D(1)):
        with pytest.raises(ScoringError) as caught:
            form.inverse(s)
        assert caught.value.code == "E_UNDEFINED"
    assert least_change(form, (5000, 5000), D(1), upward=True) is None
    assert least_change(form, (5000, 5000), D(0), upward=False) is None


def test_other_forms_attain_zero_and_one():
    for kind in AGGREGATORS:
        assert common_form(kind, (D(0), D(1)), D("0.01")).attains(D(1))


def test_least_change_reaches_the_line_and_not_a_point_less():
    form = learned_form((D("0.5"), D(1)), HELD)
    change = least_change(form, (5000, 5000), D("0.75"), upward=True)
    # z must rise from 1 to ln 3 = 1.0986; one point moves it by 0.0001
    assert (change.points, change.into, change.taken) == (987, 1, ((0, 987),))
    assert form.score((4013, 5987)) >= D("0.75") > form.score((4014, 5986))


def test_contributions_add_up_to_what_the_score_is_made_of():
    form = learned_form((D("0.5"), D(1)), HELD)
    weights = (3000, 7000)
    assert sum(a * p for a, p in zip(form.a, weights, strict=True)) / 10_000 == form.inner(weights) - form.a0


def test_another_number_of_ratings_is_refused():
    with pytest.raises(ScoringError) as caught:
        learned_form((D("0.5"),) * 3, HELD)
    assert caught.value.code == "E_SHAPE"
