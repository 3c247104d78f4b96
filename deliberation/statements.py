"""What people said to each other's statements, by opinion group: where they differ most and what they share (pure)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from django.utils.translation import gettext as _

from assessments.history_table.faults import Fault, Report
from assessments.history_table.sheet import Row, Sheet, read_sheet

AGREE = 1
DISAGREE = -1
PASS = 0
REACTIONS = {"1": AGREE, "-1": DISAGREE, "0": PASS, "": None}
"""How a file says it; an empty cell is a statement that the person was not shown, or did not answer."""


@dataclass(frozen=True)
class Participant:
    """One person of a file: opinion group, None where they were put in none, and one reaction for each statement."""

    name: str
    group: str | None
    reactions: tuple[int | None, ...]


@dataclass(frozen=True)
class Reactions:
    """A whole file: statements in its order, and every person once."""

    statements: tuple[str, ...]
    people: tuple[Participant, ...]

    def groups(self) -> tuple[str, ...]:
        """Opinion groups in order of their names."""
        return tuple(sorted({person.group for person in self.people if person.group is not None}))


@dataclass(frozen=True)
class Tally:
    """How one group took one statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        """People of the group who reacted at all; a pass is a reaction."""
        return self.agree + self.disagree + self.passed

    @property
    def share_agree(self) -> Fraction:
        """(agree + 1) / (seen + 2): two made-up reactions keep three of three from reading as everybody.

        Degenerate: a group that has not seen the statement is at one half; such statements are not ranked.
        Source: Laplace's rule of succession; Polis weighs reactions in the same way.
        """
        return Fraction(self.agree + 1, self.seen + 2)


Tallies: TypeAlias = Mapping[str, Mapping[str, Tally]]  # by statement, then by group


@dataclass(frozen=True)
class Ranked:
    """A statement and the share that gave it its place, in [0, 1]."""

    statement: str
    share: Fraction


def read_reactions(data: bytes, *, person_column: str, group_column: str) -> Reactions | Report:
    """Read people x statements: agree 1, disagree -1, pass 0, nothing where a person did not react.

    Returns
    -------
    all reactions if every cell is good, else the report of what is not; never some of each
    """
    sheet = read_sheet(data)
    if isinstance(sheet, Report):
        return sheet
    report = Report.of(_faults(sheet, person_column, group_column))
    if report.faults:
        return report
    statements = _statements(sheet, person_column, group_column)
    return Reactions(
        statements, tuple(_participant(sheet, row, person_column, group_column, statements) for row in sheet.rows)
    )


def tallies_of(reactions: Reactions) -> Tallies:
    """Count reactions by statement and opinion group; people without a group are in no count."""
    members = {
        group: [person.reactions for person in reactions.people if person.group == group]
        for group in reactions.groups()
    }
    return {
        statement: {group: _tally([row[place] for row in rows]) for group, rows in members.items()}
        for place, statement in enumerate(reactions.statements)
    }


def most_contested(tallies: Tallies) -> list[Ranked]:
    """Statements by the distance between the group that agrees most and the one that agrees least, widest first.

    Degenerate: with one group every distance is 0; a statement that some group has not seen is left out, and
    without groups nothing is ranked. Ties keep the file's order.
    """
    return _ranked(tallies, lambda shares: max(shares) - min(shares))


def most_shared(tallies: Tallies) -> list[Ranked]:
    """Statements by the agreement of the group that agrees least, highest first: what every group can carry.

    Degenerate: a statement that some group has not seen is left out, and without groups nothing is ranked. Ties keep
    the file's order.
    """
    return _ranked(tallies, min)


def _ranked(tallies: Tallies, measure: Callable[[list[Fraction]], Fraction]) -> list[Ranked]:
    found = [
        Ranked(statement, measure([tally.share_agree for tally in by_group.values()]))
        for statement, by_group in tallies.items()
        if by_group and all(tally.seen for tally in by_group.values())
    ]
    return sorted(found, key=lambda one: -one.share)


def _tally(reactions: Sequence[int | None]) -> Tally:
    return Tally(reactions.count(AGREE), reactions.count(DISAGREE), reactions.count(PASS))


def _statements(sheet: Sheet, *taken: str) -> tuple[str, ...]:
    return tuple(name for name in sheet.heading if name not in taken)


def _participant(
    sheet: Sheet, row: Row, person_column: str, group_column: str, statements: tuple[str, ...]
) -> Participant:
    cells = dict(zip(sheet.heading, row.cells, strict=True))
    reactions = tuple(REACTIONS[cells[statement]] for statement in statements)
    return Participant(cells[person_column], cells[group_column] or None, reactions)


def _faults(sheet: Sheet, person_column: str, group_column: str) -> Iterator[Fault]:
    columns = (person_column, group_column)
    missing = [column for column in columns if column not in sheet.heading]
    if missing:
        yield from (_missing_column(column) for column in missing)
        return
    if "" in sheet.heading:
        yield Fault(1, None, "column_without_heading", _("A column has no heading."), _("A heading for each column."))
    if not _statements(sheet, *columns):
        problem, allowed = _("There is no column with reactions."), _("One column for each statement.")
        yield Fault(None, None, "no_statements", problem, allowed)
    first_rows: dict[str, int] = {}
    for row in sheet.rows:
        yield from _row_faults(sheet, row, columns)
        yield from _name_faults(row.number, row.cells[sheet.heading.index(person_column)], person_column, first_rows)


def _missing_column(column: str) -> Fault:
    problem = _("The file has no column “%(column)s”.") % {"column": column}
    return Fault(None, column, "unknown_column", problem, _("A heading with this name."))


def _row_faults(sheet: Sheet, row: Row, taken: tuple[str, str]) -> Iterator[Fault]:
    for column, cell in zip(sheet.heading, row.cells, strict=True):
        if column not in taken and cell not in REACTIONS:
            problem = _("“%(typed)s” is no reaction.") % {"typed": cell}
            allowed = _("1 to agree, -1 to disagree, 0 to pass, or nothing.")
            yield Fault(row.number, column, "not_a_reaction", problem, allowed)


def _name_faults(number: int, name: str, column: str, first_rows: dict[str, int]) -> Iterator[Fault]:
    if not name:
        yield Fault(number, column, "empty_cell", _("The person has no name or number."), _("One in each row."))
    elif name in first_rows:
        problem = _("Row %(first)s has the same name.") % {"first": first_rows[name]}
        yield Fault(number, column, "duplicate_name", problem, _("Each person once."))
    else:
        first_rows[name] = number
