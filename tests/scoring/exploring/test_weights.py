"""Closed forms of which weight and which rating the doubt comes from (D24)."""

from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from assessments.scoring.aggregators import common_form
from assessments.scoring.exploring.finding import NO_VARIANCE, ONE_EVALUATOR, Finding
from assessments.scoring.exploring.monte_carlo import weights_near
from assessments.scoring.exploring.weights import (
    covariance_shares,
    dirichlet_variance,
    rating_shares,
    rating_variances,
)
from tests.scoring.cases import points, ratings
from tests.scoring.exploring.parties import AGGREGATORS, FORM, PAPER, linear

FIFTY = D(50)
POOLED = (3058, 2035, 2503, 2404)


def test_variance_by_hand():
    """Half and half between 1 and 0: 1/4 over 51."""
    assert dirichlet_variance(linear("1", "0"), (5000, 5000), FIFTY) == Fraction(1, 204)


def test_covariance_shares_by_hand():
    # w a (a - a.w): .5 x 1 x .25 and .5 x .5 x -.25
    assert covariance_shares(linear("1", "0.5"), (5000, 5000)) == Finding((Fraction(2), Fraction(-1)))


def test_variance_is_that_of_drawn_weights():
    z = weights_near(POOLED, FIFTY, 200_000, 1) @ np.array([float(value) for value in FORM.a])
    assert float(dirichlet_variance(FORM, POOLED, FIFTY)) == pytest.approx(z.var(), rel=0.02)


@pytest.mark.parametrize(("form", "weights"), [(linear("0.5", "0.5"), (3000, 7000)), (linear("1", "0"), (10_000, 0))])
def test_no_variance_to_share(form, weights):
    assert dirichlet_variance(form, weights, FIFTY) == 0
    assert covariance_shares(form, weights) == Finding(None, NO_VARIANCE)


def test_rating_variances_by_hand():
    rows = [(D("0.4"), D("0.7")), (D("0.6"), D("0.7"))]
    assert rating_variances(rows) == Finding((Fraction(1, 50), Fraction(0)))


def test_one_evaluator_has_no_variance():
    assert rating_variances([(D("0.4"), D("0.7"))]) == Finding(None, ONE_EVALUATOR)


def test_rating_shares_by_hand():
    """Twice the weight counts four times: .5^2 x .01 against .25^2 x .04."""
    assert rating_shares((5000, 2500, 2500), (D("0.01"), D("0.04"), D(0))) == Finding(
        (Fraction(1, 2), Fraction(1, 2), Fraction(0))
    )


@pytest.mark.parametrize("variances", [(D(0), D(0)), (D("0.1"), D(0))])
def test_nothing_that_counts_varies(variances):
    assert rating_shares((0, 10_000), variances) == Finding(None, NO_VARIANCE)


@settings(deadline=None, max_examples=80)
@given(points(), ratings(), AGGREGATORS)
def test_shares_sum_to_one(weights, x, kind):
    form = common_form(kind, x, PAPER.eta)
    for found in (covariance_shares(form, weights), rating_shares(weights, x)):
        assert found.reason == NO_VARIANCE if found.value is None else sum(found.value) == 1
