"""What is wrong with a file, row by row, in words for the person who has to repair it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Self

MOST_FAULTS = 200
"""Faults that a report lists. Whoever sees two hundred of them mends the program that wrote the file."""

HEADING_ROW = 1


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    row : as a spreadsheet counts, the heading being row 1; None where the whole file or the mapping is meant
    column : heading of the column; None where the whole row is meant
    code : stable name of the fault for programs
    problem, allowed : what is wrong, and what would be right
    """

    row: int | None
    column: str | None
    code: str
    problem: str
    allowed: str


@dataclass(frozen=True)
class Report:
    """Everything that is wrong with one file, first rows first; it stands in place of a table, never beside one."""

    faults: tuple[Fault, ...]
    is_cut: bool
    """Whether there are more faults than listed."""

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> Self:
        """List the first faults and look no further than one beyond them."""
        found = tuple(islice(faults, MOST_FAULTS + 1))
        return cls(found[:MOST_FAULTS], is_cut=len(found) > MOST_FAULTS)


class Faulty(Exception):  # noqa: N818 -- carries a fault, is not itself one
    """Stops the reading of a file, a row or a cell at its first fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault
