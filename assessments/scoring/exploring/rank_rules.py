"""From the groups' own scores to one score by rank: robust rules that D.2 of the paper mentions (D29)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.arithmetic import POINTS, Points
from assessments.scoring.errors import ScoringError

HALF = Fraction(1, 2)
QUARTER = Fraction(1, 4)
TRIMMED_FROM = 5


def upper_quantile(scores: Sequence[Decimal], voices: Points, share: Fraction) -> Decimal:
    """Largest of the scores with at least a share of the voice at or over it.

    Parameters
    ----------
    scores : (G',) published own scores, at least one
    voices : (G',) points that sum to 10,000
    share : above 0, at most 1; a half gives the upper weighted median, a quarter the upper quartile

    Raises
    ------
    ScoringError `E_EMPTY` without scores

    Degenerate: all agree or one group gives that score.
    Source: D29.
    """
    if not scores:
        raise ScoringError("E_EMPTY", "There are no scores to rank.")
    pairs = list(zip(scores, voices, strict=True))
    return max(s for s in scores if sum(voice for score, voice in pairs if score >= s) >= share * POINTS)


def trimmed_mean(scores: Sequence[Decimal]) -> Fraction:
    """Exact mean of the scores without one lowest and one highest, every group one voice.

    With unequal voices a group could lower the result by raising its own score, because it would be the one left out.

    Raises
    ------
    ScoringError `E_UNDEFINED` below five groups

    Source: D29.
    """
    if len(scores) < TRIMMED_FROM:
        raise ScoringError("E_UNDEFINED", f"A trimmed mean needs {TRIMMED_FROM} groups.", needed=TRIMMED_FROM)
    kept = sorted(scores)[1:-1]
    return sum((Fraction(score) for score in kept), Fraction(0)) / len(kept)
