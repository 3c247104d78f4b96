"""Record fit of eq. (7a): exact, never above 0, 0 without a record (D11)."""

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.errors import ScoringError
from assessments.scoring.inputs import VoiceInput
from assessments.scoring.learning.record_fit import PastPosition, record_fit
from assessments.scoring.voices import softmax_weights
from tests.scoring.cases import points, ratings

HALF = (5000, 5000)


def past(label, *x, weights=HALF):
    return PastPosition(D(label), tuple(D(value) for value in x), weights)


def test_by_hand():
    # scores .5 and .7: errors .05 and .3, losses .00125 and .025, over .01: .125 and 2.5
    record = [past("0.55", "0.4", "0.6"), past("1", "0.6", "0.8")]
    assert record_fit(record) == D("-1.3125")
    assert record_fit(record, "sum") == D("-2.625")


def test_another_width():
    assert record_fit([past("1", "0.6", "0.8")], delta=D("0.5")) == D("-0.18")  # .3^2 / 2 / .25


def test_the_position_decides_not_an_equal_split():
    assert record_fit([past("0.4", "0.4", "0.6", weights=(10_000, 0))]) == 0
    assert record_fit([past("0.4", "0.4", "0.6", weights=(0, 10_000))]) == D("-1.5")


def test_no_record_is_neutral():
    assert [record_fit([]), record_fit([], "sum")] == [0, 0]


def test_a_summed_record_takes_all_voice_and_the_mean_does_not():
    """I30: fifty cases in which one group is off by .1 more than the other."""
    close, far = [past("0.5", "0.5", "0.5")] * 50, [past("0.6", "0.5", "0.5")] * 50
    voices = {
        mode: softmax_weights([record_fit(close, mode), record_fit(far, mode)], D(10**30)) for mode in ("mean", "sum")
    }
    assert voices["sum"][1] < D("1e-10")
    assert voices["mean"][1] > D("0.6")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(ratings(1), ratings(4), points(4)), min_size=1, max_size=7))
def test_a_record_is_what_a_voice_accepts_and_no_order_matters(rows):
    record = [PastPosition(label[0], x, weights) for label, x, weights in rows]
    fit = record_fit(record)
    assert -10 <= fit <= 0
    assert VoiceInput(D(1), D(1), D(0), D(0), fit).record_fit == record_fit(record[::-1])


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: record_fit([], "median"), "E_MODE"),
        (lambda: record_fit([], delta=D(0)), "E_RANGE"),
        (lambda: past("1.1", "0.5", "0.5"), "E_RANGE"),
        (lambda: past("0.5", "0.5", "NaN"), "E_NONFINITE"),
        (lambda: past("0.5", "0.5"), "weights_count"),
        (lambda: past("0.5", "0.5", "0.5", weights=(1, 1)), "E_SUM"),
    ],
)
def test_bad_records_are_refused(act, code):
    with pytest.raises(ScoringError) as caught:
        act()
    assert caught.value.code == code
