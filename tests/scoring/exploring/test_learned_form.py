"""The learned score is explored like every other form; it only nears 0 and 1."""

from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest

from assessments.scoring.exploring.alternatives import alternatives_of
from assessments.scoring.exploring.finding import FLAT, OUT_OF_REACH, Finding
from assessments.scoring.exploring.one_at_a_time import range_bars
from assessments.scoring.exploring.sensitivity import range_under_any_voices, range_under_capped_voices
from assessments.scoring.exploring.shapley import shapley
from assessments.scoring.exploring.shares import members_at_or_over
from assessments.scoring.exploring.voice_change import least_voice_change
from assessments.scoring.learning.learned_form import learned_form
from assessments.scoring.learning.polynomial import Coefficients
from tests.scoring.cases import WORKED_RATINGS
from tests.scoring.exploring.parties import START, WORKED, party, worked_run

COEFFICIENTS = Coefficients(-3.0, np.array([1.0, 0.5, 2.0, 1.0]), np.full((4, 4), 0.25))
FORM = learned_form(WORKED_RATINGS, COEFFICIENTS)
NOTHING = learned_form((D(0),) * 4, COEFFICIENTS)
POOLED = (3058, 2035, 2503, 2404)
EDGES = {"none": D(0), "all": D(1), "half": D("0.5")}


def test_ranges_hold_the_score():
    low, high = range_under_any_voices(FORM, WORKED).value
    inner_low, inner_high = range_under_capped_voices(FORM, WORKED, D(3)).value
    assert 0 < low < inner_low < FORM.score(POOLED) < inner_high < high < 1


def test_line_that_is_only_neared_is_out_of_reach():
    bar = max(range_bars(FORM, POOLED, EDGES, D("0.1")), key=lambda one: one.width)
    assert [bar.crossings[name].reason for name in EDGES] == [OUT_OF_REACH, OUT_OF_REACH, None]
    assert FORM.outer(FORM.inverse(D("0.5"))) == D("0.5")
    for line in (D(0), D(1)):
        assert least_voice_change(FORM, WORKED, line, upward=line == 1) == Finding(None, OUT_OF_REACH)


@pytest.mark.parametrize(("line", "share"), [(D(0), 1), (D(1), 0)])
def test_all_members_are_over_nothing_and_none_over_everything(line, share):
    mixed = party((10_000, 0, 0, 0), (0, 10_000, 0, 0), (0, 0, 10_000, 0))
    assert members_at_or_over(FORM, [mixed], line).value.share == share


def test_no_harm_is_flat():
    assert {bar.crossings["half"] for bar in range_bars(NOTHING, POOLED, EDGES, D("0.1"))} == {Finding(None, FLAT)}
    assert {bar.width for bar in range_bars(NOTHING, POOLED, EDGES, D("0.1"))} == {D(0)}


def test_shapley_shares_add_up():
    """P19, for the learned form."""
    found = shapley(FORM, WORKED, START)
    assert found.start + sum(found.shares) == Fraction(FORM.score(POOLED))


def test_learned_form_is_compared_with_the_default():
    run = worked_run()
    found = alternatives_of(run, {"learned": learned_form(run.ratings.values, COEFFICIENTS)})["learned"].value
    f = np.array(WORKED_RATINGS, dtype=float)
    effects = f * (COEFFICIENTS.linear + COEFFICIENTS.interactions @ f)
    z = COEFFICIENTS.bias + 4 * np.array(run.pooled) / 10_000 @ effects
    assert float(found.score) == pytest.approx(1 / (1 + np.exp(-z)), abs=0.5e-4)
    assert found.capture[0] < found.score < found.capture[1]
