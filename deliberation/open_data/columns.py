"""What a table of open data is made of. The files and their dictionary are written from the same definition."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.scoring.record import number_text

Value: TypeAlias = str | int | bool | None

DECIMAL = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


@dataclass(frozen=True)
class Unit:
    """What a value is: in words for people, and as JSON Schema for programs."""

    words: Promise
    schema: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.words)


WORDS = Unit(_("Words"), {"type": "string"})
WHOLE = Unit(_("Whole number"), {"type": "integer", "minimum": 0})
DAY = Unit(_("Day, as year-month-day"), {"type": "string", "format": "date"})
MOMENT = Unit(_("Day and time in UTC"), {"type": "string", "format": "date-time"})
SHARE = Unit(_("Number from 0 to 1"), DECIMAL)
NUMBER = Unit(_("Number"), DECIMAL)
POINTS = Unit(_("Whole points of 10,000"), {"type": "integer", "minimum": 0, "maximum": 10_000})
ADDRESS = Unit(_("Address of a page"), {"type": "string", "format": "uri"})
YES_NO = Unit(_("Yes or no"), {"type": "boolean"})
CODE = Unit(_("Code"), {"type": "string"})
BOTH = ("true", "false")


@dataclass(frozen=True)
class Column:
    """One column: its name in every file, what it means, its unit, the values it may have, and where they come from.

    ``allowed`` is empty where any value of the unit may stand. ``empty`` columns may hold nothing at all.
    """

    name: str
    meaning: Promise
    unit: Unit
    read: Callable[[Any], Any]
    allowed: tuple[str, ...] = ()
    empty: bool = False

    def value(self, row: Any) -> Value:
        """Return what stands in this column: decimals as text, so that no reader changes them."""
        found = self.read(row)
        if isinstance(found, Decimal):
            return number_text(found)
        if isinstance(found, dt.datetime):
            return found.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        if isinstance(found, dt.date):
            return found.isoformat()
        return found if found is None or isinstance(found, bool | int) else str(found)


@dataclass(frozen=True)
class Table:
    """Columns in their order. The first ``keys`` of them name a row."""

    name: str
    title: Promise
    columns: tuple[Column, ...]
    keys: int = 1

    def rows(self, found: Iterable[Any]) -> list[dict[str, Value]]:
        """Read every row."""
        return [{column.name: column.value(row) for column in self.columns} for row in found]
