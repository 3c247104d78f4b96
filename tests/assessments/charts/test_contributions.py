"""C6: the parts lie end to end and, with the rest, fill 100."""

from decimal import Decimal

from assessments.charts.contributions import Part, contributions
from assessments.charts.examples import parts


def share(length):
    return Decimal(length.removesuffix("%"))


def test_worked_example():
    chart = parts()
    assert [(bar.name, bar.weight, bar.rating, bar.shown) for bar in chart.bars] == [
        ("Harm done", "38%", "70.0", "26.9"),
        ("Ease of misuse", "8%", "40.0", "3.1"),
        ("Spread", "31%", "85.0", "26.2"),
        ("Reach", "23%", "55.0", "12.7"),
    ]
    assert chart.headline == "Harm done adds most: 26.9 of 68.9."
    assert (chart.score, chart.rest.shown) == ("68.9", "31.2")


def test_each_bar_starts_where_the_one_before_it_ended():
    chart = parts()
    ends = [share(bar.x) + share(bar.width) for bar in chart.bars]
    assert [share(bar.x) for bar in (*chart.bars[1:], chart.rest)] == [*ends[:-1], Decimal("68.85")]
    assert share(chart.rest.x) + share(chart.rest.width) == 100


def test_item_that_adds_nothing_has_no_width():
    chart = contributions([Part("Harm", 10_000, Decimal(0), Decimal(0))], Decimal(0))
    assert (chart.bars[0].width, chart.rest.width) == ("0.00%", "100.00%")
