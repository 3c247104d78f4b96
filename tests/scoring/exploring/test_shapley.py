"""What each group brought to the score (D28)."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import equal_points, half_up
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.present import pool_of
from assessments.scoring.exploring.shapley import shapley
from tests.scoring.cases import ratings
from tests.scoring.exploring.parties import AGGREGATORS, FORM, PAPER, START, WORKED, any_parties, linear, parties

STEEP = linear("1", "0")


def test_two_groups_by_hand():
    """From 0.5: alone .8 and .6, together .7. Shares (.3 + .1) / 2 and (.1 - .1) / 2."""
    found = shapley(STEEP, parties([(8000, 2000)], [(6000, 4000)]), START)
    assert (found.start, found.shares) == (Fraction(1, 2), (Fraction(1, 5), Fraction(0)))
    # the level at t = 0 is L below .5, M from .5, H from .8: the first alone reaches H, and the second undoes it
    assert found.pivots == (Fraction(1, 2), Fraction(1, 2))


def test_worked_example():
    """Communities raise the score most, industry lowers it most."""
    found = shapley(FORM, WORKED, START)
    assert [str(half_up(share)) for share in found.shares] == [
        "-0.0025", "0.0141", "-0.0006", "-0.0089", "0.0280", "-0.0324", "0.0178"
    ]  # fmt: skip
    assert found.pivots == (0,) * 7


def test_groups_that_agree_share_equally():
    found = shapley(STEEP, parties([(8000, 2000)], [(8000, 2000)], [(8000, 2000)]), START)
    assert found.shares == (Fraction(1, 10),) * 3


def test_one_group_has_everything_and_nobody_nothing():
    alone = shapley(STEEP, parties([(8000, 2000)]), START)
    assert (alone.shares, alone.pivots) == ((Fraction(3, 10),), (1,))
    assert shapley(STEEP, (), START).shares == ()


def test_group_whose_voice_rounds_to_nothing_still_has_its_own_score():
    """A very large rho can leave 0 points; alone the group would publish .2, together it adds nothing to .8."""
    found = shapley(STEEP, parties([(8000, 2000)], [(2000, 8000)], voices=(10_000, 0)), START)
    assert found.shares == (Fraction(9, 20), Fraction(-3, 20))


def test_too_many_groups_are_refused():
    with pytest.raises(ScoringError) as caught:
        shapley(FORM, WORKED * 2, START)
    assert caught.value.code == "E_RANGE"


@settings(deadline=None, max_examples=40)
@given(any_parties(), ratings(), AGGREGATORS)
def test_shares_add_up_to_the_way_from_an_equal_split(groups, x, kind):
    """P19, exactly."""
    form = common_form(kind, x, PAPER.eta)
    found = shapley(form, groups, START)
    assert found.start == Fraction(form.score(equal_points(4)))
    assert found.start + sum(found.shares) == Fraction(form.score(pool_of(groups)))
    assert all(0 <= pivot <= 1 for pivot in found.pivots)


@settings(deadline=None, max_examples=20)
@given(any_parties(size=7, most=4), ratings(7))
def test_shares_are_means_over_all_orders_of_arrival(groups, x):
    """Seven factors and at most four groups, from the definition."""
    form = common_form("linear", x, PAPER.eta)

    def value(members):
        chosen = [groups[k] for k in sorted(members)]
        return Fraction(form.score(pool_of(chosen) or equal_points(7)))

    orders = list(permutations(range(len(groups))))
    gains = [Fraction(0)] * len(groups)
    for order in orders:
        for place, k in enumerate(order):
            gains[k] += value(order[: place + 1]) - value(order[:place])
    assert shapley(form, groups, START).shares == tuple(gain / len(orders) for gain in gains)


@settings(deadline=None, max_examples=20)
@given(any_parties(least=3, most=5), ratings(), st.randoms(use_true_random=False))
def test_order_of_groups_does_not_matter(groups, x, random):
    """P12, for shares and pivots."""
    form = common_form("linear", x, PAPER.eta)
    order = list(range(len(groups)))
    random.shuffle(order)
    # whole points of a pool may go to another tie, so voices that leave nothing over are used
    even = tuple(replace(group, voice=2000, points=(2500, 2500, group.points[2] // 2, 0)) for group in groups)
    even = tuple(replace(group, points=(*group.points[:3], 10_000 - sum(group.points[:3]))) for group in even)
    straight, shuffled = (shapley(form, some, START) for some in (even, [even[i] for i in order]))
    for k, i in enumerate(order):
        assert abs(shuffled.shares[k] - straight.shares[i]) <= Fraction(D("0.0004"))
