"""C7: the lines of the paper over six years."""

import datetime as dt

import pytest

from assessments.charts.examples import roadmap
from assessments.charts.lines_over_time import lines_over_time
from assessments.scoring.parameters import Parameters


def test_curves_run_from_the_first_to_the_full_value():
    assert [(curve.code, curve.first, curve.last) for curve in roadmap().curves] == [
        ("L", "20.0", "30.0"),
        ("M", "50.0", "60.0"),
        ("H", "80.0", "75.0"),
    ]
    low = roadmap().curves[0].points.split()
    assert (len(low), low[0], low[36], low[72]) == (73, "0.00,80.00", "50.00,75.00", "100.00,70.00")


def test_table_has_each_year_and_today():
    moments = roadmap().moments
    assert [moment.words for moment in moments] == [
        "Jan 2026", "Jan 2027", "Mar 2027", "Jan 2028", "Jan 2029", "Jan 2030", "Jan 2031", "Jan 2032",
    ]  # fmt: skip
    assert [moment.words for moment in moments if moment.is_today] == ["Mar 2027"]
    assert [(cell.line, cell.alpha) for cell in moments[0].cells] == [
        ("20.0", "10.0%"),
        ("50.0", "5.0%"),
        ("80.0", "1.0%"),
    ]


def test_headline_says_where_the_lines_stand_today():
    assert roadmap().headline == "Today the lines stand at 21.0 for Low, 51.0 for Moderate and 79.5 for High."


@pytest.mark.parametrize(
    ("today", "words", "x"),
    [
        (dt.date(2025, 12, 31), None, None),
        (dt.date(2026, 1, 31), "Jan 2026", "0.00%"),
        (dt.date(2040, 1, 1), "Jan 2032", "100.00%"),
    ],
)
def test_today_stays_on_the_roadmap(today, words, x):
    chart = lines_over_time(parameters=Parameters(), start=dt.date(2026, 1, 1), today=today)
    assert (chart.today and (chart.today.words, chart.today.x)) == (words and (words, x))
