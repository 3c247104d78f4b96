"""C3: each group's two scores are drawn and told, letters keep apart, and too many groups are told alone."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.charts.examples import many_scores, moved_scores, unmoved_scores
from assessments.charts.slope import LABEL_ROW, GroupScores, slope, spread_apart

LINE = Decimal("0.6")


def ems(length):
    return Decimal(length.removesuffix("em"))


def drawn(*pairs):
    groups = [
        GroupScores(f"G{slot}", f"Group {slot}", slot, Decimal(before), Decimal(after))
        for slot, (before, after) in enumerate(pairs)
    ]
    return slope(groups=groups, numbers=(1, 2), lines=[LINE])


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([("0.5", "0.56"), ("0.7", "0.68")], ", Group 0 moved by 6 of 100, the others by 2 or less."),
        ([("0.5", "0.5"), ("0.7", "0.655")], " only Group 1 moved, by 4.5 of 100."),
        ([("0.5", "0.56"), ("0.7", "0.64")], " no group moved by more than 6 of 100."),
        ([("0.5", "0.5"), ("0.7", "0.7")], " no group's own score moved."),
        ([("0.5", "0.51")], ", Group 0 moved by 1 of 100."),
    ],
)
def test_the_sentence_names_who_moved_furthest_and_how_far_the_others_did(pairs, said):
    assert drawn(*pairs).headline == f"From round 1 to round 2{said}"


def test_the_change_is_that_of_the_numbers_shown_and_no_line_is_crossed_by_rounding():
    rows = drawn(("0.5996", "0.6004"), ("0.70", "0.64"), ("0.1", "0.1")).rows
    assert [(row.before, row.after, row.change) for row in rows] == [
        ("59.9", "60.1", "+0.2"), ("70.0", "64.0", "−6.0"), ("10.0", "10.0", "0.0"),
    ]  # fmt: skip


def test_a_higher_score_stands_higher_at_both_ends():
    low, high = drawn(("0.5", "0.7"), ("0.6", "0.4")).lines
    assert ems(low.before.y) > ems(high.before.y)
    assert ems(low.after.y) < ems(high.after.y)


def test_a_small_move_does_not_look_like_a_large_one():
    (small,), (large,) = drawn(("0.500", "0.501")).lines, drawn(("0.4", "0.6")).lines
    moved = [abs(ems(line.before.y) - ems(line.after.y)) for line in (small, large)]
    assert moved[0] < moved[1] / 50


@pytest.mark.parametrize("example", [moved_scores, unmoved_scores])
def test_letters_at_one_end_keep_apart_and_inside(example):
    chart = example()
    assert len(chart.lines) == len(chart.rows) == 7
    for side in ("before", "after"):
        places = sorted(ems(getattr(line, side).label_y) for line in chart.lines)
        assert all(below - above >= LABEL_ROW for above, below in pairwise(places))
        assert ems(chart.top_y) < places[0] < places[-1] < ems(chart.foot_y)


@given(st.lists(st.decimals("0.8", "10.4", places=2), min_size=1, max_size=7))
def test_places_move_apart_in_their_order_and_stay_in_the_room(places):
    moved = spread_apart(places, LABEL_ROW * 7)
    order = sorted(range(len(places)), key=lambda number: places[number])
    assert all(moved[below] - moved[above] >= LABEL_ROW for above, below in pairwise(order))
    assert min(moved) >= LABEL_ROW / 2
    assert max(moved) <= LABEL_ROW * 7 - LABEL_ROW / 2


def test_more_than_seven_groups_are_told_in_the_table_alone():
    chart = many_scores()
    assert (chart.lines, len(chart.rows)) == ([], 8)


def test_what_stands_is_marked():
    assert moved_scores().any_stands
    assert not unmoved_scores().any_stands
