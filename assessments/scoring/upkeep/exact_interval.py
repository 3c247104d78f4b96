"""What a few hits can say at most: the exact interval for a share (D30)."""

from decimal import Decimal

from assessments.scoring.arithmetic import check_whole, half_up
from assessments.scoring.errors import ScoringError

CONFIDENCE = Decimal("0.95")


def exact_interval(hits: int, n: int, confidence: Decimal = CONFIDENCE) -> tuple[Decimal, Decimal] | None:
    """Interval of Clopper and Pearson: every share that `hits` of `n` does not rule out, 4 decimals.

    Parameters
    ----------
    hits : 0 to n
    n : cases tried
    confidence : above 0 and below 1; what lies outside is shared equally between both sides

    Returns
    -------
    lowest and highest share, or None without cases

    Raises
    ------
    ScoringError `E_TYPE`, `E_RANGE`

    Degenerate: no case at all says nothing; no hit starts at 0, all hits end at 1 (3 of 3: 0.2924 to 1).
    Source: D30; Clopper, Pearson 1934.
    """
    check_whole(hits, "hits")
    check_whole(n, "n")
    if hits > n:
        raise ScoringError("E_RANGE", "hits: more than cases tried.", name="hits", maximum=n)
    if not 0 < confidence < 1:
        raise ScoringError("E_RANGE", "confidence: must be above 0 and below 1.", name="confidence")
    if n == 0:
        return None
    outside = float((1 - confidence) / 2)
    return half_up(_lowest(hits, n, outside)), half_up(_highest(hits, n, outside))


def _lowest(hits: int, n: int, outside: float) -> Decimal:
    """Share under which `hits` or more would be as rare as `outside`."""
    return _beta_quantile(hits, n - hits + 1, outside) if hits else Decimal(0)


def _highest(hits: int, n: int, outside: float) -> Decimal:
    """Share under which `hits` or fewer would be as rare as `outside`: the same seen from the misses."""
    return 1 - _lowest(n - hits, n, outside)


def _beta_quantile(first: int, second: int, share: float) -> Decimal:
    from scipy.special import betaincinv  # noqa: PLC0415 -- scipy is heavy; string checks and forms never need it

    return Decimal(float(betaincinv(first, second, share)))
