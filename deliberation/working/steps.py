"""What a step of the working is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Cell:
    """One cell: what it shows and whether it is a number."""

    shown: Words
    is_number: bool = True


@dataclass(frozen=True)
class Row:
    """One row: its heading, then its cells with the heading of their column, for phones."""

    heading: Words
    cells: tuple[tuple[Words, Cell], ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column heads the rows."""

    caption: Words
    head: tuple[Words, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> list[tuple[Words, bool]]:
        """The headings after the first, and whether the column holds numbers."""
        numbers = [cell.is_number for _, cell in self.rows[0].cells] if self.rows else [False] * len(self.head)
        return list(zip(self.head[1:], numbers, strict=False))


@dataclass(frozen=True)
class Link:
    """Where to read on."""

    url: str
    words: Words


@dataclass(frozen=True)
class Step:
    """One step: what is done in words, the definition it follows, the numbers; ``more`` is folded away at first."""

    anchor: str
    title: Words
    source: Words
    words: tuple[Words, ...]
    tables: tuple[Table, ...] = ()
    more: Table | None = None
    link: Link | None = None


def table(
    caption: Words, head: tuple[Words, ...], rows: Sequence[tuple[Words, ...]], words_in: tuple[int, ...] = ()
) -> Table:
    """Make a table; columns in ``words_in`` hold words, the others numbers."""
    return Table(caption, head, tuple(_row(head, row, words_in) for row in rows))


def _row(head: tuple[Words, ...], row: tuple[Words, ...], words_in: tuple[int, ...]) -> Row:
    cells = [
        (title, Cell(shown, is_number=column not in words_in))
        for column, (title, shown) in enumerate(zip(head[1:], row[1:], strict=True), start=1)
    ]
    return Row(row[0], tuple(cells))
