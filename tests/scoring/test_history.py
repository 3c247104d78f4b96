"""Eq. (9) over past cases, as printed, with its odd behaviour at ties (D17)."""

from decimal import Decimal as D
from fractions import Fraction

import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.history import passed_often, share_at_or_below


def test_share_at_or_below():
    assert share_at_or_below([D("0.1"), D("0.5"), D("0.9")], D("0.5")) == Fraction(2, 3)


def test_ties_count_as_not_exceeding():
    assert not passed_often([D("0.5")] * 10, D("0.5"), D("0.05"))


def test_two_past_cases_of_a_hundred_open_the_high_line_for_every_case():
    history = [D("0.9")] * 2 + [D("0.1")] * 98
    assert passed_often(history, D("0.8"), D("0.01"))
    assert not passed_often(history, D("0.75"), D("0.05"))


def test_no_history_is_refused():
    with pytest.raises(ScoringError) as caught:
        share_at_or_below([], D("0.5"))
    assert caught.value.code == "E_EMPTY"
