"""C4: bars stand where their numbers say, and the table says the same."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.charts.examples import bars, flat_bars
from assessments.charts.range_bars import NamedLine, Weight, percent_of, range_bars

published = st.decimals(min_value=0, max_value=1, places=4)


def test_widest_bar_comes_first_and_is_named():
    chart = bars()
    assert [bar.name for bar in chart.bars] == ["Ease of misuse", "Spread", "Reach", "Harm done"]
    assert chart.headline == "Ease of misuse can move the score most: from 40.0 to 70.5 out of 100."


def test_a_bar_tells_where_it_meets_the_lines():
    misuse, spread, *_ = bars().bars
    assert (misuse.x, misuse.width, misuse.low, misuse.high) == ("40.00%", "30.50%", "40.0", "70.5")
    assert (misuse.without, misuse.alone, misuse.share) == ("70.5", "40.0", "21%")
    assert misuse.cells == [("Meets 60.0 at", "34%"), ("Meets 71.3 at", "–")]
    assert [(one.x, one.shown, one.anchor) for one in spread.meetings] == [
        ("60.00%", "12%", "end"), ("71.32%", "52%", "start"),
    ]  # fmt: skip


def test_equal_ratings_say_that_nothing_moves():
    chart = flat_bars()
    assert chart.headline == "No single weight moves the score from 50.0 out of 100."
    assert [bar.width for bar in chart.bars] == ["0.00%", "0.00%"]


def test_only_nothing_is_nothing_and_only_everything_is_everything():
    shares = [Fraction(0), Fraction(1, 1000), Fraction(999, 1000), Fraction(1)]
    assert [percent_of(share) for share in shares] == ["0%", "1%", "99%", "100%"]


@given(without=published, alone=published, now=published)
def test_no_number_crosses_a_line(without, alone, now):
    line = Decimal("0.6")
    weight = Weight("Harm", Fraction(1, 2), without, alone, {0: None})
    chart = range_bars(weights=[weight], now=now, lines=[NamedLine("Line", line)])
    for score, shown in ((without, chart.bars[0].without), (alone, chart.bars[0].alone), (now, chart.now)):
        assert (score >= line) == (Decimal(shown) >= 60)
        assert (score > line) == (Decimal(shown) > 60)
