"""How much of the voice, and of the members, stands at or over a line (D20)."""

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from assessments.scoring.aggregators import common_form
from assessments.scoring.exploring.finding import NOBODY, Finding
from assessments.scoring.exploring.shares import MemberShare, members_at_or_over, voice_at_or_over
from tests.scoring.cases import ratings
from tests.scoring.exploring.parties import AGGREGATORS, FORM, PAPER, WORKED, any_parties, linear, parties, party

HIGH, LOW = (10_000, 0), (0, 10_000)
STEEP = linear("1", "0")


def test_worked_example_all_but_industry_reach_moderate():
    """Industry's own 0.5364 is below the line of month 30; its voice is 1009 points."""
    assert voice_at_or_over(FORM, WORKED, D("0.5376")) == Finding(D("0.8991"))


def test_exactly_at_the_line_is_reached():
    two = parties([(6000, 4000)], [(5999, 4001)])
    assert voice_at_or_over(STEEP, two, D("0.6")) == Finding(D("0.5"))


def test_members_by_hand():
    """Mean 0.5, variance 1/3: half of the group with the whole voice is at or over 0.5."""
    one = party(HIGH, LOW, HIGH, LOW)
    assert members_at_or_over(STEEP, [one], D("0.5")).value.share == pytest.approx(0.5)
    assert members_at_or_over(STEEP, [one], D("0.8")).value.share == pytest.approx(norm.sf(0.3 / (1 / 3) ** 0.5))


def test_members_who_agree_are_all_or_none():
    assert members_at_or_over(FORM, WORKED, D("0.5376")) == Finding(MemberShare(0.8991, ()))


def test_group_of_one_borrows_the_spread_of_the_others():
    split, alone = parties([HIGH, LOW, HIGH, LOW], [(8000, 2000)])
    share = members_at_or_over(STEEP, [split, alone], D("0.5")).value
    assert share.share == pytest.approx((0.5 + norm.cdf(0.3 / (1 / 3) ** 0.5)) / 2)
    assert share.taken_as_agreed == ()


def test_adopted_position_and_a_lone_member_are_taken_as_they_are():
    groups = [party(HIGH, LOW, HIGH, voice=5000, adopted=True), party(LOW, voice=5000, code="CS")]
    assert members_at_or_over(STEEP, groups, D("0.5")) == Finding(MemberShare(0.5, ("DI", "CS")))


@pytest.mark.parametrize("share", [voice_at_or_over, members_at_or_over])
def test_nobody(share):
    assert share(FORM, (), D("0.5")) == Finding(None, NOBODY)


@settings(deadline=None, max_examples=50)
@given(any_parties(), ratings(), AGGREGATORS, st.integers(0, 9999), st.integers(0, 9999))
def test_shares_never_rise_with_the_line(groups, x, kind, one, other):
    form = common_form(kind, x, PAPER.eta)
    low, high = sorted(D(value).scaleb(-4) for value in (one, other))
    assert 1 >= voice_at_or_over(form, groups, low).value >= voice_at_or_over(form, groups, high).value >= 0
    below, above = (members_at_or_over(form, groups, s).value.share for s in (low, high))
    assert 1 >= below >= above - 1e-12 >= -1e-12
