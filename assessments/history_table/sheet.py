"""From the bytes of a CSV file to headed rows of text. Cells are text here, whatever they look like."""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.history_table.faults import HEADING_ROW, Fault, Faulty, Report

MOST_BYTES = 20_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 500
LONGEST_CELL = 2_000
LONGEST_HEADING = 100_000
"""Characters of a heading that are looked at to find the delimiter; below the limit of the csv module."""

MEGABYTE = 1_000_000
DELIMITERS = ("\t", ";", ",")
"""Where a heading could be cut by two of them equally often, the first wins: a comma may be part of a heading."""

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """One row of a sheet; `number` is the one that a spreadsheet shows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A whole file that could be read: every row has as many cells as the heading."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str

    @property
    def has_decimal_commas(self) -> bool:
        """Tell whether 0,5 means a half. Where commas part the cells it would be a guess."""
        return self.delimiter != ","


@dataclass(frozen=True)
class LooseSheet:
    """What could be read of a file, and what is wrong with its other rows."""

    sheet: Sheet
    faults: tuple[Fault, ...]


def read_sheet(data: bytes) -> Sheet | Report:
    """Read UTF-8 text, with or without a byte order mark, whose cells are parted by tab, semicolon or comma.

    Empty lines are passed over and keep their numbers. Outer spaces of a cell go; nothing else is changed.
    """
    found = read_rows(data)
    if isinstance(found, Report):
        return found
    return Report.of(found.faults) if found.faults else found.sheet


def read_rows(data: bytes) -> LooseSheet | Report:
    """Read as ``read_sheet`` does, but go on after a row that cannot be used, so that all of them can be told."""
    try:
        return _loose(_decoded(data))
    except Faulty as stopped:
        return Report.of([stopped.fault])


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        problem = _("The file has %(megabytes)s megabytes.") % {"megabytes": -(-len(data) // MEGABYTE)}
        allowed = _("At most %(most)s megabytes.") % {"most": MOST_BYTES // MEGABYTE}
        raise Faulty(Fault(None, None, "file_too_large", problem, allowed))
    if not data.strip():
        raise Faulty(Fault(None, None, "file_empty", _("The file is empty."), _("A heading and at least one row.")))
    if data.startswith(UTF_16_MARKS):
        raise _not_utf8(None)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(data.count(b"\n", 0, error.start) + HEADING_ROW) from error


def _not_utf8(row: int | None) -> Faulty:
    problem = _("The file holds bytes that are not UTF-8 text.")
    return Faulty(Fault(row, None, "not_utf8", problem, _("Save the file as “CSV UTF-8”.")))


def _loose(text: str) -> LooseSheet:
    delimiter = _delimiter(text)
    rows = _filled_rows(text, delimiter)
    heading = next(rows, None)
    if heading is None:
        raise Faulty(Fault(None, None, "file_empty", _("The file is empty."), _("A heading and at least one row.")))
    if isinstance(heading, Fault):
        raise Faulty(heading)
    _check_heading(heading)
    found = [_as_wide(row, len(heading.cells)) for row in _capped(rows)]
    if not found:
        problem, allowed = _("There is nothing below the heading."), _("At least one row below the heading.")
        raise Faulty(Fault(None, None, "no_rows", problem, allowed))
    faults = tuple(row for row in found if isinstance(row, Fault))
    return LooseSheet(Sheet(heading.cells, tuple(row for row in found if isinstance(row, Row)), delimiter), faults)


def _delimiter(text: str) -> str:
    """Find the sign that cuts the first line into most cells."""
    first = next((line for line in StringIO(text, newline=None) if line.strip()), "")[:LONGEST_HEADING]
    cut = {sign: len(next(csv.reader([first], delimiter=sign))) for sign in DELIMITERS}
    return max(DELIMITERS, key=cut.__getitem__)


def _filled_rows(text: str, delimiter: str) -> Iterator[Row | Fault]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unreadable(number, error) from error
        if any(cell.strip() for cell in cells):
            yield _row(number, cells)


def _row(number: int, cells: list[str]) -> Row | Fault:
    try:
        return Row(number, tuple(_cell(number, cell) for cell in cells))
    except Faulty as spoilt:
        return spoilt.fault


def _unreadable(number: int, error: csv.Error) -> Faulty:
    if "field larger" in str(error):  # the csv module's own limit is far above ours
        return _cell_too_long(number)
    problem = _("A quotation mark in this row is not closed, or stands in the middle of a cell.")
    allowed = _("Put quotation marks around the whole cell, and double those inside it.")
    return Faulty(Fault(number, None, "broken_quotes", problem, allowed))


def _cell(number: int, cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        raise _cell_too_long(number)
    clean = unicodedata.normalize("NFC", cell).strip()
    if any(unicodedata.category(sign) == "Cc" for sign in clean):
        problem = _("A cell holds a line break, a tab or another control character.")
        raise Faulty(Fault(number, None, "control_character", problem, _("Text in one line.")))
    return clean


def _cell_too_long(number: int) -> Faulty:
    problem = _("A cell of this row is too long.")
    allowed = _("At most %(most)s characters in a cell.") % {"most": LONGEST_CELL}
    return Faulty(Fault(number, None, "cell_too_long", problem, allowed))


def _check_heading(heading: Row) -> None:
    if len(heading.cells) == 1:
        problem = _("The file has only one column.")
        allowed = _("Two columns or more, parted by comma, semicolon or tab.")
        raise Faulty(Fault(heading.number, None, "one_column", problem, allowed))
    if len(heading.cells) > MOST_COLUMNS:
        problem = _("The file has %(found)s columns.") % {"found": len(heading.cells)}
        allowed = _("At most %(most)s columns.") % {"most": MOST_COLUMNS}
        raise Faulty(Fault(heading.number, None, "too_many_columns", problem, allowed))
    named = [name for name in heading.cells if name]
    for place, name in enumerate(named):
        if name in named[:place]:
            problem, allowed = _("Two columns have this heading."), _("Each heading once.")
            raise Faulty(Fault(heading.number, name, "duplicate_heading", problem, allowed))


def _capped(rows: Iterator[Row | Fault]) -> Iterator[Row | Fault]:
    for count, row in enumerate(rows):
        if count == MOST_ROWS:
            problem = _("The file has more rows than can be read.")
            allowed = _("At most %(most)s rows below the heading.") % {"most": MOST_ROWS}
            number = row.row if isinstance(row, Fault) else row.number
            raise Faulty(Fault(number, None, "too_many_rows", problem, allowed))
        yield row


def _as_wide(row: Row | Fault, needed: int) -> Row | Fault:
    if isinstance(row, Fault) or len(row.cells) == needed:
        return row
    count = len(row.cells)
    problem = ngettext("This row has %(found)s cell.", "This row has %(found)s cells.", count) % {"found": count}
    allowed = _("%(needed)s cells, as many as the heading has.") % {"needed": needed}
    return Fault(row.number, None, "row_length", problem, allowed)
