"""Terms: which day is the last one, and why."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.terms import NoEndError, Pause, Term, Unit, Why, WorkDays, due, warnings_between

LISBON = ZoneInfo("Europe/Lisbon")
NEW_YEAR = {dt.date(2027, 1, 1): "New Year's Day"}
DAYS = WorkDays(NEW_YEAR)


def at(text, zone=LISBON):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def reasons(found):
    return [(line.day.isoformat(), line.why.value) for line in found.trace]


def test_working_days_leave_out_weekends_and_holidays_and_say_so():
    found = due(at("2026-12-30T10:00"), Term(Unit.WORKING, 3), DAYS, LISBON)
    assert found.at == at("2027-01-05T17:00")
    assert reasons(found) == [
        ("2026-12-30", "start"), ("2026-12-31", "counted"), ("2027-01-01", "holiday"), ("2027-01-02", "weekend"),
        ("2027-01-03", "weekend"), ("2027-01-04", "counted"), ("2027-01-05", "counted"),
    ]  # fmt: skip
    assert [line.number for line in found.trace] == [0, 1, None, None, None, 2, 3]
    assert found.trace[2].name == "New Year's Day"


def test_calendar_days_count_every_day_and_roll_on_to_a_working_day():
    found = due(at("2026-12-18T10:00"), Term(Unit.CALENDAR, 14), DAYS, LISBON)
    assert reasons(found)[-4:] == [
        ("2027-01-01", "counted"), ("2027-01-02", "rolled"), ("2027-01-03", "rolled"), ("2027-01-04", "rolled"),
    ]  # fmt: skip
    assert found.at == at("2027-01-04T17:00")


def test_day_zero_is_the_local_day_of_the_event():
    just_after_midnight_in_lisbon = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert due(just_after_midnight_in_lisbon, Term(Unit.CALENDAR, 1), DAYS, LISBON).day == dt.date(2026, 7, 2)


def test_a_term_of_no_days_ends_on_the_day_of_the_event_or_the_next_working_day():
    assert due(at("2027-01-04T10:00"), Term(Unit.WORKING, 0), DAYS, LISBON).at == at("2027-01-04T17:00")
    assert due(at("2027-01-02T10:00"), Term(Unit.WORKING, 0), DAYS, LISBON).at == at("2027-01-04T17:00")


def test_leap_day_is_a_day():
    assert due(at("2028-02-28T10:00"), Term(Unit.CALENDAR, 2), WorkDays(), LISBON).day == dt.date(2028, 3, 1)
    assert due(at("2028-02-28T10:00"), Term(Unit.CALENDAR, 1), WorkDays(), LISBON).day == dt.date(2028, 2, 29)


def test_the_closing_hour_is_local_on_both_sides_of_a_change_of_the_clocks():
    spring = due(at("2027-03-26T10:00"), Term(Unit.WORKING, 1), WorkDays(), LISBON)
    autumn = due(at("2027-10-29T10:00"), Term(Unit.WORKING, 1), WorkDays(), LISBON)
    assert (spring.at.hour, autumn.at.hour) == (16, 17)
    assert {found.at.astimezone(LISBON).hour for found in (spring, autumn)} == {17}


def test_an_hour_that_the_clock_skips_or_repeats_has_one_meaning():
    skipped = due(at("2027-03-26T00:30"), Term(Unit.CALENDAR, 2, closing_hour=1), WorkDays(weekend=frozenset()), LISBON)
    assert skipped.at == dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC)
    twice = due(at("2027-10-29T00:30"), Term(Unit.CALENDAR, 2, closing_hour=1), WorkDays(weekend=frozenset()), LISBON)
    assert twice.at == dt.datetime(2027, 10, 31, 0, 0, tzinfo=dt.UTC)


def test_pauses_do_not_count_and_name_their_reason():
    pauses = [Pause(dt.date(2026, 6, 3), dt.date(2026, 6, 4), "court")]
    found = due(at("2026-06-01T10:00"), Term(Unit.CALENDAR, 3), WorkDays(), LISBON, pauses)
    assert [(line.why.value, line.name) for line in found.trace] == [
        ("start", ""), ("counted", ""), ("paused", "court"), ("paused", "court"), ("counted", ""), ("counted", ""),
        ("rolled", ""), ("rolled", ""),
    ]  # fmt: skip


def test_extension_and_credit_are_days_of_their_own():
    term = Term(Unit.WORKING, 1, added=2, credit=3)
    found = due(at("2026-06-01T10:00"), term, WorkDays(), LISBON)
    assert [line.why.value for line in found.trace] == [
        "start", "counted", "extended", "extended", "credit", "credit", "credit", "rolled",
    ]  # fmt: skip
    assert found.at == at("2026-06-08T17:00")


def test_days_added_or_given_back_count_from_the_day_that_people_were_told():
    """The fifteenth day is a Saturday, so people have until Monday: one day more is Tuesday."""
    convened = at("2027-04-02T10:00")
    ends = [
        due(convened, term, WorkDays(), LISBON).day
        for term in (
            Term(Unit.CALENDAR, 15), Term(Unit.CALENDAR, 15, added=1), Term(Unit.CALENDAR, 15, credit=1),
            Term(Unit.CALENDAR, 15, added=5, credit=1),
        )
    ]  # fmt: skip
    assert [day.isoformat() for day in ends] == ["2027-04-19", "2027-04-20", "2027-04-20", "2027-04-27"]


def test_a_calendar_without_working_days_has_no_end():
    with pytest.raises(NoEndError):
        due(at("2026-06-01T10:00"), Term(Unit.WORKING, 1), WorkDays(weekend=frozenset(range(7))), LISBON)


@pytest.mark.parametrize(
    ("share", "after", "told"),
    [
        (0.49, 0, 0),
        (0.5, 0, 50),
        (0.79, 50, 50),
        (0.8, 50, 80),
        (1, 80, 100),
        (3, 0, 100),
        (1, 100, 100),
        (0.9, 80, 80),
    ],
)
def test_warnings_come_once_each_and_late_ones_together(share, after, told):
    start, end = at("2026-06-01T00:00"), at("2026-06-11T00:00")
    assert warnings_between(start, end, after=after, now=start + (end - start) * share) == told


def test_a_term_without_length_is_warned_about_at_once():
    now = at("2026-06-01T00:00")
    assert warnings_between(now, now, after=0, now=now) == 100


starts = st.integers(0, 5 * 365 * 24).map(lambda hours: at("2026-01-01T00:00") + dt.timedelta(hours=hours))
terms = st.builds(
    Term, st.sampled_from(Unit), st.integers(0, 60), added=st.integers(0, 10), credit=st.integers(0, 5)
)  # fmt: skip
holidays = st.lists(st.dates(dt.date(2026, 1, 1), dt.date(2031, 12, 31)), max_size=40).map(
    lambda found: WorkDays(dict.fromkeys(found, "Holiday"))
)
pauses = st.lists(
    st.builds(lambda first, days: Pause(first, first + dt.timedelta(days=days), "court"),
              st.dates(dt.date(2026, 1, 1), dt.date(2031, 1, 1)), st.integers(0, 20)),
    max_size=3,
)  # fmt: skip


@given(starts, terms, holidays, pauses)
def test_any_term_ends_on_a_working_day_and_its_trace_has_every_day_once(start, term, days, paused):
    found = due(start, term, days, LISBON, paused)
    shown = [line.day for line in found.trace]
    assert shown == [shown[0] + dt.timedelta(days=number) for number in range(len(shown))]
    assert days.reason_off(found.day) is None
    assert not any(pause.covers(found.day) for pause in paused)
    assert sum(line.why == Why.COUNTED for line in found.trace) == term.length
    assert found.at.astimezone(LISBON).hour == term.closing_hour


@given(starts, terms, holidays, pauses, st.dates(dt.date(2026, 1, 1), dt.date(2031, 1, 1)))
def test_one_more_day_off_never_brings_an_end_forward(start, term, days, paused, day):
    more = WorkDays({**days.holidays, day: "Another"})
    assert due(start, term, more, LISBON, paused).at >= due(start, term, days, LISBON, paused).at


@given(starts, terms, holidays, pauses)
def test_every_day_added_or_given_back_moves_the_end_by_a_day_at_least(start, term, days, paused):
    bare = due(start, replace(term, added=0, credit=0), days, LISBON, paused).day
    added = due(start, replace(term, credit=0), days, LISBON, paused).day
    both = due(start, term, days, LISBON, paused).day
    assert ((added - bare).days >= term.added, (both - added).days >= term.credit) == (True, True)
