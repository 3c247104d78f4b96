"""Tags and filters of every page."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms, template

from lastvote import clock, texts
from lastvote.web import deadlines, scores
from lastvote.web.forms import ErrorLink
from lastvote.web.forms import error_links as links_of
from lastvote.web.shapes import shape_path

register = template.Library()


@register.filter
def words(value: dict[str, Any] | str | None) -> str:
    """Return a data text in the page's language."""
    return texts.words_of(value) if isinstance(value, dict) else str(value or "")


@register.filter
def language(value: dict[str, Any] | None) -> str:
    """Return the language of what ``words`` shows, for the ``lang`` attribute."""
    return texts.language_of(value)


@register.filter
def out_of_100(score: Decimal | str | None, lines: Iterable[Decimal | str] | None = None) -> str:
    """Return a score as people read it, never across one of ``lines``."""
    return "" if score is None or score == "" else scores.out_of_100(score, tuple(lines or ()))


@register.filter
def percent(points: int) -> str:
    """Return whole points of 10,000 as a percentage."""
    return f"{scores.percent(points)}%"


@register.inclusion_tag("components/deadline.html")
def deadline(when: dt.datetime, zone: zoneinfo.ZoneInfo) -> dict[str, str]:
    """Show an instant in its own place, and how long is left."""
    return {
        "iso": when.isoformat(),
        "told": deadlines.told(when, zone),
        "left": deadlines.left(when, clock.now()),
    }


@register.inclusion_tag("components/deadline.html")
def moment(when: dt.datetime, zone: zoneinfo.ZoneInfo) -> dict[str, str]:
    """Show an instant in its own place, without saying how far away it is."""
    return {"iso": when.isoformat(), "told": deadlines.told(when, zone)}


@register.simple_tag
def shape(slot: int) -> str:
    """Return the outline of a group's shape."""
    return shape_path(slot)


@register.simple_tag
def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    """Return the lines of the error summary."""
    return links_of(form)
