"""What one person's answers alone would do, for the page where they check them before sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.aggregators import common_form, multiplicative
from assessments.scoring.arithmetic import Points, check_decimal, check_points, half_up
from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters import Parameters
from assessments.scoring.schemes import Scheme

MOVED = 1000  # "moving 10 points" of the 100 that people see


@dataclass(frozen=True)
class Move:
    """Published score after moving weight from the largest item to another one."""

    source: str
    target: str
    points: int
    score: Decimal


@dataclass(frozen=True)
class OwnEffect:
    """Published scores of one vector alone.

    compounding : the same vector under eq. (3)
    moves : one for every other item, in scheme order
    factors_at_one : items that are rated 1 and have weight; with one of them compounding is exactly 1
    """

    score: Decimal
    compounding: Decimal
    moves: tuple[Move, ...]
    factors_at_one: tuple[str, ...]

    @property
    def strongest_move(self) -> Move:
        """The move that changes the score most; ties go to the first item."""
        return max(self.moves, key=lambda move: abs(move.score - self.score))


def own_effect(
    scheme: Scheme, aggregator: str, points: Points, ratings: Sequence[Decimal], parameters: Parameters
) -> OwnEffect:
    """Score one vector and its neighbours.

    Parameters
    ----------
    points : (F,) one person's weights in points
    ratings : (F,) published ratings

    Raises
    ------
    ScoringError `weights_count`, `E_SUM`, `E_SHAPE`, `E_RANGE`, `E_MODE`

    Degenerate: ties for the largest item go to the first; an item with less than the moved weight gives all it has.
    """
    check_points(points, scheme.size)
    if len(ratings) != scheme.size:
        raise ScoringError("E_SHAPE", f"{scheme.size} ratings needed, got {len(ratings)}.")
    for rating in ratings:
        check_decimal(rating, "rating")
    form = common_form(aggregator, ratings, parameters.eta)
    largest = points.index(max(points))
    others = [i for i in range(scheme.size) if i != largest]
    moved = min(MOVED, points[largest])
    return OwnEffect(
        score=half_up(form.score(points)),
        compounding=half_up(multiplicative(points, ratings)),
        moves=tuple(
            Move(
                scheme.factors[largest],
                scheme.factors[i],
                moved,
                half_up(form.score(_shift(points, largest, i, moved))),
            )
            for i in others
        ),
        factors_at_one=tuple(code for code, p, x in zip(scheme.factors, points, ratings, strict=True) if p and x == 1),
    )


def _shift(points: Points, source: int, target: int, moved: int) -> Points:
    changed = list(points)
    changed[source] -= moved
    changed[target] += moved
    return tuple(changed)
