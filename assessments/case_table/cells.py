"""What single cells of a file of cases mean. A cell that cannot be used gives a fault and stops nothing else."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _

from assessments.actions.days import YEARS
from assessments.actions.written_words import check_address
from assessments.history_table.faults import Fault
from assessments.history_table.sheet import Row
from lastvote.errors import Refused
from lastvote.hidden_characters import is_hidden, without_hidden_characters

Meaning = TypeVar("Meaning")
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
LAST_MONTH = 12


@dataclass
class Cells:
    """The cells of one row by their headings, and every fault that was found in them."""

    row: Row
    columns: dict[str, int]
    faults: list[Fault] = field(default_factory=list)

    def words(self, column: str, *, longest: int, required: bool = True) -> str:
        """Read words that everybody may see."""
        cell = self._cell(column)
        if any(is_hidden(sign) for sign in cell):
            problem = _("The cell holds signs that nobody can see or that turn the writing.")
            self._add(column, "hidden_characters", problem, _("Plain words."))
        elif required and not without_hidden_characters(cell):
            self._add(column, "empty_cell", _("The cell is empty."), _("Words in each row."))
        elif len(cell) > longest:
            problem = _("The cell has %(found)s characters.") % {"found": len(cell)}
            self._add(column, "max_length", problem, _("At most %(most)s characters.") % {"most": longest})
        return cell

    def one_of(self, column: str, allowed: tuple[str, ...], *, otherwise: str | None = None) -> str:
        """Read one word of a list; an empty cell means ``otherwise`` where there is one."""
        cell = self._cell(column)
        if not cell and otherwise is not None:
            return otherwise
        if cell not in allowed:
            problem = _("“%(typed)s” is not on the list.") % {"typed": cell[:40]}
            self._add(column, "unknown_value", problem, _("One of: %(allowed)s") % {"allowed": ", ".join(allowed)})
        return cell

    def like(self, column: str, pattern: re.Pattern[str], allowed: str) -> str:
        """Read a cell of a fixed form."""
        cell = self._cell(column)
        if not pattern.fullmatch(cell):
            problem = _("“%(typed)s” does not have the form of this column.") % {"typed": cell[:40]}
            self._add(column, "unknown_value", problem, allowed)
        return cell

    def day(self, column: str, *, required: bool = False) -> dt.date | None:
        """Read one day, written 2018-03-17."""
        days = self.days(column, required=required)
        if days and days[0] != days[1]:
            self._no_day(column)
        return days[0] if days else None

    def days(self, column: str, *, required: bool = False) -> tuple[dt.date, dt.date] | None:
        """Read a day, a month or a year as the first and the last day that it can mean."""
        cell = self._cell(column)
        if not cell and not required:
            return None
        found = _days_of(cell)
        if found is None:
            self._no_day(column)
        elif found[0].year not in YEARS:
            problem = _("“%(typed)s” is out of range.") % {"typed": cell[:40]}
            self._add(column, "out_of_range", problem, _("A year from 1900 to 2199."))
        return found

    def address(self, column: str) -> str:
        """Read an address that people are shown; nothing is fetched from it."""
        cell = self._cell(column)
        if cell:
            self._try(column, lambda: check_address(cell, field=column))
        return cell

    def fault(self, column: str | None, code: str, problem: str, allowed: str) -> None:
        """Note what several cells together do wrong."""
        self._add(column, code, problem, allowed)

    def _try(self, column: str, check: Callable[[], Meaning]) -> None:
        try:
            check()
        except Refused as refused:
            self._add(column, refused.code, _("This address cannot be shown."), str(refused.message))

    def _no_day(self, column: str) -> None:
        problem = _("“%(typed)s” is no day.") % {"typed": self._cell(column)[:40]}
        self._add(column, "not_a_day", problem, _("Year, month and day, such as 2018-03-17."))

    def _cell(self, column: str) -> str:
        place = self.columns.get(column)
        return "" if place is None else self.row.cells[place]

    def _add(self, column: str | None, code: str, problem: str, allowed: str) -> None:
        self.faults.append(Fault(self.row.number, column, code, problem, allowed))


def _days_of(cell: str) -> tuple[dt.date, dt.date] | None:
    found = DATE.fullmatch(cell)
    if found is None or (found[2] and not 1 <= int(found[2]) <= LAST_MONTH):
        return None
    year, first_month, last_month = int(found[1]), int(found[2] or 1), int(found[2] or LAST_MONTH)
    try:
        last_day = int(found[3] or calendar.monthrange(year, last_month)[1])
        return dt.date(year, first_month, int(found[3] or 1)), dt.date(year, last_month, last_day)
    except ValueError:
        return None
