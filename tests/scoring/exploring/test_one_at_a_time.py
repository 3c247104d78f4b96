"""One weight from nothing to everything, the others in proportion (D24)."""

from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import half_up
from assessments.scoring.exploring.finding import FLAT, OUT_OF_REACH, Finding
from assessments.scoring.exploring.one_at_a_time import range_bars
from tests.scoring.cases import points, ratings
from tests.scoring.exploring.parties import AGGREGATORS, FORM, PAPER, linear

TENTH = D("0.10")
POOLED = (3058, 2035, 2503, 2404)
LINES = {"measures": D("0.6")}


def test_worked_example():
    """Exploitability moves the score most: 0.70 without it, 0.40 alone, below 60 from 34 % of the weight on."""
    bars = range_bars(FORM, POOLED, LINES, TENTH)
    widest = max(bars, key=lambda bar: bar.width)
    assert bars.index(widest) == 1
    assert [str(half_up(value)) for value in (widest.without, widest.now, widest.alone, widest.stepped)] == [
        "0.7019", "0.6404", "0.4000", "0.6102"
    ]  # fmt: skip
    assert half_up(widest.crossings["measures"].value) == D("0.3375")


def test_crossing_by_hand():
    """From 0.5 with none of the first to 1 with all of it: 0.6 at a fifth."""
    first, second, third = range_bars(linear("1", "0.5", "0.5"), (4000, 3000, 3000), LINES, TENTH)
    assert first.crossings == {"measures": Finding(Fraction(1, 5))}
    # without the second: (0.4 x 1 + 0.3 x 0.5) / 0.7, down to 0.5 alone
    assert second.crossings == third.crossings == {"measures": Finding(Fraction(13, 20))}


def test_step_takes_from_the_others_in_proportion():
    (first, *_) = range_bars(linear("1", "0", "0.5"), (5000, 2500, 2500), {}, TENTH)
    assert first.stepped == D("0.6") + D("0.4") * D("0.25")


def test_step_ends_at_all_the_weight():
    (first, _) = range_bars(linear("1", "0"), (9500, 500), {}, TENTH)
    assert (first.stepped, first.alone) == (1, 1)


def test_all_the_weight_on_one_factor_is_given_up_equally():
    first, second, _ = range_bars(linear("1", "0.5", "0.1"), (10_000, 0, 0), LINES, TENTH)
    assert (first.without, first.now, first.alone) == (D("0.3"), 1, 1)
    assert (second.share, second.without, second.alone) == (0, 1, D("0.5"))


def test_line_out_of_reach_and_flat():
    bars = range_bars(linear("0.5", "0.5", "0.1"), (4000, 6000, 0), LINES, TENTH)
    assert [bar.crossings["measures"] for bar in bars] == [
        Finding(None, FLAT),
        Finding(None, FLAT),
        Finding(None, OUT_OF_REACH),
    ]
    assert [bar.width for bar in bars] == [0, 0, D("0.4")]


@settings(deadline=None, max_examples=80)
@given(points(), ratings(), AGGREGATORS)
def test_bars_agree_with_weights_that_are_moved(weights, x, kind):
    form = common_form(kind, x, PAPER.eta)
    shares = np.array(weights) / 10_000
    a = np.array([float(value) for value in form.a])
    for i, bar in enumerate(range_bars(form, weights, {"half": D("0.5")}, TENTH)):
        rest = shares.copy()
        rest[i] = 0
        rest = rest / rest.sum() if rest.sum() else np.array([0 if j == i else 1 / 3 for j in range(4)])
        for moved, score in ((0, bar.without), (1, bar.alone), (min(1, shares[i] + 0.1), bar.stepped)):
            z = moved * a[i] + (1 - moved) * rest @ a
            assert float(score) == pytest.approx(float(form.outer(D(z))), abs=1e-9)
        crossing = bar.crossings["half"].value
        if crossing is not None:
            z = float(crossing) * a[i] + (1 - float(crossing)) * rest @ a
            assert float(form.outer(D(z))) == pytest.approx(0.5, abs=1e-9)
