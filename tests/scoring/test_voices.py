"""How much each group counts: the demo table, the cap, absent groups (D11)."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.arithmetic import half_up
from assessments.scoring.parameters import Parameters
from assessments.scoring.voices import published_voices, softmax_weights, utilities, voice_points, voice_weights
from tests.scoring.cases import EQ7, worked_groups

UTILITIES = st.lists(st.decimals(-30, 30, places=3), min_size=1, max_size=9)


def normal(weights):
    return [weight / sum(weights) for weight in weights]


def test_demo_table():
    points = published_voices(worked_groups(), EQ7)
    assert [half_up(D(value) / 10_000, 3) for value in points] == [
        D(value) for value in (".126", ".151", ".126", ".166", ".207", ".101", ".123")
    ]
    assert points == (1258, 1506, 1257, 1664, 2073, 1009, 1233)


def test_utilities_by_hand():
    # beta expertise + gamma impact, no record yet
    assert utilities(worked_groups(), EQ7) == tuple(D(v) for v in ("0.7", "0.88", "0.7", "0.98", "1.2", "0.48", "0.68"))


def test_record_fit_enters_with_weight_alpha():
    first = worked_groups()[0]
    rated = replace(first, voice=replace(first.voice, record_fit=D("-0.5")))
    assert utilities([rated], replace(EQ7, alpha=D(2))) == (D("-0.3"),)


def test_equal_voices():
    assert published_voices(worked_groups(), Parameters()) == (1429, 1429, 1429, 1429, 1428, 1428, 1428)


def test_absent_groups_count_nothing_and_the_others_keep_their_ratio():
    weights = voice_weights(worked_groups(), EQ7)
    some = voice_points(weights, [True, False, False, False, True, False, False])
    assert some[1:4] + some[5:] == (0, 0, 0, 0, 0)
    assert D(some[4]) / some[0] == pytest.approx(weights[4] / weights[0], abs=D("0.001"))


def test_one_group_has_the_whole_voice():
    assert voice_points(voice_weights(worked_groups(), EQ7), [False] * 6 + [True]) == (0, 0, 0, 0, 0, 0, 10_000)


def test_nobody_present_has_no_voice():
    assert voice_points((D(1), D(1)), [False, False]) == (0, 0)


def test_one_group_far_ahead_is_capped():
    assert normal(softmax_weights([D(25)] + [D(0)] * 6, D(3)))[0] == pytest.approx(D(1) / 3, abs=D("1e-26"))


@settings(deadline=None, max_examples=100)
@given(UTILITIES)
def test_voices_sum_to_one_and_keep_within_the_cap(u):
    """P14."""
    weights = softmax_weights(u, D(3))
    assert sum(voice_points(weights, [True] * len(u))) == 10_000
    assert max(weights) / min(weights) <= 3 + D("1e-25")


@settings(deadline=None, max_examples=100)
@given(UTILITIES, st.decimals(-5, 5, places=2))
def test_voices_ignore_a_shift_of_all_utilities(u, shift):
    """P14."""
    plain, moved = softmax_weights(u, D(3)), softmax_weights([value + shift for value in u], D(3))
    assert max(abs(a - b) for a, b in zip(plain, moved, strict=True)) < D("1e-30")


@settings(deadline=None, max_examples=50)
@given(UTILITIES.filter(lambda u: len(set(u)) == len(u)), st.randoms(use_true_random=False))
def test_voices_follow_the_groups_not_their_order(u, random):
    """P12."""
    order = list(range(len(u)))
    random.shuffle(order)
    weights = softmax_weights(u, D(3))
    assert softmax_weights([u[i] for i in order], D(3)) == tuple(weights[i] for i in order)
