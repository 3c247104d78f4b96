"""Calendars of a place as rows, as what terms count by, and as the library of public holidays knows them."""

import datetime as dt
from importlib.metadata import version

import holidays

from assessments.scoring.record import canonical_bytes, digest
from deliberation.models import WorkCalendar
from deliberation.terms import WorkDays
from stakeholders.models import Jurisdiction

WEEKEND = (5, 6)
NO_HOLIDAYS = "weekends"
FIRST_YEAR, LAST_YEAR = 1990, 2100


def calendar_in_force(jurisdiction: Jurisdiction) -> WorkCalendar | None:
    """Return the newest version of the place's calendar, if it has one."""
    return jurisdiction.calendars.order_by("-number").first()


def work_days(calendar: WorkCalendar) -> WorkDays:
    """Read a stored calendar."""
    named = {dt.date.fromisoformat(day): name for day, name in calendar.holidays.items()}
    return WorkDays(named, frozenset(calendar.weekend))


def known_places() -> dict[str, list[str]]:
    """Return the countries of the library by code, each with the codes of its parts."""
    return dict(holidays.list_supported_countries(include_aliases=False))


def public_holidays(country: str, part: str, years: range) -> dict[str, str]:
    """Return names of public holidays by ISO date. The caller has checked that the library knows the place."""
    found = holidays.country_holidays(country, subdiv=part or None, years=years, language="en_US")
    return {day.isoformat(): name for day, name in sorted(found.items())}


def source_of(country: str, part: str) -> str:
    """Say where the days come from: the library with its version, and the place."""
    place = "-".join(filter(None, (country, part)))
    return f"holidays {version('holidays')}, {place}"


def calendar_digest(days: dict[str, str], weekend: list[int]) -> str:
    """Return the hash by which two versions are told apart."""
    return digest(canonical_bytes({"holidays": days, "weekend": weekend}))
