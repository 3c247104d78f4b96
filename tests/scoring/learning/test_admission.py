"""Each of the five conditions by itself, met and just missed (D15)."""

import numpy as np
import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.admission import (
    admission,
    beats_linear,
    bounds_hold,
    cases_needed,
    enough_cases,
    reliability_shown,
    two_raters,
)
from assessments.scoring.learning.polynomial import Coefficients
from assessments.scoring.learning.reliability import reliability_table
from tests.scoring.learning.histories import NO_RISK, history, random_history

BOUNDED = Coefficients(NO_RISK, [1.0, 0.0], [[0.0, 0.5], [0.5, 0.0]])


def labelled(cases, **changes):
    data = random_history(cases, 2)
    return history(data.ratings, data.labels, **({"raters": [2] * cases} | changes))


def test_a_model_that_meets_all_five_is_admissible():
    data = labelled(12)
    verdict = admission(data, BOUNDED, data.labels, reliability_table(data.labels, data.labels))
    assert [(reason.code, reason.is_met) for reason in verdict.reasons] == [
        ("enough_cases", True),
        ("beats_linear", True),
        ("bounds_hold", True),
        ("reliability_shown", True),
        ("two_raters", True),
    ]
    assert verdict.is_admissible


@pytest.mark.parametrize(("size", "needed"), [(2, 12), (4, 30), (7, 72)])
def test_two_cases_for_each_parameter(size, needed):
    assert cases_needed(size) == needed
    assert [enough_cases(random_history(cases, size)).is_met for cases in (needed - 1, needed)] == [False, True]


def test_how_many_cases_may_be_a_policy():
    reason = enough_cases(random_history(12, 2), per_parameter=3)
    assert (reason.is_met, reason.numbers) == (False, {"cases": 12, "needed": 18})


# eq. (2) says .5 for each; its errors are .1, .1, .05, .05, its losses .005, .005, .00125, .00125
FOUR = history([[0.5, 0.5]] * 4, [0.6, 0.4, 0.55, 0.45])


def test_gain_and_standard_error_by_hand():
    reason = beats_linear(FOUR, FOUR.labels)
    gains = [0.005, 0.005, 0.00125, 0.00125]
    assert reason.numbers == {
        "learned_loss": 0.0,
        "linear_loss": pytest.approx(0.003125),
        "gain": pytest.approx(0.003125),
        "standard_error": pytest.approx(np.std(gains, ddof=1) / 2),
        "standard_errors_needed": 1.0,
    }
    assert reason.is_met


def test_a_gain_below_its_standard_error_beats_nothing():
    # gains -.005, .005, .00125, .00125 in the mean .000625, standard error .00208
    reason = beats_linear(FOUR, np.array([0.6 - 0.1 * np.sqrt(2), 0.4, 0.55, 0.45]), delta=1.0)
    assert reason.numbers["gain"] == pytest.approx(0.000625)
    assert not reason.is_met


def test_how_many_standard_errors_may_be_a_policy():
    error = beats_linear(FOUR, FOUR.labels).numbers
    ratio = error["gain"] / error["standard_error"]
    assert [beats_linear(FOUR, FOUR.labels, ratio * by).is_met for by in (0.999, 1.001)] == [True, False]


def test_the_same_predictions_beat_nothing():
    assert not beats_linear(FOUR, np.full(4, 0.5)).is_met


def test_one_case_or_no_predictions_beat_nothing():
    one = history([[0.5, 0.5]], [0.6])
    assert beats_linear(one, one.labels).numbers["standard_error"] is None
    assert not beats_linear(one, one.labels).is_met
    missing = beats_linear(FOUR, None)
    assert (missing.is_met, missing.numbers["learned_loss"], missing.numbers["gain"]) == (False, None, None)


def test_predictions_of_another_history_are_refused():
    with pytest.raises(ScoringError) as caught:
        beats_linear(FOUR, np.zeros(3))
    assert caught.value.code == "E_SHAPE"


@pytest.mark.parametrize(
    ("coefficients", "is_met"),
    [
        (BOUNDED, True),
        (Coefficients(NO_RISK + 1e-6, [1.0, 0.0], np.zeros((2, 2))), False),
        (Coefficients(NO_RISK, [-1e-6, 0.0], np.zeros((2, 2))), False),
        (Coefficients(NO_RISK, [1.0, 0.0], [[0.0, -1e-6], [-1e-6, 0.0]]), False),
    ],
)
def test_bounds(coefficients, is_met):
    assert bounds_hold(coefficients).is_met is is_met


def test_what_no_risk_may_score_may_be_a_policy():
    coefficients = Coefficients(np.log(0.2 / 0.8), [0.0, 0.0], np.zeros((2, 2)))
    assert [bounds_hold(coefficients, zero_risk).is_met for zero_risk in (0.19, 0.21)] == [False, True]


def test_bounds_tell_what_breaks_them():
    reason = bounds_hold(Coefficients(0.5, [-2.0, 0.0], np.zeros((2, 2))))
    assert reason.numbers == {"bias": 0.5, "bias_limit": NO_RISK, "lowest": -2.0}


def test_a_table_must_hold_every_case():
    table = reliability_table(FOUR.labels, FOUR.labels)
    assert [reliability_shown(FOUR, part).is_met for part in (table, table[1:], ())] == [True, False, False]


@pytest.mark.parametrize(
    ("raters", "with_enough", "is_met"), [([2, 2, 3, 5], 4, True), ([2, 2, 1, 2], 3, False), (None, 0, False)]
)
def test_every_label_needs_two_raters(raters, with_enough, is_met):
    reason = two_raters(history(FOUR.ratings, FOUR.labels, raters=raters))
    assert (reason.is_met, reason.numbers) == (is_met, {"cases": 4, "with_enough": with_enough, "raters_needed": 2})


def test_how_many_raters_may_be_a_policy():
    data = history(FOUR.ratings, FOUR.labels, raters=[3, 2, 3, 3])
    assert [two_raters(data, needed).is_met for needed in (2, 3)] == [True, False]


def test_every_number_of_the_policy_reaches_its_condition():
    data = labelled(12, raters=[3] * 12)
    asked = {"per_parameter": 3, "standard_errors": 1e6, "zero_risk": 0.01, "raters": 4}
    verdict = admission(data, BOUNDED, data.labels, reliability_table(data.labels, data.labels), **asked)
    assert [reason.code for reason in verdict.reasons if reason.is_met] == ["reliability_shown"]


def test_one_missed_condition_is_enough_to_stay_experimental():
    data = labelled(12, raters=None)
    verdict = admission(data, BOUNDED, data.labels, reliability_table(data.labels, data.labels))
    assert [reason.code for reason in verdict.reasons if not reason.is_met] == ["two_raters"]
    assert not verdict.is_admissible


def test_a_history_of_one_gets_a_verdict():
    data = labelled(1)
    verdict = admission(data, BOUNDED, None, ())
    assert [reason.code for reason in verdict.reasons if reason.is_met] == ["bounds_hold", "two_raters"]
