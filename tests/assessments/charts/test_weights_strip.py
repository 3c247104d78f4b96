"""C2: every group stands at its share, no two on one place, and the table says the same."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.charts.examples import weights_agreed, weights_of_groups
from assessments.charts.weights_strip import MARK_ROOM, GroupWeights, weights_strip
from assessments.scoring.arithmetic import apportion

answers = st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any).map(apportion)


def share(length: str) -> Decimal:
    return Decimal(length.removesuffix("%")) / 100


def test_headline_names_the_item_that_groups_differ_about_most():
    assert weights_of_groups().headline == "Groups differ most about Ease of misuse: 8% to 46% of the weight."
    assert weights_agreed().headline == "All groups give every item the same weight; Harm done gets 100%."


def test_rows_tell_shares_spread_and_what_is_wide():
    chart = weights_of_groups()
    assert [(row.name, row.wide, row.spread) for row in chart.rows] == [
        ("Harm done", False, "8.5"), ("Ease of misuse", True, "14.5"), ("Spread", False, "9.3"),
        ("Reach", False, "8.0"),
    ]  # fmt: skip
    assert [cell for _group, cell in chart.rows[0].cells] == ["38%", "38%", "36%", "33%", "17%", "18%", "29%"]


def test_the_drawing_ends_at_the_next_fifth():
    assert [tick.text for tick in weights_of_groups().ticks][-1] == "60"
    assert [tick.text for tick in weights_agreed().ticks][-1] == "100"


def test_a_group_shows_100_in_all():
    for place in range(7):
        assert sum(int(row.cells[place][1][:-1]) for row in weights_of_groups().rows) == 100


@settings(deadline=None)
@given(st.lists(answers, min_size=1, max_size=12))
def test_marks_of_one_lane_never_meet(rows):
    groups = [GroupWeights(f"G{slot}", "Group", slot, points) for slot, points in enumerate(rows)]
    chart = weights_strip(items=list("ABCD"), groups=groups, spreads=[Decimal(0)] * 4, wide=[])
    for row in chart.rows:
        for one, other in combinations(row.marks, 2):
            if one.y == other.y:
                starts = [share(mark.x) - (MARK_ROOM if mark.before else 0) for mark in (one, other)]
                assert abs(starts[0] - starts[1]) >= MARK_ROOM - Decimal("0.0002")
