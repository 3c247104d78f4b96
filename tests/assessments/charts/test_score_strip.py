"""C1: the marks stand where their numbers say, and the table says the same."""

import itertools
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assessments.charts import examples
from assessments.charts.score_strip import Line, Mark, score_strip

LINES = [
    Line("Low", Decimal("0.2"), "level"),
    Line("Moderate", Decimal("0.5"), "level"),
    Line("Extra measures", Decimal("0.6"), "power"),
    Line("Possible suspension", Decimal("0.8"), "power"),
]
published = st.decimals(min_value=0, max_value=1, places=4)


def strip_of(*scores, pooled=None):
    marks = [Mark(f"G{place}", f"Group {place}", place, Decimal(score)) for place, score in enumerate(scores)]
    return score_strip(marks=marks, lines=LINES, pooled=pooled)


def ems(length):
    return Decimal(length.removesuffix("em"))


def test_marks_stand_at_their_scores_highest_first():
    strip = strip_of("0.5360", "0.6880")
    assert [(mark.label, mark.shown, mark.x) for mark in strip.marks] == [
        ("G1", "68.8", "68.80%"),
        ("G0", "53.6", "53.60%"),
    ]


def test_table_keeps_the_usual_order_and_ends_with_all_groups():
    strip = strip_of("0.5360", "0.6880", pooled=Decimal("0.6385"))
    assert [(row.label, str(row.name), row.shown) for row in strip.rows] == [
        ("G0", "Group 0", "53.6"),
        ("G1", "Group 1", "68.8"),
        ("", "All groups together", "63.9"),
    ]


def test_level_is_reached_at_its_line_and_power_only_above():
    rows = strip_of("0.4999", "0.5000", "0.6000", "0.6001", "0.8000", "0.8001", "0.1000").rows
    assert [(row.shown, row.level, row.powers) for row in rows] == [
        ("49.9", "Low", ["None"]),
        ("50.0", "Moderate", ["None"]),
        ("60.0", "Moderate", ["At the line of 60.0, not above it: Extra measures stays closed"]),
        ("60.1", "Moderate", ["Extra measures"]),
        (
            "80.0",
            "Moderate",
            ["Extra measures", "At the line of 80.0, not above it: Possible suspension stays closed"],
        ),
        ("80.1", "Moderate", ["Extra measures", "Possible suspension"]),
        ("10.0", "None", ["None"]),
    ]


def test_headline_holds_the_range_or_the_one_score():
    assert strip_of("0.5360", "0.6880").headline == "53.6 to 68.8 out of 100, depending on whose weights are used."
    assert strip_of("0.5360").headline == "53.6 out of 100."
    assert strip_of(pooled=Decimal("0.7")).headline == "70.0 out of 100."


def test_words_turn_to_the_side_with_room():
    assert [(mark.shown, mark.before) for mark in strip_of("0.9500", "0.0500").marks] == [
        ("95.0", True),
        ("5.0", False),
    ]


def test_sign_of_all_groups_stays_inside():
    places = ("0.0000", "0.5000", "1.0000")
    assert [strip_of(pooled=Decimal(place)).pooled.sign for place in places] == ["start", "middle", "end"]


def test_labels_of_lines_close_together_get_rows_of_their_own():
    strip = examples.twelve_strip()
    places = [(line.y, Decimal(line.x.removesuffix("%"))) for line in strip.levels]
    for row in {y for y, _x in places}:
        along = sorted(x for y, x in places if y == row)
        assert all(after - before > 12 for before, after in itertools.pairwise(along))


@given(st.lists(published, max_size=12), st.none() | published)
def test_no_two_marks_share_a_row_and_all_stand_inside(scores, pooled):
    if not scores and pooled is None:
        return
    strip = strip_of(*scores, pooled=pooled)
    rows = [ems(mark.y) for mark in strip.marks] + ([ems(strip.pooled.y)] if strip.pooled else [])
    assert all(after - before >= Decimal("1.8") for before, after in itertools.pairwise(rows))
    assert ems(strip.marks_y) <= min(rows)
    assert max(rows) < ems(strip.axis_y) < ems(strip.height)
    assert all(0 <= Decimal(mark.x.removesuffix("%")) <= 100 for mark in strip.marks)
