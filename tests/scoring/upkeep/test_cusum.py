"""Drift of an indicator: one-sided sums held against a hand calculation and against plain floats (D32)."""

from decimal import Decimal as D
from statistics import mean, stdev

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters_upkeep import MonitoringParameters
from assessments.scoring.upkeep.cusum import Drift, Worse, drift_of

RULES = MonitoringParameters()
BASELINE = [D(x) for x in (9, 11) * 4]  # mean 10, squares 8, sd (8 / 7)^0.5 = 1.0690


def sums(*values, worse=Worse.HIGHER):
    return [str(total) for total in drift_of(BASELINE, [D(x) for x in values], worse, RULES).sums]


def test_by_hand():
    """(12 - 10) / 1.0690 - 0.5 = 1.3708 at each step."""
    found = drift_of(BASELINE, [D(12)] * 4, Worse.HIGHER, RULES)
    assert found == Drift(
        mean=D("10.0000"),
        sd=D("1.0690"),
        sums=(D("1.3708"), D("2.7417"), D("4.1125"), D("5.4833")),
        alarm_at=3,
        unknown=None,
    )


def test_only_one_direction_counts():
    assert sums(8, 8, 8) == ["0.0000"] * 3
    assert sums(8, 8, 8, worse=Worse.LOWER) == ["1.3708", "2.7417", "4.1125"]


def test_better_years_pay_back_but_nothing_is_saved_up():
    assert sums(12, 8, 8, 12) == ["1.3708", "0.0000", "0.0000", "1.3708"]


def test_alarm_is_the_first_and_sums_run_on():
    found = drift_of(BASELINE, [D(20), D(20), D(0)], Worse.HIGHER, RULES)
    assert (found.alarm_at, len(found.sums)) == (0, 3)


def test_alarm_is_reached_at_the_sum_itself():
    exact = [D(x) for x in (-1, 1) * 4]
    rules = MonitoringParameters(alarm=D("4.1125"))
    assert drift_of(exact, [D(2)] * 3, Worse.HIGHER, rules).alarm_at == 2


@pytest.mark.parametrize(
    ("baseline", "reason"),
    [([], "too_few_baseline"), (BASELINE[:7], "too_few_baseline"), ([D("0.1")] * 8, "constant_baseline")],
)
def test_nothing_can_be_said(baseline, reason):
    assert drift_of(baseline, [D(12)], Worse.HIGHER, RULES) == Drift(None, None, (), None, reason)


def test_eight_baseline_values_are_enough_and_no_later_value_is_no_alarm():
    assert drift_of(BASELINE, [], Worse.HIGHER, RULES) == Drift(D("10.0000"), D("1.0690"), (), None, None)


@pytest.mark.parametrize(
    ("value", "code"), [(D("NaN"), "E_NONFINITE"), (D("Infinity"), "E_NONFINITE"), (0.5, "E_TYPE")]
)
def test_nonsense_is_refused(value, code):
    for baseline, values in (([*BASELINE, value], []), (BASELINE, [value])):
        with pytest.raises(ScoringError) as caught:
            drift_of(baseline, values, Worse.LOWER, RULES)
        assert caught.value.code == code


NUMBERS = st.integers(-500, 500).map(lambda n: D(n) / 10)


@settings(deadline=None, max_examples=100)
@given(st.lists(NUMBERS, min_size=8, max_size=20), st.lists(NUMBERS, max_size=20))
def test_same_as_floats(baseline, values):
    assume(len(set(baseline)) > 1)
    found = drift_of(baseline, values, Worse.LOWER, RULES)
    middle, sd, total = mean(map(float, baseline)), stdev(map(float, baseline)), 0.0
    for x, published in zip(values, found.sums, strict=True):
        total = max(0.0, total + (middle - float(x)) / sd - 0.5)
        assert abs(float(published) - total) < 0.000051 + 1e-9 * total
    reached = [place for place, published in enumerate(found.sums) if published >= 5]
    assert found.alarm_at == (reached[0] if reached else None)


@settings(deadline=None, max_examples=100)
@given(st.lists(NUMBERS, min_size=8, max_size=12), st.lists(NUMBERS, max_size=12))
def test_turning_the_indicator_round_turns_the_direction_round(baseline, values):
    turned = drift_of([-x for x in baseline], [-x for x in values], Worse.HIGHER, RULES)
    straight = drift_of(baseline, values, Worse.LOWER, RULES)
    assert (turned.sums, turned.alarm_at) == (straight.sums, straight.alarm_at)
