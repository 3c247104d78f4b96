"""The reliability table: five bins of equal count, and what happens with few cases or ties (D15)."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.reliability import Bin, reliability_table

UNITS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=40)


def test_by_hand():
    predictions = np.array([0.9, 0.1, 0.5, 0.2, 0.8, 0.4, 0.3])
    table = reliability_table(predictions, np.array([1.0, 0.0, 0.6, 0.2, 0.6, 0.3, 0.5]))
    assert [one.count for one in table] == [2, 2, 1, 1, 1]
    assert [one.mean_prediction for one in table] == pytest.approx([0.15, 0.35, 0.5, 0.8, 0.9])
    assert [one.mean_label for one in table] == pytest.approx([0.1, 0.4, 0.6, 0.6, 1.0])


@pytest.mark.parametrize(("cases", "bins"), [(1, 1), (4, 4), (5, 5), (6, 5)])
def test_few_cases_give_one_bin_each(cases, bins):
    assert len(reliability_table(np.linspace(0, 1, cases), np.zeros(cases))) == bins


def test_equal_predictions_keep_the_order_of_the_history():
    table = reliability_table(np.full(5, 0.5), np.array([0.1, 0.2, 0.3, 0.4, 0.5]))
    assert table[0] == Bin(1, 0.5, 0.1)
    assert table[4] == Bin(1, 0.5, 0.5)


@settings(deadline=None, max_examples=100)
@given(UNITS)
def test_bins_hold_every_case_once_and_rise(rows):
    predictions, labels = (np.array(column) / 10 for column in zip(*rows, strict=True))
    table = reliability_table(predictions, labels)
    counts = [one.count for one in table]
    means = [one.mean_prediction for one in table]
    assert (sum(counts), max(counts) - min(counts) <= 1) == (len(rows), True)
    assert sum(one.count * one.mean_label for one in table) == pytest.approx(labels.sum())
    assert all(low <= high + 1e-12 for low, high in pairwise(means))


def test_how_many_bins_may_be_a_policy():
    table = reliability_table(np.linspace(0, 1, 6), np.linspace(0, 1, 6), bins=2)
    assert [(one.count, one.mean_label) for one in table] == [(3, pytest.approx(0.2)), (3, pytest.approx(0.8))]


def test_no_bin_is_refused():
    with pytest.raises(ScoringError) as caught:
        reliability_table(np.zeros(3), np.zeros(3), bins=0)
    assert caught.value.code == "E_RANGE"


def test_no_predictions_are_refused():
    with pytest.raises(ScoringError) as caught:
        reliability_table(np.array([]), np.array([]))
    assert caught.value.code == "E_EMPTY"
