"""What changed between two rounds of answers, read from the two published records alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.charts.slope import GroupScores, Slope, slope
from assessments.models import RoundRecord, WeightRound
from assessments.scoring.elicitation import display_percentages
from assessments.scoring.pooling import HELD
from deliberation.results import PublishedScore, item_name
from deliberation.words import POSITION_SOURCES
from deliberation.working.steps import Words
from stakeholders.models import Group

Rows = Mapping[str, Any]


@dataclass(frozen=True)
class ShareRow:
    """One group's share of the weight for each item, before and after. ``stands`` says why it cannot have moved."""

    group: Group
    cells: list[tuple[str, int, int]]
    stands: Words


@dataclass(frozen=True)
class BeforeAfter:
    """Two published rounds side by side. ``left_out`` are the groups that one of them did not count."""

    numbers: tuple[int, int]
    slope: Slope | None
    items: list[str]
    shares: list[ShareRow]
    left_out: list[Group]

    @property
    def scores(self) -> list[tuple[str, Decimal, Decimal]]:
        """Each group's own score before and after, by its code."""
        rows = self.slope.rows if self.slope else []
        codes = (row.group.code for row in self.shares)
        return [(code, row.group.before, row.group.after) for code, row in zip(codes, rows, strict=True)]


def before_after(
    weight_round: WeightRound | None, record: RoundRecord | None, score: PublishedScore | None, groups: Sequence[Group]
) -> BeforeAfter | None:
    """Compare a published round with the one before it in its assessment; a first round has none.

    ``score`` is a published score of the same assessment, for the names of items and the lines in force.
    """
    if weight_round is None or record is None or score is None:
        return None
    earlier = _record_before(weight_round)
    if earlier is None:
        return None
    rows = _rows(earlier), _rows(record)
    counted = [group for group in groups if all(row.get(group.code, {}).get("present") for row in rows)]
    codes: list[str] = score.binding["codes"]
    items = [item_name(score.assessment, code) for code in codes]
    numbers = earlier.round.number, weight_round.number
    return BeforeAfter(
        numbers=numbers,
        slope=_slope(counted, rows, numbers, score.lines) if counted else None,
        items=items,
        shares=[_shares(group, rows, items) for group in counted],
        left_out=[group for group in groups if group not in counted and any(group.code in row for row in rows)],
    )


def _record_before(weight_round: WeightRound) -> RoundRecord | None:
    published = RoundRecord.objects.filter(
        round__assessment=weight_round.assessment_id, round__number__lt=weight_round.number
    )
    return published.select_related("round").order_by("-round__number").first()


def _rows(record: RoundRecord) -> Rows:
    return {row["code"]: row for row in json.loads(record.body)["result"]["groups"]}


def _slope(
    counted: Sequence[Group], rows: tuple[Rows, Rows], numbers: tuple[int, int], lines: Sequence[Decimal]
) -> Slope:
    before, after = rows
    scores = [
        GroupScores(
            label=group.label,
            name=str(group),
            slot=group.slot,
            before=Decimal(before[group.code]["score"]),
            after=Decimal(after[group.code]["score"]),
            stands=_stands(after[group.code]),
        )
        for group in counted
    ]
    return slope(groups=scores, numbers=numbers, lines=lines)


def _shares(group: Group, rows: tuple[Rows, Rows], items: Sequence[str]) -> ShareRow:
    before, after = (display_percentages(row[group.code]["position"]) for row in rows)
    return ShareRow(group, list(zip(items, before, after, strict=True)), _stands(rows[1][group.code]))


def _stands(row: Rows) -> Words:
    return POSITION_SOURCES[HELD] if row["how"] == HELD else ""
