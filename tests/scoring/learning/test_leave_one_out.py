"""Leaving one out: no fold sees its own case, folds do not depend on each other, ties go to the larger ridge (D14)."""

import numpy as np
import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.accuracy import accuracy, linear_predictions
from assessments.scoring.learning.fit import fit
from assessments.scoring.learning.leave_one_out import TIE, choose_lambda, fold_prediction, fold_predictions
from assessments.scoring.learning.polynomial import learned_scores
from assessments.scoring.learning.variants import AS_PRINTED, DEFAULT, VARIANTS
from assessments.scoring.parameters_learning import LearningParameters
from tests.scoring.learning.histories import HISTORIES, history, random_history, severities_twin


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_a_fold_is_a_fit_of_all_the_others(variant):
    data = severities_twin(40)
    fold = fold_prediction(data, 7, 0.001, variant)
    others = fit(data.without(7), variant, 0.001).coefficients
    assert fold.prediction == pytest.approx(learned_scores(data.ratings[7], others), abs=1e-9)
    assert (fold.case, fold.is_converged) == (7, True)


def test_a_fold_never_sees_its_own_label():
    data = severities_twin(40)
    labels = data.labels.copy()
    labels[7] = 1 - labels[7]
    other = history(data.ratings, labels)
    seen = [fold_prediction(one, 7, 0.001).prediction for one in (data, other)]
    assert seen[0] == seen[1]
    assert fold_prediction(data, 8, 0.001).prediction != fold_prediction(other, 8, 0.001).prediction


def test_folds_in_chunks_are_the_same_as_at_once():
    data = random_history(9, 2)
    whole = fold_predictions(data, range(9), 0.003)
    parts = [fold for chunk in ([0, 1, 2], [3], [4, 5, 6, 7, 8]) for fold in fold_predictions(data, chunk, 0.003)]
    assert tuple(parts) == whole
    assert [fold.case for fold in fold_predictions(data, [8, 2], 0.003)] == [8, 2]


def test_the_width_of_the_loss_matters():
    data = random_history(20, 2)
    assert fold_prediction(data, 0, 0.001, delta=0.1) != fold_prediction(data, 0, 0.001, delta=0.5)


@pytest.mark.parametrize(("cases", "case", "code"), [(1, 0, "E_EMPTY"), (3, 3, "E_RANGE"), (3, -1, "E_RANGE")])
def test_folds_that_cannot_be(cases, case, code):
    with pytest.raises(ScoringError) as caught:
        fold_prediction(random_history(cases, 2), case, 0.01)
    assert caught.value.code == code


def test_two_cases_are_enough_for_a_fold():
    predictions = [fold.prediction for fold in fold_predictions(random_history(2, 2), range(2), 0.01)]
    assert np.isfinite(predictions).all()


@pytest.mark.parametrize(
    ("losses", "chosen"),
    [
        ({0.01: 0.5, 0.001: 0.4, 0.0001: 0.45}, 0.001),
        ({0.0001: 0.4, 0.01: 0.4, 0.001: 0.4}, 0.01),
        ({0.01: 0.4 + TIE / 2, 0.0001: 0.4}, 0.01),
        ({0.01: 0.4 + 2 * TIE, 0.0001: 0.4}, 0.0001),
        ({0.003: 0.1}, 0.003),
    ],
)
def test_lambda_has_the_least_loss_and_of_equal_ones_is_the_largest(losses, chosen):
    assert choose_lambda(losses) == chosen


@pytest.mark.parametrize(("losses", "code"), [({}, "E_EMPTY"), ({0.01: float("nan")}, "E_NONFINITE")])
def test_no_lambda_can_be_chosen(losses, code):
    with pytest.raises(ScoringError) as caught:
        choose_lambda(losses)
    assert caught.value.code == code


def loss_out_of_sample(data, lam, variant, cases):
    folds = fold_predictions(data, cases, lam, variant)
    return accuracy(np.array([fold.prediction for fold in folds]), data.labels[cases]).loss


@pytest.mark.parametrize("name", HISTORIES)
def test_out_of_sample_the_chosen_ridge_beats_the_printed_one_and_eq_2(name):
    """I22: a ridge of .01 is too strong."""
    data = HISTORIES[name]()
    cases = np.arange(0, data.cases, max(1, data.cases // 12))
    losses = {
        lam: loss_out_of_sample(data, lam, DEFAULT, cases) for lam in map(float, LearningParameters().lambda_path)
    }
    chosen = choose_lambda(losses)
    assert chosen < 0.01
    assert losses[chosen] < loss_out_of_sample(data, 0.01, AS_PRINTED, cases)
    assert losses[chosen] < accuracy(linear_predictions(data)[cases], data.labels[cases]).loss
