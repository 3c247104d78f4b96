"""How a published score is told to people: 0 to 100, one decimal, never across a line."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

STEP = Decimal("0.1")
EXACT = Decimal("0.01")


def out_of_100(score: Decimal | str, lines: Iterable[Decimal | str] = ()) -> str:
    """Return ``score`` (0 to 1, four decimals) as people read it, on the same side of every line as it really is.

    When two lines lie so close that one decimal cannot tell the score from both, all decimals are shown.
    """
    exact = Decimal(score)
    shown = _rounded(exact)
    close = [line for line in map(Decimal, lines) if _side(exact, line) != _side(shown, _rounded(line))]
    if not close:
        return str(shown)
    moved = _rounded(close[0]) + STEP * _side(exact, close[0])
    if all(_side(exact, line) == _side(moved, _rounded(line)) for line in map(Decimal, lines)):
        return str(moved)
    return str((exact * 100).quantize(EXACT))


def percent(points: int) -> str:
    """Return whole points of 10,000 as a whole percentage; only nothing is 0 and only everything is 100."""
    whole = (Decimal(points) / 100).quantize(Decimal(1), ROUND_HALF_UP)
    if points > 0:
        whole = max(whole, Decimal(1))
    if points < 10_000:  # noqa: PLR2004 -- the whole, by definition
        whole = min(whole, Decimal(99))
    return str(whole)


def _rounded(share: Decimal) -> Decimal:
    return (share * 100).quantize(STEP, ROUND_HALF_UP)


def _side(value: Decimal, line: Decimal) -> int:
    return (value > line) - (value < line)
