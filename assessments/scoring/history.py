"""The historical reading of eq. (9): it describes a line, not a case (D17)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.errors import ScoringError


def share_at_or_below(history: Sequence[Decimal], s: Decimal) -> Fraction:
    """F_S(s): share of past published scores that are at or below s.

    Parameters
    ----------
    history : (N,) published scores, at least one

    Raises
    ------
    ScoringError `E_EMPTY` without past scores
    """
    if not history:
        raise ScoringError("E_EMPTY", "There are no past scores.")
    return Fraction(sum(score <= s for score in history), len(history))


def passed_often(history: Sequence[Decimal], s: Decimal, alpha: Decimal) -> bool:
    """Eq. (9) as printed: 1 - F_S(s) >= alpha. Ties count as not exceeding, as the equation has it.

    Source: eq. (9); D17. Background only; it never changes a level.
    """
    return 1 - share_at_or_below(history, s) >= Fraction(alpha)
