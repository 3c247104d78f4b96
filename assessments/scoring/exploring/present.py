"""The groups that count, with their published numbers: what everything exploratory starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import Points, half_up
from assessments.scoring.computation import Computation
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.inputs import GroupInput
from assessments.scoring.pooling import BY_MEAN, Position, pooled_points


@dataclass(frozen=True)
class PresentGroup:
    """One group that counts.

    voice : points; those of all present groups sum to 10,000
    points : (F,) published position
    members : answers that its position is the mean of; None where a delegate adopted the position
    sums : those answers; None where they are not known, and for an adopted position, which is no sample
    """

    code: str
    voice: int
    points: Points
    members: int | None
    sums: GroupSums | None


def present_groups(run: Computation) -> tuple[PresentGroup, ...]:
    """The present groups of one scoring, in canonical order; empty if nobody is present."""
    rows = zip(run.inputs.groups, run.positions, run.voices, strict=True)
    return tuple(
        _present(group, voice, one.points, rests_on_answers=one.rests_on_answers)
        for group, one, voice in rows
        if one.points is not None
    )


def _present(group: GroupInput, voice: int, points: Points, *, rests_on_answers: bool) -> PresentGroup:
    return PresentGroup(group.code, voice, points, *((group.sums.n, group.sums) if rests_on_answers else (None, None)))


def published_scores(form: CommonForm, groups: Sequence[PresentGroup]) -> tuple[Decimal, ...]:
    """(G',) published score of each group's own position."""
    return tuple(half_up(form.score(group.points)) for group in groups)


def pool_of(groups: Sequence[PresentGroup]) -> Points | None:
    """Pool some groups under their own voices, as if only they were present; None if there are none.

    Degenerate: groups whose voices all round to 0 points, under a very large rho, count equally among themselves.
    Source: D12, in the same whole points that are published.
    """
    voices = tuple(group.voice for group in groups)
    positions = [Position(BY_MEAN, group.points) for group in groups]
    return pooled_points(voices if any(voices) else (1,) * len(voices), positions)
