"""A year's figures, and None where there is nothing to count (D32)."""

import datetime as dt
from decimal import Decimal as D
from fractions import Fraction

import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.lines import lines_at
from assessments.scoring.parameters import Parameters
from assessments.scoring.upkeep.monitoring import (
    DecisionTime,
    LevelShare,
    decision_time,
    level_shares,
    mean_by_year,
    mean_share_by_group,
    share,
)

END = lines_at(1, Parameters())  # 0.3, 0.6, 0.75
DAY = dt.date(2026, 3, 1)


def span(days):
    return DAY, DAY + dt.timedelta(days=days)


def test_share_of_cases_at_or_above_a_level_against_history():
    history = [D("0.1"), D("0.3"), D("0.5"), D("0.9")]
    assert level_shares(["none", "L", "M", "M", "H"], END, history) == (
        LevelShare("L", Fraction(4, 5), Fraction(1, 2)),  # the past score at the line itself does not exceed it
        LevelShare("M", Fraction(3, 5), Fraction(1, 4)),
        LevelShare("H", Fraction(1, 5), Fraction(1, 4)),
    )


def test_without_cases_or_history_a_share_is_unknown():
    assert level_shares([], END, [D("0.9")])[0] == LevelShare("L", None, Fraction(1))
    assert level_shares(["H"], END, [])[2] == LevelShare("H", Fraction(1), None)


def test_unknown_level_is_refused():
    with pytest.raises(ScoringError) as caught:
        level_shares(["X"], END, [])
    assert caught.value.code == "E_MODE"


@pytest.mark.parametrize(("part", "whole", "expected"), [(3, 12, Fraction(1, 4)), (0, 5, Fraction(0)), (0, 0, None)])
def test_share(part, whole, expected):
    assert share(part, whole) == expected


@pytest.mark.parametrize(("part", "whole", "code"), [(2, 1, "E_RANGE"), (-1, 1, "E_RANGE"), (0.5, 1, "E_TYPE")])
def test_share_of_nonsense_is_refused(part, whole, code):
    with pytest.raises(ScoringError) as caught:
        share(part, whole)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], DecisionTime(None, 0, 0)),
        ([(DAY, None)], DecisionTime(None, 0, 1)),
        ([span(0)], DecisionTime(Fraction(0), 1, 0)),
        ([span(30), span(10), (DAY, None), span(20)], DecisionTime(Fraction(20), 3, 1)),
        ([span(31), span(10)], DecisionTime(Fraction(41, 2), 2, 0)),
    ],
)
def test_decision_time(spans, expected):
    assert decision_time(spans) == expected


def test_decision_before_the_opening_is_refused():
    with pytest.raises(ScoringError) as caught:
        decision_time([span(-1)])
    assert caught.value.code == "E_RANGE"


def test_mean_by_year():
    entries = [(2027, D("0.1")), (2026, D("0.02")), (2027, D("0.2"))]
    found = mean_by_year(entries)
    assert list(found.items()) == [(2026, Fraction(1, 50)), (2027, Fraction(3, 20))]
    assert mean_by_year([]) == {}


def test_a_group_is_averaged_over_the_cases_in_which_it_was_present():
    cases = [{"DI": D("0.2"), "CS": D("0.1")}, {"DI": D("-0.1")}]
    assert mean_share_by_group(cases) == {"DI": Fraction(1, 20), "CS": Fraction(1, 10)}
