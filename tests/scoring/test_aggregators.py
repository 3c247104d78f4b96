"""Scores of one weight vector: eq. (2), eq. (3), the tempered form, and their numpy twins (D4, D6 to D8)."""

from decimal import Decimal as D
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.aggregators import common_form, multiplicative
from assessments.scoring.arithmetic import half_up
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.bulk import linear_scores, multiplicative_scores, tempered_scores
from tests.scoring.cases import WORKED_ANSWERS, WORKED_RATINGS, WORKED_SCORES, points, ratings, worked_points

ETA = D("0.01")
SLACK = D("1e-28")


def linear(weights, x):
    return common_form("linear", x, ETA).score(weights)


def tempered(weights, x, eta=ETA):
    return common_form("tempered", x, eta).score(weights)


@pytest.mark.parametrize("code", WORKED_ANSWERS)
def test_worked_example_scores(code):
    """To the printed digit from the exact shares; the published points give the same within 0.0001."""
    answers = WORKED_ANSWERS[code]
    shares = [Fraction(answer, sum(answers)) for answer in answers]
    exact = sum(share * Fraction(x) for share, x in zip(shares, WORKED_RATINGS, strict=True))
    assert half_up(100 * exact, 1) == D(WORKED_SCORES[code])
    assert abs(Fraction(linear(worked_points(code), WORKED_RATINGS)) - exact) < Fraction(1, 10_000)


def test_worked_example_published_scores():
    published = {code: half_up(linear(worked_points(code), WORKED_RATINGS)) for code in WORKED_ANSWERS}
    assert {code: str(score) for code, score in published.items()} == {
        "DI": "0.6250",
        "CS": "0.6654",
        "RB": "0.6300",
        "TE": "0.6125",
        "AC": "0.6885",
        "IR": "0.5364",
        "AR": "0.6786",
    }


def test_worked_example_compounding():
    assert half_up(multiplicative(worked_points("AC"), WORKED_RATINGS)) == D("0.7193")


def test_linear_is_exact_where_floats_are_not():
    x = (D("0.60"), D("0.75"), D("0.80"), D("0.50"))
    assert linear((2000, 2000, 1000, 5000), x) == D("0.6")
    assert half_up(linear((1000, 2000, 3000, 4000), (D("0.7"), D("0.5"), D("0.5"), D("0.7")))) == D("0.6000")


def test_multiplicative_cliff_and_its_tempered_cure():
    x = (D(1), D("0.2"), D("0.2"), D("0.2"))
    assert multiplicative((1, 3333, 3333, 3333), x) == 1
    assert half_up(multiplicative((0, 3334, 3333, 3333), x)) == D("0.2000")
    assert half_up(tempered((1, 3333, 3333, 3333), x)) == D("0.2004")


def test_multiplicative_zero_to_the_zero_is_one():
    assert multiplicative((0, 10_000, 0, 0), (D(1), D(0), D(1), D(1))) == 0


def test_no_harm_scores_zero_everywhere():
    x = (D(0),) * 4
    assert [linear((2500,) * 4, x), multiplicative((2500,) * 4, x), tempered((2500,) * 4, x)] == [0, 0, 0]


def test_most_harm_scores_one_everywhere():
    x = (D(1),) * 4
    scores = [linear((2500,) * 4, x), multiplicative((2500,) * 4, x), tempered((2500,) * 4, x)]
    assert [half_up(score) for score in scores] == [D(1)] * 3


def test_multiplicative_is_not_superadditive():
    """The paper says it is; one factor at .5 gives .159, two give less than twice that."""
    one = multiplicative((2500,) * 4, (D("0.5"), D(0), D(0), D(0)))
    two = multiplicative((2500,) * 4, (D("0.5"), D("0.5"), D(0), D(0)))
    assert [half_up(one, 3), half_up(two, 3)] == [D("0.159"), D("0.293")]
    assert two < 2 * one


def test_unknown_aggregator_is_refused():
    with pytest.raises(ScoringError) as caught:
        common_form("cubic", WORKED_RATINGS, ETA)
    assert caught.value.code == "E_MODE"


@settings(deadline=None, max_examples=100)
@given(points(), ratings())
def test_linear_is_below_tempered_is_below_multiplicative(weights, x):
    """P01."""
    values = [D(0), linear(weights, x), tempered(weights, x), multiplicative(weights, x), D(1)]
    assert all(low <= high + SLACK for low, high in pairwise(values))


@settings(deadline=None, max_examples=100)
@given(points(), ratings())
def test_scores_lie_between_least_and_greatest_weighted_factor(weights, x):
    """P02."""
    counted = [value for weight, value in zip(weights, x, strict=True) if weight]
    for score in (linear(weights, x), tempered(weights, x), multiplicative(weights, x)):
        assert min(counted) - SLACK <= score <= max(counted) + SLACK


@settings(deadline=None, max_examples=100)
@given(points(), ratings(), st.integers(0, 3), st.integers(0, 10_000))
def test_scores_rise_with_every_factor(weights, x, place, raised):
    """P03."""
    more = list(x)
    more[place] = max(x[place], D(raised).scaleb(-4))
    for score in (linear, tempered, multiplicative):
        assert score(weights, more) >= score(weights, x) - SLACK


@settings(deadline=None, max_examples=60)
@given(points(7), ratings(7), st.permutations(range(7)))
def test_order_of_factors_does_not_matter(weights, x, order):
    """P04."""
    for score in (linear, tempered, multiplicative):
        shuffled = score(tuple(weights[i] for i in order), tuple(x[i] for i in order))
        assert abs(shuffled - score(weights, x)) < SLACK


@settings(deadline=None, max_examples=100)
@given(points(7), ratings(7), st.sets(st.integers(0, 6)))
def test_multiplicative_is_subadditive_across_factors(weights, x, chosen):
    """P05: two parts of the harm never score more together than the sum of each alone."""
    one = [value if i in chosen else D(0) for i, value in enumerate(x)]
    other = [D(0) if i in chosen else value for i, value in enumerate(x)]
    assert multiplicative(weights, x) <= multiplicative(weights, one) + multiplicative(weights, other) + SLACK


@settings(deadline=None, max_examples=100)
@given(points(), ratings(), st.integers(0, 3), st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)))
def test_multiplicative_is_convex_along_each_factor(weights, x, place, ends):
    """P06: no diminishing returns to one factor."""

    def along(value):
        return multiplicative(weights, [*x[:place], value, *x[place + 1 :]])

    low, high = (D(end).scaleb(-4) for end in ends)
    assert along((low + high) / 2) <= (along(low) + along(high)) / 2 + 10 * SLACK


@settings(deadline=None, max_examples=60)
@given(points(), ratings().filter(lambda x: max(x) < 1))
def test_tempered_runs_from_multiplicative_to_linear(weights, x):
    """P25."""
    assert abs(tempered(weights, x, D("1e-12")) - multiplicative(weights, x)) < D("1e-7")
    assert abs(tempered(weights, x, 1 - D("1e-6")) - linear(weights, x)) < D("1e-5")


@settings(deadline=None, max_examples=60)
@given(ratings().filter(any), st.sampled_from(["linear", "tempered"]), points())
def test_common_form_inverse_and_slope(x, kind, weights):
    form = common_form(kind, x, ETA)
    z = form.inner(weights)
    assert abs(form.inverse(form.outer(z)) - z) < D("1e-26")
    step = D("1e-12")
    assert abs((form.outer(z + step) - form.outer(z - step)) / (2 * step) - form.slope(z)) < D("1e-10")


@settings(deadline=None, max_examples=100)
@given(st.lists(points(7), min_size=1, max_size=5), ratings(7))
def test_numpy_twin_agrees(rows, x):
    shares, floats = np.array(rows) / 10_000, np.array([float(value) for value in x])
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        twins = [
            linear_scores(shares, floats),
            multiplicative_scores(shares, floats),
            tempered_scores(shares, floats, 0.01),
        ]
    exact = [[score(row, x) for row in rows] for score in (linear, multiplicative, tempered)]
    assert np.max(np.abs(np.array(twins) - np.array(exact, dtype=float))) < 1e-9
