"""Presence, pooling, quorum, and what silent groups could still do (D12)."""

from decimal import Decimal as D

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import half_up
from assessments.scoring.pooling import (
    Position,
    Quorum,
    pooled_points,
    position_of,
    quorum_of,
    silent_bounds,
)
from assessments.scoring.voices import published_voices, voice_points, voice_weights
from tests.scoring.cases import EQ7, WORKED_RATINGS, group, points, ratings, worked_groups, worked_points

HERE, ELSEWHERE = (7000, 1000, 1000, 1000), (1000, 1000, 1000, 7000)


def present(vector):
    return Position("mean", vector)


ABSENT = Position("absent", None)


def test_group_is_present_by_the_mean_of_five_answers():
    assert position_of(group("DI", [HERE] * 5)) == Position("mean", HERE)


def test_group_of_four_is_absent():
    assert position_of(group("DI", [HERE] * 4)) == ABSENT


def test_core_handles_a_group_of_one():
    assert position_of(group("DI", [HERE], min_size=1)) == present(HERE)


def test_adopted_position_counts_without_answers_and_before_the_mean():
    assert position_of(group("DI", [], adopted=ELSEWHERE)) == Position("adopted", ELSEWHERE)
    assert position_of(group("DI", [HERE] * 6, adopted=ELSEWHERE)) == Position("adopted", ELSEWHERE)


def test_pool_by_hand():
    assert pooled_points((2500, 7500, 0), [present(HERE), present(ELSEWHERE), ABSENT]) == (2500, 1000, 1000, 5500)


def test_pool_of_nobody():
    assert pooled_points((0, 0), [ABSENT, ABSENT]) is None


def test_pool_of_one_group_is_its_position():
    assert pooled_points((0, 10_000), [ABSENT, present(HERE)]) == HERE


def test_pool_gives_each_group_one_voice_whatever_its_size():
    few, many = group("DI", [HERE] * 5), group("CS", [ELSEWHERE] * 12)
    assert pooled_points((5000, 5000), [position_of(few), position_of(many)]) == (4000, 1000, 1000, 4000)


def test_quorum_needs_four_groups_and_affected_communities():
    groups = worked_groups()
    positions = [position_of(one) for one in groups]
    assert quorum_of(groups, positions, EQ7) == Quorum(7, 4, affected_present=True)
    without = [ABSENT if one.is_affected else place for one, place in zip(groups, positions, strict=True)]
    assert quorum_of(groups, without, EQ7) == Quorum(6, 4, affected_present=False)
    assert [Quorum(4, 4, affected_present=True).met, Quorum(3, 4, affected_present=True).met] == [True, False]
    assert not Quorum(6, 4, affected_present=False).met


def test_no_bounds_when_all_are_present():
    form = common_form("linear", WORKED_RATINGS, EQ7.eta)
    assert silent_bounds(form, (5000, 5000), [present(HERE), present(ELSEWHERE)]) is None


def test_bounds_by_hand():
    form = common_form("linear", WORKED_RATINGS, EQ7.eta)
    # .67 from the group that spoke; the silent half can be anything from .40 to .85
    assert silent_bounds(form, (5000, 5000), [present(HERE), ABSENT]) == (D("0.535"), D("0.76"))


def test_bounds_when_nobody_is_present_are_the_extreme_factors():
    form = common_form("linear", WORKED_RATINGS, EQ7.eta)
    assert silent_bounds(form, (5000, 5000), [ABSENT, ABSENT]) == (D("0.40"), D("0.85"))


@settings(deadline=None, max_examples=80)
@given(st.lists(points(), min_size=7, max_size=7), ratings(), st.sampled_from(["linear", "tempered"]))
def test_score_lies_between_the_groups_own_scores(vectors, x, kind):
    """P11, to 0.0001 for published numbers."""
    form = common_form(kind, x, EQ7.eta)
    positions = [present(vector) for vector in vectors]
    pooled = pooled_points(published_voices(worked_groups(), EQ7), positions)
    own = [half_up(form.score(vector)) for vector in vectors]
    slack = D("0.0001") * (1 if kind == "linear" else 10)
    assert min(own) - slack <= half_up(form.score(pooled)) <= max(own) + slack


@settings(deadline=None, max_examples=80)
@given(st.lists(points(), min_size=7, max_size=7), st.sets(st.integers(0, 6), min_size=1), ratings())
def test_whatever_silent_groups_send_the_score_stays_within_the_bounds(vectors, silent, x):
    """P22, to 0.0001 for published numbers."""
    form = common_form("linear", x, EQ7.eta)
    voices = published_voices(worked_groups(), EQ7)
    known = [ABSENT if i in silent else present(vector) for i, vector in enumerate(vectors)]
    low, high = silent_bounds(form, voices, known)
    final = form.score(pooled_points(voices, [present(vector) for vector in vectors]))
    assert low - D("0.0004") <= final <= high + D("0.0004")


@settings(deadline=None, max_examples=40)
@given(st.lists(points(), min_size=7, max_size=7), st.permutations(range(7)))
def test_renaming_groups_changes_nothing_but_a_tie(vectors, order):
    """P12: only the last point of a tie may follow the canonical order."""
    groups = worked_groups()
    weights = voice_weights(groups, EQ7)
    shuffled_weights = voice_weights([groups[i] for i in order], EQ7)
    assert shuffled_weights == tuple(weights[i] for i in order)
    all_here = [True] * 7
    straight = pooled_points(voice_points(weights, all_here), [present(v) for v in vectors])
    shuffled = pooled_points(voice_points(shuffled_weights, all_here), [present(vectors[i]) for i in order])
    assert max(abs(a - b) for a, b in zip(straight, shuffled, strict=True)) <= 2


def test_worked_example_pool():
    groups = worked_groups()
    pooled = pooled_points(published_voices(groups, EQ7), [present(worked_points(one.code)) for one in groups])
    assert pooled == (3058, 2035, 2503, 2404)
