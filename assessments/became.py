"""What became of the rounds that a person answered: how their group's position moved, and when people answer again.

Published numbers alone: what the close of each round published.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from assessments.models import RollEntry, ScoreRun, WeightRound
from assessments.scoring.pooling import ABSENT, HELD
from assessments.states import RoundState
from assessments.wording import items_of

Groups = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class ItemMove:
    """What one item weighed for a group before and after, in whole points."""

    name: str | Promise
    before: int
    after: int


@dataclass(frozen=True)
class Move:
    """How a group's position moved from the round before; ``held`` where the earlier one had to stand."""

    earlier: int
    items: tuple[ItemMove, ...]
    held: bool

    @property
    def any(self) -> bool:
        """Whether anything moved at all."""
        return any(item.before != item.after for item in self.items)


def published_groups(rounds: Collection[WeightRound]) -> dict[int, Groups]:
    """Return by round what its close published of each group, also of the rounds before; one query."""
    wanted = {one.pk for one in rounds} | {one.carried_from_id for one in rounds}
    runs = ScoreRun.objects.filter(round__in=wanted - {None}, published=True).order_by("rev")
    return {
        one: {row["code"]: row for row in json.loads(binding)["groups"]}
        for one, binding in runs.values_list("round_id", "binding")
        if one is not None
    }


def how_counted(entry: RollEntry, published: Mapping[int, Groups]) -> str:
    """Return how the position of the person's group came about; a group with too few answers is absent."""
    row = published.get(entry.round_id, {}).get(entry.group.code)
    return ABSENT if row is None else str(row["how"])


def move_of(entry: RollEntry, published: Mapping[int, Groups]) -> Move | None:
    """Return how the group's position moved; nothing unless both rounds are published, each with a position."""
    weight_round = entry.round
    if weight_round.carried_from is None or weight_round.state != RoundState.PUBLISHED:
        return None
    before, after = (
        published.get(one, {}).get(entry.group.code, {}) for one in (weight_round.carried_from_id or 0, weight_round.pk)
    )
    if not before.get("position") or not after.get("position"):
        return None
    items = items_of(weight_round.assessment.scheme)
    rows = zip(items, before["position"], after["position"], strict=True)
    moves = tuple(ItemMove(item.name, then, now) for item, then, now in rows)
    return Move(weight_round.carried_from.number, moves, held=after["how"] == HELD)


def follow_ups(rounds: Collection[WeightRound]) -> dict[int, WeightRound]:
    """Return by round the one in which people answer again, if it is announced or open; one query."""
    coming = WeightRound.objects.filter(
        carried_from__in=[one.pk for one in rounds], state__in=(RoundState.ANNOUNCED, RoundState.OPEN)
    )
    return {one.carried_from_id: one for one in coming if one.carried_from_id is not None}
