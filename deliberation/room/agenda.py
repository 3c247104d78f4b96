"""What the groups differ on: a card for each item of the agenda, with words of the groups that are furthest apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from assessments.charts.weights_strip import WeightsStrip
from deliberation.models import DeliberationRound, Statement
from deliberation.results import PublishedScore, item_name
from deliberation.room.reasons import excerpt, in_order
from deliberation.room.weights import strip_of, weighing_groups

EXCERPTS = 3


@dataclass(frozen=True)
class Excerpt:
    """The beginning of one reason."""

    statement: Statement
    words: str


@dataclass(frozen=True)
class Card:
    """One item of the agenda. ``more`` tells how many reasons there are on it in all."""

    code: str
    name: str
    strip: WeightsStrip | None
    excerpts: Sequence[Excerpt]
    more: int


def cards_of(
    one: DeliberationRound, score: PublishedScore, statements: Sequence[Statement], visitor: str
) -> list[Card]:
    """Return a card for each item that the groups weigh so differently that it is on the agenda."""
    ordered = in_order([statement for statement in statements if statement.words], visitor)
    return [_card(code, score, [row for row in ordered if row.item == code]) for code in one.agenda]


def _card(code: str, score: PublishedScore, about: Sequence[Statement]) -> Card:
    ends = _ends(code, score)
    sides = [[row for row in about if row.group.code in groups] for groups in ends]
    taken = [row for row in chain.from_iterable(zip_longest(*sides)) if row is not None]
    found = [Excerpt(row, excerpt(row)) for row in list(dict.fromkeys(taken))[:EXCERPTS]]
    return Card(code, item_name(score.assessment, code), strip_of(score, code), found, len(about))


def _ends(code: str, score: PublishedScore) -> tuple[set[str], set[str]]:
    """Return the groups that give the item least, and those that give it most."""
    place = score.binding["codes"].index(code)
    shares = {row.group.code: (row.position or ())[place] for row in weighing_groups(score)}
    if not shares:
        return set(), set()
    low, high = min(shares.values()), max(shares.values())
    return ({name for name, share in shares.items() if share == low},
            {name for name, share in shares.items() if share == high})  # fmt: skip
