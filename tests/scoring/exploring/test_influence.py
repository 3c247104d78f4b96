"""How far few people can move a score (D28)."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.aggregators import common_form
from assessments.scoring.exploring.finding import ADOPTED, OUT_OF_REACH, Finding
from assessments.scoring.exploring.influence import (
    Reach,
    captured,
    colluders_needed,
    moved_scores,
    one_more,
    one_replaced,
)
from assessments.scoring.group_sums import GroupSums
from tests.scoring.cases import points, ratings
from tests.scoring.exploring.parties import AGGREGATORS, FORM, PAPER, WORKED, linear, party

STEEP = linear("1", "0")
HALF = party((6000, 4000), (4000, 6000), voice=5000)  # mean 0.5, half of the voice
ADOPTING = party((6000, 4000), voice=5000, adopted=True)
ROUNDING = Fraction(1, 10_000)


def test_by_hand():
    assert captured(STEEP, HALF) == Reach(Fraction(1, 4), Fraction(1, 4))
    assert one_more(STEEP, HALF) == Finding(Reach(Fraction(1, 12), Fraction(1, 12)))
    assert one_replaced(STEEP, HALF) == Finding(Fraction(1, 4))


def test_worked_example_communities():
    """Captured, they could raise 0.6404 by 0.0335 or lower it by 0.0598."""
    reach = captured(FORM, WORKED[4])
    assert (float(reach.up), float(reach.down)) == pytest.approx((0.033486, 0.059799), abs=1e-6)
    low, high = moved_scores(FORM, D("0.640435"), reach)
    assert (float(low), float(high)) == pytest.approx((0.580636, 0.673921), abs=1e-6)


def test_colluders_by_hand():
    """m newcomers at the top move the mean of 2 by 1/4 m / (2 + m): 1/8 needs two, 1/5 eight."""
    assert colluders_needed(STEEP, HALF, Fraction(1, 8), upward=True) == Finding(2)
    assert colluders_needed(STEEP, HALF, Fraction(1, 5), upward=False) == Finding(8)
    assert colluders_needed(STEEP, HALF, Fraction(0), upward=True) == Finding(0)


def test_more_than_a_whole_group_can_do():
    assert colluders_needed(STEEP, HALF, Fraction(1, 4), upward=True) == Finding(None, OUT_OF_REACH)


def test_delegate_decides_for_the_members():
    """Only the capture bound is left: the delegate may say anything."""
    assert one_more(STEEP, ADOPTING) == one_replaced(STEEP, ADOPTING) == Finding(None, ADOPTED)
    assert colluders_needed(STEEP, ADOPTING, ROUNDING, upward=True) == Finding(None, ADOPTED)
    assert captured(STEEP, ADOPTING) == Reach(Fraction(1, 5), Fraction(3, 10))


def test_equal_ratings_leave_nothing_to_move():
    level = linear("0.5", "0.5")
    assert captured(level, HALF) == Reach(Fraction(0), Fraction(0))
    assert one_replaced(level, HALF) == Finding(Fraction(0))
    assert colluders_needed(level, HALF, ROUNDING, upward=True) == Finding(None, OUT_OF_REACH)


def z_of(form, sums, voice):
    """Exact part of a group in z, from its mean rather than its published points."""
    return Fraction(voice, 10_000) * sum(Fraction(a) * m for a, m in zip(form.a, sums.mean(), strict=True))


@settings(deadline=None, max_examples=80)
@given(st.lists(points(), min_size=1, max_size=6), points(), ratings(), AGGREGATORS, st.data())
def test_one_submission_stays_within_the_bounds(rows, new, x, kind, data):
    """P20: added or replaced, to the rounding of points."""
    form = common_form(kind, x, PAPER.eta)
    voice = data.draw(st.integers(1, 10_000))
    group = party(*rows, voice=voice)
    before = z_of(form, group.sums, voice)
    slack = ROUNDING * Fraction(max(form.a) + 1)
    added = z_of(form, group.sums.add(new), voice) - before
    reach = one_more(form, group).value
    assert -reach.down - slack <= added <= reach.up + slack
    old = data.draw(st.sampled_from(rows))
    moved = z_of(form, group.sums.replace(old, new), voice) - before
    assert abs(moved) <= one_replaced(form, group).value
    whole = captured(form, group)
    taken = z_of(form, GroupSums.of([new], 4), voice) - before
    assert -whole.down - slack <= taken <= whole.up + slack


@settings(deadline=None, max_examples=60)
@given(st.lists(points(), min_size=1, max_size=6), ratings(), st.integers(1, 4000))
def test_colluders_are_enough_and_one_fewer_is_not(rows, x, gain):
    form, wanted = common_form("linear", x, PAPER.eta), Fraction(gain, 10_000)
    group = party(*rows)
    needed = colluders_needed(form, group, wanted, upward=True).value
    bound = captured(form, group).up
    if needed is None:
        assert bound <= wanted
    else:
        assert bound * needed / (len(rows) + needed) >= wanted
        assert bound * (needed - 1) / (len(rows) + needed - 1) < wanted


def test_a_larger_group_is_harder_to_move():
    grown = party(*[(6000, 4000), (4000, 6000)] * 5, voice=HALF.voice)
    assert one_more(STEEP, grown).value.up < one_more(STEEP, HALF).value.up
