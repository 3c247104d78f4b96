"""Instants and the time left."""

import datetime as dt
import zoneinfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.template import engines

from lastvote.web import deadlines

LISBON = zoneinfo.ZoneInfo("Europe/Lisbon")
CLOSE = dt.datetime(2027, 6, 30, 16, 0, tzinfo=dt.UTC)


def test_instant_is_told_in_its_place():
    assert deadlines.told(CLOSE, LISBON) == "5pm on Wednesday 30 June 2027 (Lisbon time)"
    assert deadlines.told(CLOSE, zoneinfo.ZoneInfo("UTC")) == "4pm on Wednesday 30 June 2027 (world time, UTC)"
    assert deadlines.place(zoneinfo.ZoneInfo("America/New_York")) == "New York"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "midnight"), (0, 5, "12:05am"), (9, 0, "9am"), (12, 0, "midday"), (12, 30, "12:30pm"), (17, 0, "5pm")],
)
def test_clock_time(hour, minute, words):
    assert deadlines.clock_time(dt.time(hour, minute)) == words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (dt.timedelta(days=4, hours=3), "4 days left"),
        (dt.timedelta(days=1), "1 day left"),
        (dt.timedelta(hours=23, minutes=59), "23 hours left"),
        (dt.timedelta(hours=1), "1 hour left"),
        (dt.timedelta(minutes=59), "less than an hour left"),
        (dt.timedelta(0), "this time has passed"),
        (dt.timedelta(days=-3), "this time has passed"),
    ],
)
def test_time_left(before, words):
    assert deadlines.left(CLOSE, CLOSE - before) == words


@time_machine.travel(CLOSE - dt.timedelta(days=4, minutes=5), tick=False)
def test_tags():
    page = engines["django"].from_string("{% load lastvote %}{% deadline when zone %}|{% moment when zone %}")
    deadline, moment = BeautifulSoup(page.render({"when": CLOSE, "zone": LISBON}), "html.parser").find_all(
        "span", recursive=False
    )
    told = "5pm on Wednesday 30 June 2027 (Lisbon time)"
    assert (deadline["class"], deadline.text.strip()) == (["deadline"], f"{told}, 4 days left")
    assert (moment["class"], moment.text.strip()) == (["moment"], told)
    assert deadline.time["datetime"] == moment.time["datetime"] == "2027-06-30T16:00:00+00:00"
