"""What single cells of a history mean: a share from 0 to 1, a count of raters, a day, a name."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.history_table.faults import Fault, Faulty
from assessments.scoring.arithmetic import decimals, half_up

PLACES = 10
"""Decimals kept of a value: far finer than any rating, and short enough to store and to print."""

NEARLY = Decimal("1e-9")
"""Anything that little above its scale comes from a program's rounding. It is refused all the same, with a hint."""

LONGEST_NUMBER = 40
LONGEST_NAME = 200
MOST_RATERS = 1_000
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
WHOLE = re.compile(r"[0-9]{1,4}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def share_of(cell: str, scale: Decimal, *, row: int, column: str, decimal_commas: bool) -> Decimal:
    """Read a number, refuse anything outside 0 to its scale, and divide it by that.

    Both ends are exact: nothing is rounded before it is compared. The quotient is rounded once, half up.
    """
    number = _number(cell, row, column, decimal_commas=decimal_commas)
    if 0 < number - scale <= scale * NEARLY:
        problem = _("“%(typed)s” is a hair too large. A program's rounding does that.") % {"typed": cell}
        allowed = _("At most %(scale)s. Round the column to 9 decimals and try again.") % {"scale": _plain(scale)}
        raise Faulty(Fault(row, column, "just_above_the_scale", problem, allowed))
    if not 0 <= number <= scale:
        problem = _("“%(typed)s” is outside the scale.") % {"typed": cell}
        allowed = _("A number from 0 to %(scale)s.") % {"scale": _plain(scale)}
        raise Faulty(Fault(row, column, "outside_the_scale", problem, allowed))
    return _rounded(number, scale)


def _rounded(number: Decimal, scale: Decimal) -> Decimal:
    """Divide and round; noughts at the end go, so that 0.5 and 0.50 are stored alike."""
    if scale == 1 and decimals(number) <= PLACES:
        return (number + 0).normalize()  # adding 0 turns -0 into 0
    return half_up(Fraction(number) / Fraction(scale), PLACES).normalize()


def name_of(parts: list[str], *, row: int, column: str) -> str:
    """Join the cells that name a case; a name may look like a formula, for it is only text."""
    name = ", ".join(part for part in parts if part)
    if not name:
        raise Faulty(Fault(row, column, "empty_cell", _("The case has no name."), _("A name in each row.")))
    if len(name) > LONGEST_NAME:
        problem = _("The name is too long.")
        allowed = _("At most %(most)s characters.") % {"most": LONGEST_NAME}
        raise Faulty(Fault(row, column, "name_too_long", problem, allowed))
    return name


def raters_of(cell: str, *, row: int, column: str) -> int | None:
    """Read how many people gave the label; empty means that nobody wrote it down."""
    if not cell:
        return None
    if WHOLE.fullmatch(cell) and 1 <= int(cell) <= MOST_RATERS:
        return int(cell)
    problem = _("“%(typed)s” is no number of raters.") % {"typed": cell}
    allowed = _("A whole number from 1 to %(most)s, or nothing.") % {"most": MOST_RATERS}
    raise Faulty(Fault(row, column, "not_a_count", problem, allowed))


def day_of(cell: str, *, row: int, column: str) -> date | None:
    """Read a day written 2018-03-17; any other order of day and month would be a guess."""
    if not cell:
        return None
    try:
        return date.fromisoformat(cell if DAY.fullmatch(cell) else "")
    except ValueError as error:
        problem = _("“%(typed)s” is no day.") % {"typed": cell}
        allowed = _("Year, month and day, such as 2018-03-17, or nothing.")
        raise Faulty(Fault(row, column, "not_a_day", problem, allowed)) from error


def _number(cell: str, row: int, column: str, *, decimal_commas: bool) -> Decimal:
    if not cell:
        allowed = _("A number. Leave out rows that have none.")
        raise Faulty(Fault(row, column, "empty_cell", _("The cell is empty."), allowed))
    typed = cell.replace(",", ".") if decimal_commas else cell
    if len(typed) <= LONGEST_NUMBER and NUMBER.fullmatch(typed):
        return Decimal(typed)
    problem = _("“%(typed)s” is no number.") % {"typed": cell[:LONGEST_NUMBER]}
    allowed = _("0.5 or 0,5.") if decimal_commas else _("0.5, with a point.")
    raise Faulty(Fault(row, column, "not_a_number", problem, allowed))


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
