"""A person's answer of the round before beside the one they are about to send."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.scoring.arithmetic import Points
from assessments.scoring.elicitation import display_percentages

MORE, LESS, SAME = _("more"), _("less"), _("the same")


@dataclass(frozen=True)
class BeforeNow:
    """One item: its share before and now, as whole percentages, and which way it moved."""

    name: str | Promise
    before: str
    now: str
    moved: Promise


def before_and_now(before: Points, now: Points, names: Sequence[str | Promise]) -> list[BeforeNow]:
    """Return one row for each item. What moved by less than the percentages show is still said to have moved."""
    shown = zip(display_percentages(before), display_percentages(now), strict=True)
    moved = [_moved(new - old) for old, new in zip(before, now, strict=True)]
    return [
        BeforeNow(name, f"{old}%", f"{new}%", way)
        for name, (old, new), way in zip(names, shown, moved, strict=True)
    ]  # fmt: skip


def _moved(points: int) -> Promise:
    if points == 0:
        return SAME
    return MORE if points > 0 else LESS
