"""Category values: mean, root mean square, and eq. (14)-(20) as printed (D5)."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings

from assessments.scoring.categories import category_mean, category_printed, category_rms
from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters import Parameters
from assessments.scoring.ratings import printed_categories, published_ratings
from assessments.scoring.schemes import TAXONOMY
from tests.scoring.cases import ratings, taxonomy_input

EQUAL = (1, 1, 1)


def test_mean_by_hand():
    assert category_mean((D("0.2"), D("0.4"), D("0.6")), EQUAL) == Fraction(2, 5)


def test_mean_with_ratios():
    assert category_mean((D("0.2"), D("0.4"), D("0.6")), (1, 0, 3)) == Fraction(1, 2)


def test_rms_by_hand():
    assert category_rms((D("0.6"), D("0.6"), D("0.6")), EQUAL) == D("0.6")
    assert category_rms((D("0.3"), D(0), D(0)), (1, 0, 0)) == D("0.3")


@pytest.mark.parametrize("c", ["0.01", "0.1", "0.9", "1"])
def test_printed_forgets_how_much_harm_there_is(c):
    """P07: the same 0.577 for every size of harm."""
    assert round(category_printed((D(c),) * 3, EQUAL), 4) == D("0.5774")


def test_printed_of_one_component():
    assert round(category_printed((D(1), D(0), D(0)), EQUAL), 4) == D("0.3333")


def test_printed_is_undefined_without_harm():
    with pytest.raises(ScoringError) as caught:
        category_printed((D(0), D(0), D(0)), EQUAL)
    assert caught.value.code == "E_UNDEFINED"


@settings(deadline=None, max_examples=80)
@given(ratings(3))
def test_mean_is_at_most_rms_is_at_most_max(values):
    """P08, to the last digit of a square root."""
    slack = D("1e-30")
    mean, rms = category_mean(values, EQUAL), category_rms(values, EQUAL)
    assert mean <= Fraction(rms + slack)
    assert rms <= max(values) + slack


@settings(deadline=None, max_examples=80)
@given(ratings(3).filter(any))
def test_printed_stays_between_a_third_and_the_root_of_a_third(values):
    """P07."""
    assert D("0.33333333") < category_printed(values, EQUAL) < D("0.57735027")


def test_each_category_has_ratios_of_its_own():
    given = taxonomy_input().ratings
    ratios = ((3, 0, 1), *Parameters().component_ratios[1:])
    before, after = (
        published_ratings(TAXONOMY, given, one) for one in (Parameters(), Parameters(component_ratios=ratios))
    )
    assert (before.values[0], after.values[0]) == (D("0.4000"), D("0.3000"))  # (3 * 0.2 + 0.6) / 4
    assert before.values[1:] == after.values[1:]
    printed = printed_categories(after, Parameters(component_ratios=ratios))
    assert printed[0] == category_printed(after.components[0], (3, 0, 1)).quantize(D("0.0001"))
