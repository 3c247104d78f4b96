"""One rounding and one way to share out points."""

from decimal import Decimal as D
from decimal import localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.arithmetic import apportion, check_decimal, equal_points, half_up, in_context, text
from assessments.scoring.errors import ScoringError


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (D("0.60005"), "0.6001"),
        (D("0.6000499999999999999999999999999999"), "0.6000"),
        (D("0.00005"), "0.0001"),
        (D(0), "0.0000"),
        (D(1), "1.0000"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(3, 20000), "0.0002"),
    ],
)
def test_half_up_is_exact(value, expected):
    assert text(value) == expected


def test_text_never_writes_an_exponent():
    assert text(D(0), 8) == "0.00000000"


def test_half_up_does_not_lean_on_the_context_of_the_thread():
    with localcontext() as context:
        context.prec = 3
        assert half_up(D("0.123450")) == D("0.1235")


def test_in_context_gives_34_digits_and_leaves_the_thread_alone():
    with localcontext() as context:
        context.prec = 5
        assert in_context(lambda: D(1) / D(3))() == D("0.3333333333333333333333333333333333")
        assert D(1) / D(3) == D("0.33333")


def test_equal_points_of_seven():
    assert equal_points(7) == (1429, 1429, 1429, 1429, 1428, 1428, 1428)


def test_apportion_gives_equal_remainders_to_the_lowest_index():
    assert apportion([1, 1, 1], 10) == (4, 3, 3)


def test_apportion_is_exact_where_floats_are_not():
    assert apportion([D("0.1"), D("0.2"), D("0.7")], 10) == (1, 2, 7)


@pytest.mark.parametrize(("amounts", "code"), [([], "E_EMPTY"), ([0, 0], "weights_zero"), ([1, -1], "E_RANGE")])
def test_apportion_refuses(amounts, code):
    with pytest.raises(ScoringError) as caught:
        apportion(amounts)
    assert caught.value.code == code


@settings(deadline=None, max_examples=200)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=9).filter(any), st.integers(0, 10_000))
def test_apportion_sums_and_stays_within_one_of_the_quota(amounts, total):
    shared = apportion(amounts, total)
    assert sum(shared) == total
    assert all(
        abs(got - Fraction(amount * total, sum(amounts))) < 1 for got, amount in zip(shared, amounts, strict=True)
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0.5, "E_TYPE"),
        (True, "E_TYPE"),
        (D("NaN"), "E_NONFINITE"),
        (D("Infinity"), "E_NONFINITE"),
        (D("-0.1"), "E_RANGE"),
        (D("1.0001"), "E_RANGE"),
        (D("0.12345"), "max_decimal_places"),
    ],
)
def test_check_decimal_refuses(value, code):
    with pytest.raises(ScoringError) as caught:
        check_decimal(value, "rating")
    assert caught.value.code == code
