"""How each group weighs each item, by the round that showed the difference. No average is drawn (G13; C2)."""

from decimal import Decimal

from assessments.charts.weights_strip import GroupWeights, WeightsStrip, weights_strip
from deliberation.results import GroupResult, PublishedScore, item_name

NOBODY_DIFFERS = 2
"""With fewer groups there is no difference to draw."""


def weighing_groups(score: PublishedScore) -> list[GroupResult]:
    """Return the groups that were counted."""
    return [row for row in score.counted if row.position is not None]


def strip_of(score: PublishedScore, only: str = "") -> WeightsStrip | None:
    """Draw the shares of every item, or of one alone; nothing where fewer than two groups were counted."""
    codes: list[str] = score.binding["codes"]
    groups = weighing_groups(score)
    if len(groups) < NOBODY_DIFFERS:
        return None
    found = score.binding["disagreement"]
    return weights_strip(
        items=[item_name(score.assessment, code) for code in codes],
        groups=[GroupWeights(row.group.label, str(row.group), row.group.slot, row.position or ()) for row in groups],
        spreads=[Decimal(found["spread"][code]) for code in codes],
        wide=[place for place, code in enumerate(codes) if code in found["wide"]],
        only=codes.index(only) if only else None,
    )
