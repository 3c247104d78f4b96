"""The exact interval, held against closed forms and against binomial tails counted in fractions (D30)."""

from decimal import Decimal as D
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.errors import ScoringError
from assessments.scoring.upkeep.exact_interval import exact_interval

TAIL = Fraction(1, 40)  # 2.5 % on either side
STEP = Fraction(1, 10_000)  # the last published decimal


def at_least(hits, n, share):
    """Chance of `hits` or more in `n` tries, exactly."""
    return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(hits, n + 1))


def test_three_of_three_say_little():
    assert exact_interval(3, 3) == (D("0.2924"), D("1.0000"))


@pytest.mark.parametrize(
    ("hits", "n", "bounds"),
    [
        (0, 1, ("0.0000", "0.9750")),
        (1, 1, ("0.0250", "1.0000")),
        (0, 3, ("0.0000", "0.7076")),
        (5, 10, ("0.1871", "0.8129")),
    ],
)
def test_published_bounds(hits, n, bounds):
    assert exact_interval(hits, n) == tuple(D(bound) for bound in bounds)


def test_no_case_says_nothing():
    assert exact_interval(0, 0) is None


def test_more_confidence_is_wider():
    assert exact_interval(3, 3, D("0.99")) == (D("0.1710"), D("1.0000"))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((4, 3), "E_RANGE"),
        ((-1, 3), "E_RANGE"),
        ((1.0, 3), "E_TYPE"),
        ((True, 3), "E_TYPE"),
        ((1, 3, D(1)), "E_RANGE"),
        ((1, 3, D(0)), "E_RANGE"),
    ],
)
def test_nonsense_is_refused(arguments, code):
    with pytest.raises(ScoringError) as caught:
        exact_interval(*arguments)
    assert caught.value.code == code


@st.composite
def counts(draw):
    n = draw(st.integers(1, 60))
    return draw(st.integers(0, n)), n


@settings(deadline=None, max_examples=100)
@given(counts())
def test_bounds_are_where_the_tail_is_a_fortieth(count):
    hits, n = count
    low, high = (Fraction(bound) for bound in exact_interval(hits, n))
    if hits:
        assert at_least(hits, n, max(low - STEP, Fraction(0))) < TAIL < at_least(hits, n, low + STEP)
    if hits < n:
        rare = n - hits
        assert at_least(rare, n, 1 - min(high + STEP, Fraction(1))) < TAIL < at_least(rare, n, 1 - (high - STEP))


@settings(deadline=None, max_examples=100)
@given(counts())
def test_share_lies_inside_and_misses_mirror_hits(count):
    hits, n = count
    low, high = exact_interval(hits, n)
    assert 0 <= low <= Fraction(hits, n) + STEP
    assert Fraction(hits, n) - STEP <= high <= 1
    mirrored = exact_interval(n - hits, n)
    assert abs(1 - low - mirrored[1]) <= STEP
    assert abs(1 - high - mirrored[0]) <= STEP
