"""Hits in time, lead days and false alarms (D30)."""

import datetime as dt
from decimal import Decimal as D
from fractions import Fraction

import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.upkeep.past_cases import Confusion, PastCase, Verdict, confusion, lead_days, verdict_of

DAY = dt.date(2018, 3, 17)


def failure(level, days_before):
    return PastCase(level, DAY - dt.timedelta(days=days_before), DAY)


def control(level):
    return PastCase(level, DAY, None)


@pytest.mark.parametrize(
    ("case", "verdict", "lead"),
    [
        (failure("none", 10), "miss", None),
        (failure("L", 10), "miss", None),
        (failure("M", 10), "hit", 10),
        (failure("H", 1), "hit", 1),
        (failure("H", 0), "miss", None),  # known on the day itself is too late
        (failure("H", -24), "miss", None),
        (control("none"), "quiet", None),
        (control("L"), "quiet", None),
        (control("M"), "false_alarm", None),
        (control("H"), "false_alarm", None),
    ],
)
def test_verdict_and_lead(case, verdict, lead):
    assert (verdict_of(case), lead_days(case)) == (Verdict(verdict), lead)


def test_counts():
    cases = [failure("H", 5), failure("M", 5), failure("L", 5), control("M"), control("L"), control("none")]
    assert confusion(cases) == Confusion(hits=2, misses=1, false_alarms=1, quiet=2)
    assert confusion(cases[::-1]) == confusion(cases)


def test_three_failures_alone_say_nothing_about_false_alarms():
    found = confusion([failure("H", 5)] * 3)
    assert (found.hit_share, found.hit_interval) == (1, (D("0.2924"), D("1.0000")))
    assert (found.false_alarm_share, found.false_alarm_interval, found.has_enough_controls) == (None, None, False)


def test_controls_say_something_about_false_alarms():
    found = confusion([failure("H", 5), failure("L", 5), control("M"), control("L"), control("none")])
    assert (found.false_alarm_share, found.false_alarm_interval) == (Fraction(1, 3), (D("0.0084"), D("0.9057")))
    assert found.has_enough_controls


def test_fewer_controls_than_failures_are_too_few():
    assert not confusion([failure("H", 5)] * 2 + [control("L")]).has_enough_controls


def test_nothing_tried_says_nothing():
    found = confusion([])
    assert (found.hit_share, found.hit_interval, found.has_enough_controls) == (None, None, False)


def test_unknown_level_is_refused():
    with pytest.raises(ScoringError) as caught:
        failure("X", 5)
    assert caught.value.code == "E_MODE"
