"""Exact arithmetic: one decimal context, one rounding, one way to share out whole points."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from fractions import Fraction
from functools import wraps
from math import floor, lcm
from typing import ParamSpec, TypeAlias, TypeVar

from assessments.scoring.errors import ScoringError

PLACES = 4
POINTS = 10_000  # whole points that a person, a group or a pool shares out; 1 point = 0.0001
CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

Exact: TypeAlias = Fraction | Decimal | int
Points: TypeAlias = tuple[int, ...]

P = ParamSpec("P")
R = TypeVar("R")


def in_context(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function with 34 digits, whatever context the calling thread happens to have."""

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(CONTEXT):
            return function(*args, **kwargs)

    return inner


def half_up(value: Exact, places: int = PLACES) -> Decimal:
    """Round once, exactly, a half always upwards.

    Parameters
    ----------
    value : any finite exact number
    places : decimals that stay, 4 for everything that is published

    Source: decision on published numbers (D1).
    """
    scaled = floor(Fraction(value) * 10**places + Fraction(1, 2))
    return CONTEXT.scaleb(Decimal(scaled), -places)


def text(value: Exact, places: int = PLACES) -> str:
    """Write a number as it is published: rounded half up, never with an exponent."""
    return format(half_up(value, places), "f")


def as_decimal(value: Fraction) -> Decimal:
    """Divide last: a fraction as a decimal of 34 digits."""
    return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def apportion(amounts: Sequence[Exact], total: int = POINTS) -> Points:
    """Share out whole points in proportion, by largest remainder.

    Parameters
    ----------
    amounts : (F,) non-negative, at least one above 0
    total : whole points to share out

    Returns
    -------
    (F,) whole numbers that sum to `total`; equal remainders go to the lowest index

    Raises
    ------
    ScoringError `E_EMPTY` for no amounts, `E_RANGE` for a negative one, `weights_zero` if all are 0

    Source: D2, and the order of apportioning of published numbers.
    """
    exact = [Fraction(amount) for amount in amounts]
    if not exact:
        raise ScoringError("E_EMPTY", "There is nothing to share out.")
    if min(exact) < 0:
        raise ScoringError("E_RANGE", "An amount is below 0.", minimum=0)
    scale = lcm(*(amount.denominator for amount in exact))
    parts = [int(amount * scale) for amount in exact]
    whole = sum(parts)
    if whole == 0:
        raise ScoringError("weights_zero", "At least one amount must be more than 0.")
    floors = [part * total // whole for part in parts]
    # sorted() is stable, so equal remainders keep their order and the lowest index wins
    by_remainder = sorted(range(len(parts)), key=lambda i: -(parts[i] * total % whole))
    favoured = set(by_remainder[: total - sum(floors)])
    return tuple(base + (i in favoured) for i, base in enumerate(floors))


def equal_points(size: int, total: int = POINTS) -> Points:
    """Share out points equally; the first items take what is left over (1429 x 4, 1428 x 3 for seven)."""
    return apportion([1] * size, total)


def check_points(points: Sequence[int], size: int) -> None:
    """Refuse anything but `size` whole numbers from 0 that sum to 10,000."""
    if len(points) != size:
        raise ScoringError("weights_count", f"{size} weights needed, got {len(points)}.", needed=size, got=len(points))
    for value in points:
        check_whole(value, "points")
    if sum(points) != POINTS:
        raise ScoringError("E_SUM", f"The points sum to {sum(points)}, not {POINTS}.", total=sum(points), needed=POINTS)


def check_whole(value: object, name: str, *, low: int = 0, high: int | None = None) -> None:
    """Refuse anything but a whole number from `low`, up to `high` if there is an end."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ScoringError("E_TYPE", f"{name}: a whole number is needed.", name=name)
    if value < low:
        raise ScoringError("E_RANGE", f"{name}: must be {low} or more.", name=name, minimum=low)
    if high is not None and value > high:
        raise ScoringError("E_RANGE", f"{name}: must be {high} or less.", name=name, maximum=high)


def check_decimal(
    value: object, name: str, *, low: Decimal = Decimal(0), high: Decimal = Decimal(1), places: int | None = PLACES
) -> None:
    """Refuse anything but a finite Decimal between `low` and `high` with at most `places` decimals."""
    if not isinstance(value, Decimal):
        raise ScoringError("E_TYPE", f"{name}: a decimal number is needed.", name=name)
    if not value.is_finite():
        raise ScoringError("E_NONFINITE", f"{name}: must be a finite number.", name=name)
    if not low <= value <= high:
        raise ScoringError(
            "E_RANGE", f"{name}: must be between {low} and {high}.", name=name, minimum=low, maximum=high
        )
    if places is not None and decimals(value) > places:
        raise ScoringError("max_decimal_places", f"{name}: at most {places} decimals.", name=name, places=places)


def decimals(value: Decimal) -> int:
    """Count the decimals as written; trailing zeros count, for 0.50000 is not what a form asks for."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
