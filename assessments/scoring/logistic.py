"""The logistic curve in exact decimals: the outer function of the learned score, eq. (4)."""

from decimal import Decimal

from assessments.scoring.errors import ScoringError


def logistic(z: Decimal) -> Decimal:
    """1 / (1 + e^-z), in [0, 1]; e^z / (1 + e^z) below 0, so that no large number appears."""
    small = (-abs(z)).exp()
    return (1 if z >= 0 else small) / (1 + small)


def logistic_slope(z: Decimal) -> Decimal:
    """Its derivative, S (1 - S), without losing the digits of 1 - S."""
    small = (-abs(z)).exp()
    return small / (1 + small) ** 2


def logit(s: Decimal) -> Decimal:
    """Its inverse, ln(s / (1 - s)); `E_UNDEFINED` at 0 and 1, which the curve nears and never meets."""
    if not 0 < s < 1:
        raise ScoringError("E_UNDEFINED", f"The learned score never meets {s}.", value=s)
    return (s / (1 - s)).ln()
