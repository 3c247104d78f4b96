"""C3, the slope: each group's own score in one round and in the next, with its number at both ends.

Letters at one end keep apart, and a thin line leads from each to its place. More groups than can be told apart are
left to the table alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext

from assessments.charts.geometry import down
from lastvote.web.scores import out_of_100
from lastvote.web.shapes import shape_path

Words = str | Promise
MOST_LINES = 7
LABEL_ROW = Decimal("1.6")
HEAD = Decimal("2.4")
"""Room above the lines for the names of the rounds."""
FREE_ROWS = 3
"""So many more rows than there are groups has the drawing, that letters need not move far."""
NARROWEST = Decimal("0.1")
"""The scale spans at least this much of the whole, so that a small move does not look like a large one."""
HALF = Decimal("0.5")


@dataclass(frozen=True)
class GroupScores:
    """One group's own score before and after. ``stands`` says why it cannot have moved, if so."""

    label: str
    name: Words
    slot: int
    before: Decimal
    after: Decimal
    stands: Words = ""


@dataclass(frozen=True)
class End:
    """One end of a line: where it is, and where its letters stand."""

    shown: str
    y: str
    label_y: str


@dataclass(frozen=True)
class SlopeLine:
    """One group, ready to be drawn."""

    group: GroupScores
    path: str
    before: End
    after: End


@dataclass(frozen=True)
class SlopeRow:
    """One row of the table."""

    group: GroupScores
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class Slope:
    """The drawing, ready to be printed, and the table that says the same. Without lines the table stands alone."""

    headline: str
    numbers: tuple[int, int]
    lines: list[SlopeLine]
    rows: list[SlopeRow]
    head_y: str
    top_y: str
    foot_y: str
    height: str

    @property
    def any_stands(self) -> bool:
        """Whether a line is drawn in dashes."""
        return any(row.group.stands for row in self.rows)


def slope(*, groups: Sequence[GroupScores], numbers: tuple[int, int], lines: Sequence[Decimal]) -> Slope:
    """Place one line for each group between two rounds, at least one.

    Parameters
    ----------
    numbers : the two rounds, as people name them
    lines : the lines in force; no number is rounded across one
    """
    rows = [_row(group, lines) for group in groups]
    room = LABEL_ROW * (len(rows) + FREE_ROWS)
    foot = HEAD + room
    return Slope(
        headline=_headline(rows, numbers),
        numbers=numbers,
        lines=_lines(rows, room) if len(rows) <= MOST_LINES else [],
        rows=rows,
        head_y=down(HEAD - Decimal("1.3")),
        top_y=down(HEAD - HALF),
        foot_y=down(foot),
        height=down(foot + HALF),
    )


def spread_apart(places: Sequence[Decimal], room: Decimal) -> list[Decimal]:
    """Move places apart until letters fit, in their order and inside ``room``, each as little as that asks."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    moved = [Decimal(0)] * len(places)
    free = LABEL_ROW / 2
    for number in order:
        moved[number] = free = max(places[number], free)
        free += LABEL_ROW
    last = room - LABEL_ROW / 2
    for number in reversed(order):
        moved[number] = last = min(moved[number], last)
        last -= LABEL_ROW
    return moved


def _row(group: GroupScores, lines: Sequence[Decimal]) -> SlopeRow:
    """The change is that between the two numbers shown, so that readers can check it."""
    before, after = out_of_100(group.before, lines), out_of_100(group.after, lines)
    return SlopeRow(group, before, after, _signed(Decimal(after) - Decimal(before)))


def _signed(change: Decimal) -> str:
    if not change:
        return "0.0"
    return f"+{change}" if change > 0 else f"−{-change}"


def _lines(rows: Sequence[SlopeRow], room: Decimal) -> list[SlopeLine]:
    ends = [[row.group.before, row.group.after] for row in rows]
    scores = [score for pair in ends for score in pair]
    span = max(max(scores) - min(scores), NARROWEST)
    top = (max(scores) + min(scores) + span) / 2
    heights = [[(top - score) / span * (room - LABEL_ROW) + LABEL_ROW / 2 for score in pair] for pair in ends]
    labels = [spread_apart([pair[side] for pair in heights], room) for side in (0, 1)]
    return [
        SlopeLine(
            group=row.group,
            path=shape_path(row.group.slot),
            before=End(row.before, down(HEAD + height[0]), down(HEAD + labels[0][place])),
            after=End(row.after, down(HEAD + height[1]), down(HEAD + labels[1][place])),
        )
        for place, (row, height) in enumerate(zip(rows, heights, strict=True))
    ]


def _headline(rows: Sequence[SlopeRow], numbers: tuple[int, int]) -> str:
    """Name who moved furthest, and how far the others moved at most."""
    moves = sorted(((abs(Decimal(row.after) - Decimal(row.before)), row) for row in rows), key=lambda move: -move[0])
    words = {"before": numbers[0], "after": numbers[1], "most": _plain(moves[0][0]), "name": moves[0][1].group.name}
    if not moves[0][0]:
        return gettext("From round %(before)d to round %(after)d no group's own score moved.") % words
    if len(moves) == 1:
        return gettext("From round %(before)d to round %(after)d, %(name)s moved by %(most)s of 100.") % words
    rest = moves[1][0]
    if not rest:
        return gettext("From round %(before)d to round %(after)d only %(name)s moved, by %(most)s of 100.") % words
    if rest == moves[0][0]:
        return gettext("From round %(before)d to round %(after)d no group moved by more than %(most)s of 100.") % words
    return gettext(
        "From round %(before)d to round %(after)d, %(name)s moved by %(most)s of 100, the others by %(rest)s or less."
    ) % (words | {"rest": _plain(rest)})


def _plain(move: Decimal) -> str:
    return f"{move.normalize():f}"
