"""From what a person answered to whole points that sum to 10,000 (D2)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.arithmetic import PLACES, POINTS, Points, apportion, decimals, equal_points
from assessments.scoring.errors import ScoringError

LARGEST = 10**12
MOST_DECIMALS = 12  # a raw answer beyond these bounds is an attack, not an opinion

# Rank-order-distribution weights in points: what people's ratings look like once sorted. Pinned, never recomputed.
RANK_POINTS: dict[int, Points] = {
    4: (4180, 2986, 1912, 922),
    7: (2586, 2176, 1782, 1403, 1036, 681, 336),
}
PERCENT = 100


def points_from_ratios(raw: Sequence[Decimal | None]) -> Points:
    """Scale answers to 10,000 points and keep their proportions.

    Parameters
    ----------
    raw : (F,) numbers from 0, any scale; None means "not sure" and takes the exact mean of the answers given

    Raises
    ------
    ScoringError `E_EMPTY` if nothing was answered, `weights_zero` if every answer is 0,
    `not_a_number`, `not_finite`, `min_value`, `max_value`, `max_decimal_places` for one answer

    Degenerate: all but one may be "not sure"; then all shares are equal.
    Source: D2; largest remainder, ties to the lowest index.
    """
    given = [_raw_answer(value, place) for place, value in enumerate(raw) if value is not None]
    if not given:
        raise ScoringError("E_EMPTY", "Answer at least one comparison.")
    mean = sum(given, Fraction(0)) / len(given)
    return apportion([mean if value is None else Fraction(value) for value in raw])


def points_from_rank(ranks: Sequence[int]) -> Points:
    """Turn an order into points; tied items share their places' points equally.

    Parameters
    ----------
    ranks : (F,) whole numbers, smaller = matters more, equal = tied; only their order counts

    Raises
    ------
    ScoringError `E_MODE` where no rank points are pinned for that many items, `not_a_number` for a wrong type

    Degenerate: all tied gives equal shares.
    Source: D2; rank-order-distribution weights.
    """
    table = RANK_POINTS.get(len(ranks))
    if table is None:
        raise ScoringError("E_MODE", f"No rank points are pinned for {len(ranks)} items.", got=len(ranks))
    if any(isinstance(rank, bool) or not isinstance(rank, int) for rank in ranks):
        raise ScoringError("not_a_number", "A rank must be a whole number.")
    if len(set(ranks)) == 1:
        return equal_points(len(ranks))
    places = sorted(ranks)
    shares = {rank: _shared_place(table, places.index(rank), places.count(rank)) for rank in ranks}
    return apportion([shares[rank] for rank in ranks])


def _shared_place(table: Points, first: int, count: int) -> Fraction:
    return Fraction(sum(table[first : first + count]), count)


def points_from_weights(weights: Sequence[Decimal], size: int | None = None) -> Points:
    """Read exact weights from a program: at most 4 decimals, sum exactly 1, never rescaled.

    Parameters
    ----------
    weights : (F,) decimals in [0, 1]
    size : number of weights that the scheme needs, checked if given

    Raises
    ------
    ScoringError `weights_count`, `weights_sum`, `weights_zero`, `not_a_number`, `not_finite`, `min_value`,
    `max_value`, `max_decimal_places`

    Degenerate: -0 is read as 0.
    Source: eq. (1); D2.
    """
    if size is not None and len(weights) != size:
        raise ScoringError(
            "weights_count", f"{size} weights needed, got {len(weights)}.", needed=size, got=len(weights)
        )
    exact = [_weight(value, place) for place, value in enumerate(weights)]
    total = sum(exact, Fraction(0))
    if total == 0:
        raise ScoringError("weights_zero", "At least one weight must be more than 0.")
    if total != 1:
        raise ScoringError(
            "weights_sum",
            f"The weights add up to {float(total):.4f}, must be 1.",
            total=f"{float(total):.4f}",
            missing=f"{float(1 - total):.4f}",
        )
    return tuple(int(value * POINTS) for value in exact)


def display_percentages(points: Points) -> tuple[int, ...]:
    """Whole percentages for people, by largest remainder, so that they always read 100 in all."""
    return apportion(points, PERCENT)


def _weight(value: object, place: int) -> Fraction:
    exact = _number(value, place, largest=1, places=PLACES)
    return Fraction(exact)


def _raw_answer(value: object, place: int) -> Fraction:
    return Fraction(_number(value, place, largest=LARGEST, places=MOST_DECIMALS))


def _number(value: object, place: int, *, largest: int, places: int) -> Decimal | int:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise ScoringError("not_a_number", "A number is needed.", place=place)
    number = Decimal(value)
    if not number.is_finite():
        raise ScoringError("not_finite", "The number must be finite.", place=place)
    if number < 0:
        raise ScoringError("min_value", "The number must be 0 or more.", place=place, minimum=0)
    if number > largest:
        raise ScoringError("max_value", f"The number must be {largest} or less.", place=place, maximum=largest)
    if decimals(number) > places:
        raise ScoringError("max_decimal_places", f"At most {places} decimals.", place=place, places=places)
    return number
