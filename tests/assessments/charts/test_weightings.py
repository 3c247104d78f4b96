"""C11: marks and bars stand where their numbers say, and the table says the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.charts.examples import past_case
from assessments.charts.weightings import Band, WeightedScore, weightings

published = st.decimals(min_value=0, max_value=1, places=4)


def chart_of(score, low=None, high=None, name="All groups", told=()):
    row = WeightedScore(name, "All", "", None, Decimal(score), low, high, told)
    bands = [Band("Moderate", Decimal("0.5"), Decimal("0.6")), Band("High", Decimal("0.8"), Decimal("0.75"))]
    titles = tuple("Level" for _ in told)
    return weightings(rows=[row], bands=bands, lines=[Decimal("0.5"), Decimal("0.6")], titles=titles)


def share(length):
    return Decimal(length.removesuffix("%"))


def test_a_row_tells_its_score_and_what_the_evaluators_leave():
    row = past_case().rows[1]
    assert (row.label, row.shown, row.low, row.high) == ("AC", "61.0", "58.0", "64.0")
    assert (row.x, row.bar_x, row.bar_width) == ("61.00%", "58.00%", "6.00%")
    assert [(str(title), str(cell)) for title, cell in row.told] == [("Level at the start", "Moderate")]


def test_a_score_without_a_range_has_no_bar():
    row = chart_of("0.41").rows[0]
    assert (row.low, row.high, row.bar_x, row.bar_width) == ("", "", "41.00%", "0.00%")


def test_a_band_lies_between_both_places_of_its_line_whichever_comes_first():
    moderate, high = chart_of("0.41").bands
    assert (moderate.start, moderate.end, moderate.x, moderate.width) == ("50.0", "60.0", "50.00%", "10.00%")
    assert (high.start, high.end, high.x, high.width) == ("80.0", "75.0", "75.00%", "5.00%")


def test_headline_names_both_ends_or_the_one_score():
    assert past_case().headline == "41.0 to 79.6 out of 100 under different weightings."
    assert chart_of("0.41").headline == "41.0 out of 100 under every weighting."


@pytest.mark.parametrize(("name", "short"), [("x" * 24, ""), ("x" * 25, "All")])
def test_a_phone_gets_a_short_name_where_the_long_one_does_not_fit(name, short):
    assert chart_of("0.41", name=name).rows[0].short == short


def test_every_cell_of_a_row_needs_a_title():
    with pytest.raises(ValueError, match="zip"):
        weightings(rows=[WeightedScore("A", "A", "", None, Decimal(0), None, None, ("more",))], bands=[], lines=[])


@given(score=published, edges=st.tuples(published, published))
def test_the_bar_starts_and_ends_at_the_edges_and_nothing_crosses_a_line(score, edges):
    low, high = sorted(edges)
    row = chart_of(score, low, high).rows[0]
    assert share(row.bar_x) + share(row.bar_width) == pytest.approx(high * 100)
    for line in (Decimal("0.5"), Decimal("0.6")):
        assert (Decimal(row.shown) >= line * 100) == (score >= line)
