"""Errors of predictions, by hand."""

import numpy as np
import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.accuracy import Accuracy, accuracy, linear_predictions
from tests.scoring.learning.histories import history

LABELS = np.array([0.2, 0.4, 0.9])


def test_by_hand():
    found = accuracy(np.array([0.25, 0.4, 0.6]), LABELS)
    # errors .05, 0, -.3: L_H .00125, 0, .025; squares .0025 + .09 of .09 + .01 + .16
    assert found.loss == pytest.approx(0.02625 / 3, abs=1e-15)
    assert found.mae == pytest.approx(0.35 / 3, abs=1e-15)
    assert found.r2 == pytest.approx(1 - 0.0925 / 0.26, abs=1e-12)
    assert (found.lowest, found.highest) == (0.25, 0.6)


def test_perfect_and_no_better_than_the_mean():
    assert accuracy(LABELS, LABELS) == Accuracy(0.0, 0.0, 1.0, 0.2, 0.9)
    assert accuracy(np.full(3, 0.5), LABELS).r2 == pytest.approx(0, abs=1e-12)
    assert accuracy(1 - LABELS, LABELS).r2 < 0


def test_a_wider_loss_counts_a_far_miss_more():
    assert accuracy(1 - LABELS, LABELS, delta=0.5).loss > accuracy(1 - LABELS, LABELS).loss


@pytest.mark.parametrize("labels", [[0.3], [0.3, 0.3, 0.3]])
def test_equal_labels_leave_nothing_to_explain(labels):
    """.3 + .3 + .3 is not .9 in floats; the spread of the labels decides, not a rounding error."""
    assert accuracy(np.full(len(labels), 0.4), np.array(labels)).r2 is None


def test_eq_2_at_equal_weights():
    assert linear_predictions(history([[0.2, 0.4], [1, 1]], [0, 1])).tolist() == pytest.approx([0.3, 1.0])


@pytest.mark.parametrize(("predictions", "labels", "code"), [([], [], "E_EMPTY"), ([0.1], [0.1, 0.2], "E_SHAPE")])
def test_nothing_to_compare(predictions, labels, code):
    with pytest.raises(ScoringError) as caught:
        accuracy(np.array(predictions), np.array(labels))
    assert caught.value.code == code
