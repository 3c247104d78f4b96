"""From the positions of the groups to one weight vector (D12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import POINTS, Points, apportion, in_context
from assessments.scoring.inputs import GroupInput
from assessments.scoring.parameters import Parameters

BY_MEAN = "mean"
BY_ADOPTION = "adopted"
HELD = "held"
ABSENT = "absent"


@dataclass(frozen=True)
class Position:
    """A group's weights in a round: how it came by them, and the points (None if absent)."""

    how: str
    points: Points | None

    @property
    def is_present(self) -> bool:
        """Tell whether the group counts."""
        return self.points is not None

    @property
    def rests_on_answers(self) -> bool:
        """Tell whether it is a mean of answers, of this publication or of an earlier one."""
        return self.how in (BY_MEAN, HELD)


@dataclass(frozen=True)
class Quorum:
    """Whether enough groups count for the score to bind; `provisional` means it does not."""

    present: int
    needed: int
    affected_present: bool

    @property
    def met(self) -> bool:
        """Enough groups, affected communities among them."""
        return self.present >= self.needed and self.affected_present


def position_of(group: GroupInput) -> Position:
    """Decide whether and with what a group is present.

    An adopted position counts; else the mean of at least `min_size` answers; else the group is absent. Where the
    new mean is held back, the mean is that of the answers that an earlier publication counted.
    """
    if group.adopted is not None:
        return Position(BY_ADOPTION, group.adopted)
    if group.sums.n >= group.min_size:
        return Position(HELD if group.held else BY_MEAN, group.sums.position())
    return Position(ABSENT, None)


def pooled_points(voices: Points, positions: Sequence[Position]) -> Points | None:
    """Pool published positions under published voices; None if nobody is present.

    Parameters
    ----------
    voices : (G,) points, 0 for absent groups
    positions : (G,)

    Returns
    -------
    (F,) points: largest remainder of the exact whole sums of voice points x position points

    Source: D12, v = sum pi m.
    """
    present = [(voice, one.points) for voice, one in zip(voices, positions, strict=True) if one.points is not None]
    if not present:
        return None
    columns = zip(*([voice * value for value in points] for voice, points in present), strict=True)
    return apportion([sum(column) for column in columns])


def quorum_of(groups: Sequence[GroupInput], positions: Sequence[Position], parameters: Parameters) -> Quorum:
    """Count the present groups and look for affected communities among them."""
    here = [group for group, one in zip(groups, positions, strict=True) if one.is_present]
    return Quorum(len(here), parameters.quorum, any(group.is_affected for group in here))


@in_context
def silent_bounds(
    form: CommonForm, voices_of_all: Points, positions: Sequence[Position]
) -> tuple[Decimal, Decimal] | None:
    """Unrounded lowest and highest score that the absent groups could lead to; None if all are present.

    Parameters
    ----------
    voices_of_all : (G,) points over all groups, absent ones included

    Source: D12.
    """
    silent = sum(v for v, one in zip(voices_of_all, positions, strict=True) if not one.is_present)
    if all(one.is_present for one in positions):
        return None
    heard = sum(
        (v * form.inner(one.points) for v, one in zip(voices_of_all, positions, strict=True) if one.points is not None),
        Decimal(0),
    )
    low, high = (form.a0 + edge for edge in (min(form.a), max(form.a)))
    return form.outer((heard + silent * low) / POINTS), form.outer((heard + silent * high) / POINTS)
