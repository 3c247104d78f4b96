"""The reasons of a round in the order in which one visitor reads them, each with those that were joined to it.

The order differs from visitor to visitor and stays the same for each. Every group has its first reason before any has
its second, so neither a large group nor an early one stands on top.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

from django.utils.text import Truncator

from deliberation.models import Statement

EXCERPT = 160
"""Characters of a reason that a card shows."""


@dataclass(frozen=True)
class Wanted:
    """What a visitor asks the list for; empty means everything."""

    item: str = ""
    group: str = ""
    kind: str = ""

    def fits(self, statement: Statement) -> bool:
        """Whether a reason is about the item, of the group and of the kind asked for."""
        return (
            self.item in ("", statement.item)
            and self.group in ("", statement.group.code)
            and self.kind in ("", statement.difference)
        )


def in_order(statements: Iterable[Statement], visitor: str) -> list[Statement]:
    """Put reasons in the order of one visitor: the groups take turns, and lots decide within and between them."""

    def lot(*parts: object) -> str:
        return sha256(":".join(map(str, (visitor, *parts))).encode()).hexdigest()

    turn: dict[int, count[int]] = defaultdict(count)
    drawn = sorted(statements, key=lambda one: lot(one.round_id, one.token))
    turns = [(next(turn[one.group_id]), lot(one.round_id, one.group_id), one) for one in drawn]
    return [one for _turn, _lot, one in sorted(turns, key=lambda row: row[:2])]


def rows_of(statements: Sequence[Statement], wanted: Wanted, visitor: str) -> list[tuple[Statement, list[Statement]]]:
    """Return the reasons asked for in the visitor's order; one that was joined stands with the one it joined."""
    joined: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.joined_to_id:
            joined[statement.joined_to_id].append(statement)
    rows = [(one, joined[one.pk]) for one in in_order(statements, visitor) if one.joined_to_id is None]
    return [(one, others) for one, others in rows if any(map(wanted.fits, (one, *others)))]


def excerpt(statement: Statement) -> str:
    """Return the beginning of a reason."""
    return Truncator(statement.words).chars(EXCERPT)
