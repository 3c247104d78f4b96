"""Named queries about positions that delegates adopt. Before the close only their author may be shown what they say."""

import json
from collections.abc import Iterable, Sequence

from assessments.models import AdoptedPosition, WeightRound
from stakeholders.states import PositionMode


def groups_with_delegates(weight_round: WeightRound) -> set[str]:
    """Return the codes of the groups for which delegates adopt positions, as fixed when the round opened."""
    groups = json.loads(weight_round.frozen).get("groups", []) if weight_round.frozen else []
    return {row["code"] for row in groups if row["mode"] == PositionMode.DELEGATE}


def positions_adopted_in(weight_round: WeightRound) -> list[AdoptedPosition]:
    """Return the position that stands for each group for which one was adopted in this round, in canonical order."""
    rows = weight_round.adopted_positions.select_related("group").order_by("version")
    newest = {row.group_id: row for row in rows}
    return sorted(newest.values(), key=lambda row: row.group.position_order)


def standing_positions(weight_round: WeightRound) -> dict[int, AdoptedPosition]:
    """Return, by group id, the adopted position that counts: of this round, else of the round that it follows."""
    delegated = groups_with_delegates(weight_round)
    found: dict[int, AdoptedPosition] = {}
    looked_at: WeightRound | None = weight_round if delegated else None
    while looked_at is not None:
        for row in positions_adopted_in(looked_at):
            if row.group.code in delegated:
                found.setdefault(row.group_id, row)
        looked_at = looked_at.carried_from
    return found


def adopted_before(references: Sequence[str], groups: Iterable[int]) -> dict[int, AdoptedPosition]:
    """Return, by group id, the newest position of some groups that was adopted in a round with one of these records."""
    rows = AdoptedPosition.objects.filter(round__record__reference__in=references, group__in=list(groups))
    return {row.group_id: row for row in rows.select_related("group", "round").order_by("adopted_at", "version")}
