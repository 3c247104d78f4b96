"""A file of past incidents that people have judged: either a complete table, or a report of everything wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from assessments.history_table.cells import day_of, name_of, raters_of, share_of
from assessments.history_table.faults import Fault, Faulty, Report
from assessments.history_table.mapping import ColumnMapping, faults_of
from assessments.history_table.sheet import Row, Sheet, read_sheet


@dataclass(frozen=True)
class HistoryCase:
    """One past incident.

    row : number of its row in the file
    values : (F,) in [0, 1], at most 10 decimals, in the order of the table's factors
    label : judged severity in [0, 1], at most 10 decimals
    """

    row: int
    name: str
    values: tuple[Decimal, ...]
    label: Decimal
    raters: int | None
    day: date | None


@dataclass(frozen=True)
class HistoryTable:
    """All past incidents of one file, in its order, each name once."""

    factors: tuple[str, ...]
    cases: tuple[HistoryCase, ...]


def read_history(data: bytes, mapping: ColumnMapping) -> HistoryTable | Report:
    """Read a file of past incidents.

    Returns
    -------
    the table if every mapped cell of every row is good, else the report of what is not; never some of each
    """
    sheet = read_sheet(data)
    return history_of(sheet, mapping) if isinstance(sheet, Sheet) else sheet


def history_of(sheet: Sheet, mapping: ColumnMapping) -> HistoryTable | Report:
    """Read past incidents from a sheet that was read before."""
    wrong = Report.of(faults_of(mapping, sheet.heading))
    if wrong.faults:
        return wrong
    readers = [_RowReader(sheet, mapping, row) for row in sheet.rows]
    cases = [reader.case_or_none() for reader in readers]
    faults = Report.of(_all_faults(readers, cases))
    if faults.faults:
        return faults
    return HistoryTable(tuple(mapping.factors), tuple(case for case in cases if case is not None))


def _all_faults(readers: "list[_RowReader]", cases: list[HistoryCase | None]) -> Iterator[Fault]:
    first_rows: dict[str, int] = {}
    for reader, case in zip(readers, cases, strict=True):
        if case is None:
            yield from reader.faults()
        name = reader.name_or_none()
        if name is not None and name in first_rows:
            yield _duplicate(reader, first_rows[name])
        elif name is not None:
            first_rows[name] = reader.row.number


def _duplicate(reader: "_RowReader", first: int) -> Fault:
    problem = _("Row %(first)s has the same name.") % {"first": first}
    return Fault(reader.row.number, reader.mapping.names[0], "duplicate_name", problem, _("Each case once."))


class _RowReader:
    """One row under one mapping. Reading a cell gives its value or stops with its fault."""

    def __init__(self, sheet: Sheet, mapping: ColumnMapping, row: Row) -> None:
        self.mapping = mapping
        self.row = row
        self.decimal_commas = sheet.has_decimal_commas
        self.cells = dict(zip(sheet.heading, row.cells, strict=True))

    def faults(self) -> Iterator[Fault]:
        """Find every bad cell, for a person mends a row once and not once for each cell."""
        for read in self._readers():
            fault = _fault_of(read)
            if fault is not None:
                yield fault

    def case_or_none(self) -> HistoryCase | None:
        try:
            return self._case()
        except Faulty:
            return None

    def name_or_none(self) -> str | None:
        return None if _fault_of(self._name) else self._name()

    def _case(self) -> HistoryCase:
        return HistoryCase(
            row=self.row.number,
            name=self._name(),
            values=tuple(self._share(column) for column in self.mapping.factors.values()),
            label=self._share(self.mapping.label),
            raters=self._raters(),
            day=self._day(),
        )

    def _readers(self) -> Iterator[Callable[[], object]]:
        yield self._name
        for column in (*self.mapping.factors.values(), self.mapping.label):
            yield partial(self._share, column)
        yield self._raters
        yield self._day

    def _name(self) -> str:
        names = self.mapping.names
        return name_of([self.cells[column] for column in names], row=self.row.number, column=names[0])

    def _share(self, column: str) -> Decimal:
        scale = self.mapping.scale_of(column)
        return share_of(
            self.cells[column], scale, row=self.row.number, column=column, decimal_commas=self.decimal_commas
        )

    def _raters(self) -> int | None:
        column = self.mapping.raters
        return None if column is None else raters_of(self.cells[column], row=self.row.number, column=column)

    def _day(self) -> date | None:
        column = self.mapping.day
        return None if column is None else day_of(self.cells[column], row=self.row.number, column=column)


def _fault_of(read: Callable[[], object]) -> Fault | None:
    try:
        read()
    except Faulty as stopped:
        return stopped.fault
    return None
