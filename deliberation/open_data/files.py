"""The files of open data: which tables each holds, and how they are written."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.scoring.record import canonical_bytes
from deliberation.open_data.columns import BOTH, CODE, YES_NO, Column, Table, Value
from deliberation.open_data.place_tables import CHANGED_BECAUSE, SINCE
from deliberation.open_data.sensitivity_tables import (
    ALONE,
    BY_METHOD,
    LEAST,
    LEFT_OUT,
    REACH,
    RULES_OF_GROUPS,
    VERDICT,
)
from deliberation.open_data.tables import (
    CASES,
    EVIDENCE,
    FACTS,
    GROUPS,
    ITEMS,
    LINES,
    MERGED,
    MERGED_EVIDENCE,
    POSITIONS,
    RESULT,
    ROUNDS,
)
from deliberation.open_data.talks_tables import (
    ATTENDANCE,
    CHECKS,
    DAYS,
    DIFFERENCES,
    EQUITY,
    MOVED_SCORES,
    MOVED_SHARES,
    PARTS_OF_TALKS,
    PAUSES,
    SESSIONS,
    TALKS,
)
from deliberation.open_data.words_tables import REASONS, REPLIES
from stakeholders.models import Jurisdiction

FORMAT_VERSION = 1
LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")

MARKS = (
    Column("synthetic", _("Whether people and answers are made up"), YES_NO, lambda town: town.synthetic, allowed=BOTH),
    Column("licence", _("Licence under which the row may be reused"), CODE, lambda _town: LICENCE, allowed=(LICENCE,)),
)
"""The last columns of every row of a CSV file; a JSON file says both once."""

Contents = Mapping[str, Sequence[Any]]
"""Rows by the name of their table."""


@dataclass(frozen=True)
class Answer:
    """One kind of JSON: tables as lists of objects. The files have it, and the API."""

    name: str
    title: Promise
    tables: tuple[Table, ...]

    def json(self, town: Jurisdiction, contents: Contents, **more: Any) -> bytes:
        """Write the tables, and beside them what is no table."""
        tables = {table.name: table.rows(contents[table.name]) for table in self.tables}
        return canonical_bytes({**about(self.name, town), **tables, **more})


@dataclass(frozen=True)
class File(Answer):
    """One kind of file: JSON, and one table as CSV."""

    sheet: Table

    @property
    def columns(self) -> tuple[str, ...]:
        """The heading of the CSV file."""
        return (*(column.name for column in self.sheet.columns), *(mark.name for mark in MARKS))

    def csv(self, town: Jurisdiction, contents: Contents, reference: str = "") -> bytes:
        """Write one table; where the file has several, one fact a row."""
        found = contents[self.sheet.name] if self.sheet is not FACTS else self._facts(contents, reference)
        marks = [mark.value(town) for mark in MARKS]
        return written(self.columns, ([*row.values(), *marks] for row in self.sheet.rows(found)))

    def _facts(self, contents: Contents, reference: str) -> list[tuple[str, str, str, str, Value]]:
        return [
            (reference, table.name, _name_of(row, table.keys), column, value)
            for table in self.tables
            for row in table.rows(contents[table.name])
            for column, value in row.items()
        ]


def about(name: str, town: Jurisdiction) -> dict[str, Value]:
    """Return what every JSON says of itself: what it is, whose, and how it may be reused."""
    marks: dict[str, Value] = {mark.name: mark.value(town) for mark in MARKS}
    told: dict[str, Value] = {"file": f"lastvote.{name}", "version": FORMAT_VERSION, "licence_address": LICENCE_ADDRESS}
    return {**told, **marks, "jurisdiction": town.slug}


def _name_of(row: Mapping[str, Value], keys: int) -> str:
    return "/".join(str(value) for value in list(row.values())[:keys])


CASE_LIST = File("cases", _("List of cases"), (CASES,), CASES)
CASE = File("case", _("One case"), (CASES, ROUNDS, GROUPS, EVIDENCE, MERGED, MERGED_EVIDENCE), FACTS)
WORKING = File("working", _("How a score was worked out"), (RESULT, ITEMS, GROUPS, POSITIONS, LINES), FACTS)
SENSITIVITY = File(
    "sensitivity",
    _("What would change a score"),
    (VERDICT, LEAST, ALONE, REACH, POSITIONS, BY_METHOD, RULES_OF_GROUPS, LEFT_OUT),
    FACTS,
)
TALKS_FILE = File(
    "talks",
    _("One round of talks"),
    (
        TALKS, CHECKS, DIFFERENCES, POSITIONS, PARTS_OF_TALKS, PAUSES, DAYS, EQUITY, SESSIONS, ATTENDANCE, SINCE,
        CHANGED_BECAUSE, MOVED_SCORES, MOVED_SHARES,
    ),
    FACTS,
)  # fmt: skip
REASON_LIST = File("reasons", _("Reasons of a round of talks"), (REASONS,), REASONS)
REASON = File("reason", _("One reason with its replies"), (REASONS, REPLIES), FACTS)
FILES = (CASE_LIST, CASE, WORKING, SENSITIVITY, TALKS_FILE, REASON_LIST, REASON)


def written(heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Write rows as RFC 4180 has it, in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def harmless(value: Value) -> str:
    """Write one cell. An apostrophe goes before whatever a spreadsheet would take for a formula."""
    if isinstance(value, bool):
        return str(value).lower()
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
