"""Answers become whole points: the worked example, not sure, ranks, strict weights (D2)."""

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.arithmetic import POINTS
from assessments.scoring.elicitation import (
    RANK_POINTS,
    display_percentages,
    points_from_rank,
    points_from_ratios,
    points_from_weights,
)
from assessments.scoring.errors import ScoringError
from tests.scoring.cases import WORKED_ANSWERS, points, worked_points


def code_of(call, *args):
    with pytest.raises(ScoringError) as caught:
        call(*args)
    return caught.value.code


def test_ratios_of_the_worked_example():
    assert {code: worked_points(code) for code in WORKED_ANSWERS} == {
        "DI": (3571, 1429, 1429, 3571),
        "CS": (3846, 769, 2308, 3077),
        "RB": (3333, 2000, 2000, 2667),
        "TE": (1667, 4167, 3333, 833),
        "AC": (3846, 769, 3077, 2308),
        "IR": (1818, 4546, 909, 2727),
        "AR": (2857, 1429, 3571, 2143),
    }


def test_percentages_of_the_worked_example():
    assert display_percentages(worked_points("AC")) == (38, 8, 31, 23)


def test_ratios_all_equal():
    assert points_from_ratios([D(1)] * 7) == (1429, 1429, 1429, 1429, 1428, 1428, 1428)


def test_not_sure_takes_the_exact_mean_of_the_answers_given():
    # 100, 20 and 30 have the mean 50, so the four stand 100:20:50:30
    assert points_from_ratios([D(100), D(20), None, D(30)]) == (5000, 1000, 2500, 1500)


def test_not_sure_mean_is_not_rounded_first():
    # (100 + 0 + 0) / 3 = 33.33..., exactly a quarter of all
    assert points_from_ratios([D(100), D(0), D(0), None]) == (7500, 0, 0, 2500)


def test_not_sure_about_all_but_one_gives_equal_shares():
    assert points_from_ratios([None, D(80), None, None]) == (2500, 2500, 2500, 2500)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ([], "E_EMPTY"),
        ([None, None], "E_EMPTY"),
        ([D(0), D(0)], "weights_zero"),
        ([D(0), None], "weights_zero"),
        ([D(-1), D(2)], "min_value"),
        ([D("NaN"), D(2)], "not_finite"),
        ([D("sNaN"), D(2)], "not_finite"),
        ([D("Infinity"), D(2)], "not_finite"),
        ([0.5, D(2)], "not_a_number"),
        ([True, D(2)], "not_a_number"),
        ([D("1E+999999"), D(2)], "max_value"),
        ([D("1E-999999"), D(2)], "max_decimal_places"),
    ],
)
def test_ratios_refused(raw, code):
    assert code_of(points_from_ratios, raw) == code


@pytest.mark.parametrize("size", [4, 7])
def test_rank_points_are_pinned(size):
    assert points_from_rank(range(1, size + 1)) == RANK_POINTS[size]
    assert sum(RANK_POINTS[size]) == POINTS


def test_rank_follows_the_items_not_their_order():
    assert points_from_rank([3, 1, 4, 2]) == (1912, 4180, 922, 2986)


def test_rank_ties_split_equally():
    # places 2 and 3 hold 2986 + 1912, that is 2449 each
    assert points_from_rank([1, 2, 2, 4]) == (4180, 2449, 2449, 922)


def test_rank_ties_that_do_not_divide_favour_the_first_item():
    # three items share 2986 + 1912 + 922 = 5820, 1940 each; two share 7166, 3583 each
    assert points_from_rank([1, 2, 2, 2]) == (4180, 1940, 1940, 1940)
    assert points_from_rank([2, 3, 1, 2, 5, 6, 7]) == (1979, 1403, 2586, 1979, 1036, 681, 336)


def test_rank_all_tied_gives_equal_shares():
    assert points_from_rank([1] * 7) == (1429, 1429, 1429, 1429, 1428, 1428, 1428)


@pytest.mark.parametrize(
    ("ranks", "code"), [([1, 2, 3], "E_MODE"), ([1, 2, 3, 4.0], "not_a_number"), ([1, 2, 3, True], "not_a_number")]
)
def test_rank_refused(ranks, code):
    assert code_of(points_from_rank, ranks) == code


def test_weights_are_read_exactly():
    assert points_from_weights([D("0.35"), D("0.1500"), D("0.2"), D("0.3")], 4) == (3500, 1500, 2000, 3000)


def test_weights_minus_zero_is_zero():
    read = points_from_weights([D("-0"), D(1)])
    assert read == (0, 10_000)
    assert str(read[0]) == "0"


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ([D(1)] * 3, "weights_count"),
        ([D("0.1428")] * 4, "weights_sum"),
        ([D(0)] * 4, "weights_zero"),
        ([D("-0.1"), D("0.5"), D("0.5"), D("0.1")], "min_value"),
        ([D("1.0001"), D(0), D(0), D(0)], "max_value"),
        ([D("0.12345"), D("0.37655"), D("0.25"), D("0.25")], "max_decimal_places"),
        ([D("1e-7"), D(1), D(0), D(0)], "max_decimal_places"),
        ([D("NaN"), D(1), D(0), D(0)], "not_finite"),
        ([1.0, D(0), D(0), D(0)], "not_a_number"),
        ([True, D(0), D(0), D(0)], "not_a_number"),
        (["1", D(0), D(0), D(0)], "not_a_number"),
    ],
)
def test_weights_refused(weights, code):
    assert code_of(points_from_weights, weights, 4) == code


def test_weights_sum_says_what_is_missing():
    with pytest.raises(ScoringError) as caught:
        points_from_weights([D("0.5"), D("0.45")])
    assert caught.value.details == {"total": "0.9500", "missing": "0.0500"}
    assert caught.value.message == "The weights add up to 0.9500, must be 1."


@settings(deadline=None, max_examples=100)
@given(st.lists(st.decimals(0, 1000, places=2), min_size=2, max_size=7).filter(any), st.integers(1, 50))
def test_ratios_keep_proportions_under_any_scale(raw, factor):
    assert points_from_ratios(raw) == points_from_ratios([value * factor for value in raw])


@settings(deadline=None, max_examples=100)
@given(points(7))
def test_percentages_always_read_100(vector):
    assert sum(display_percentages(vector)) == 100
