"""When means and robust centres part: look for submissions that somebody coordinated (D28)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import Points, apportion, half_up
from assessments.scoring.exploring.distance import total_variation
from assessments.scoring.exploring.geometric_median import Centre
from assessments.scoring.exploring.present import PresentGroup, pool_of
from assessments.scoring.lines import Lines, level_of


@dataclass(frozen=True)
class Coordination:
    """A reason to look, never a finding about anybody.

    far : codes of groups whose mean lies farther than the line from their robust centre
    apart : (G',) distance of each group's mean from its robust centre
    level_differs : the level would be another one under the robust centres
    """

    far: tuple[str, ...]
    apart: tuple[Fraction, ...]
    level_differs: bool

    @property
    def look(self) -> bool:
        """Tell whether a person should look."""
        return bool(self.far) or self.level_differs


def coordination(
    form: CommonForm, groups: Sequence[PresentGroup], centres: Sequence[Centre | None], lines: Lines, far: Decimal
) -> Coordination:
    """Compare published positions with robust centres.

    Parameters
    ----------
    centres : (G',) geometric median of each group's answers; None where a delegate adopted the position
    far : distance above which a group is named; the policy has 0.10

    Degenerate: nobody present, or only adopted positions, give no reason to look.
    Source: D28.
    """
    robust = [
        replace(group, points=centre_points(centre) if centre else group.points)
        for group, centre in zip(groups, centres, strict=True)
    ]
    apart = [total_variation(group.points, other.points) for group, other in zip(groups, robust, strict=True)]
    return Coordination(
        tuple(group.code for group, distance in zip(groups, apart, strict=True) if distance > Fraction(far)),
        tuple(apart),
        _level(form, groups, lines) != _level(form, robust, lines),
    )


def centre_points(centre: Centre) -> Points:
    """A robust centre in whole points, shared out like a position."""
    return apportion([Fraction(value) for value in centre.shares])


def _level(form: CommonForm, groups: Sequence[PresentGroup], lines: Lines) -> str | None:
    pool = pool_of(groups)
    return level_of(half_up(form.score(pool)), lines) if pool else None
