"""From the bytes of a file to cases, or to a report of everything that is wrong with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from assessments.case_table.cells import Cells
from assessments.case_table.formats import AIID_COLUMNS, OWN_COLUMNS, OWN_NEEDED, aiid_row, own_row
from assessments.case_table.rows import CaseRow
from assessments.history_table.faults import HEADING_ROW, Fault, Report
from assessments.history_table.sheet import Sheet, read_rows

MOST_CASES = 5_000
"""So many come in within a few seconds. A longer file is cut by whoever has it."""

Reader = Callable[[Cells, str], CaseRow]


@dataclass(frozen=True)
class CaseTable:
    """A file without a fault."""

    rows: tuple[CaseRow, ...]


def read_cases(data: bytes, *, language: str) -> CaseTable | Report:
    """Read a file of cases in either format; ``language`` is the one in which our own format is written.

    Any fault in any row gives a report in place of the table.
    """
    found = read_rows(data)
    if isinstance(found, Report):
        return found
    sheet, faults = found.sheet, list(found.faults)
    reader, wrong = _reader(sheet.heading)
    if wrong:
        return Report.of(wrong)
    if len(sheet.rows) + len(faults) > MOST_CASES:
        problem = _("The file has %(found)s rows.") % {"found": len(sheet.rows) + len(faults)}
        allowed = _("At most %(most)s rows. Cut the file in parts.") % {"most": MOST_CASES}
        return Report.of([Fault(None, None, "too_many_rows", problem, allowed)])
    rows = _rows(sheet, reader, language, faults)
    if faults:
        return Report.of(sorted(faults, key=lambda fault: fault.row or 0))
    return CaseTable(rows)


def _reader(heading: tuple[str, ...]) -> tuple[Reader, list[Fault]]:
    """Choose the format by the heading, and say which columns are missing or unknown."""
    is_aiid = "incident_id" in heading
    needed, known = (AIID_COLUMNS, AIID_COLUMNS) if is_aiid else (OWN_NEEDED, OWN_COLUMNS)
    missing = (_missing(name) for name in needed if name not in heading)
    unknown = (_unknown(name, known) for name in heading if name not in known)
    return (aiid_row if is_aiid else own_row), list(chain(missing, unknown))


def _missing(name: str) -> Fault:
    problem = _("The column “%(name)s” is missing.") % {"name": name}
    return Fault(HEADING_ROW, name, "missing_column", problem, _("A column with exactly this heading."))


def _unknown(name: str, known: tuple[str, ...]) -> Fault:
    problem = _("Nobody knows what this column means.")
    return Fault(HEADING_ROW, name, "unknown_column", problem, _("One of: %(names)s") % {"names": ", ".join(known)})


def _rows(sheet: Sheet, reader: Reader, language: str, faults: list[Fault]) -> tuple[CaseRow, ...]:
    columns = {name: place for place, name in enumerate(sheet.heading)}
    rows = []
    for row in sheet.rows:
        cells = Cells(row, columns)
        rows.append(reader(cells, language))
        faults += cells.faults
    faults += _repeated(rows)
    return tuple(rows)


def _repeated(rows: list[CaseRow]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if first.setdefault(row.entry, row.number) != row.number:
            problem = _("Row %(row)s has the same number.") % {"row": first[row.entry]}
            yield Fault(row.number, None, "duplicate_entry", problem, _("Each number once."))
