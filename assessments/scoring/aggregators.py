"""Scores. Every one has the common form S = G(a0 + a.w), written once (D4); eq. (3) stands beside it as printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.arithmetic import POINTS, Exact, Points, half_up, in_context
from assessments.scoring.errors import ScoringError
from assessments.scoring.logistic import logistic, logistic_slope, logit

LINEAR = "linear"
TEMPERED = "tempered"
MULTIPLICATIVE = "multiplicative"
LEARNED = "learned"
AGGREGATORS = (LINEAR, TEMPERED)  # what may be the headline; eq. (3) and (4) stand beside it only


@dataclass(frozen=True)
class CommonForm:
    """One case under one aggregator: S = G(a0 + a.w), G increasing; `a` knows the case, `w` the people.

    Parameters
    ----------
    kind : `linear`, `tempered` or `learned`
    a0 : constant, 0 for all but learned, b there
    a : (F,) effect of each factor: x for linear, -ln(1 - (1 - eta) x) for tempered, F c_i for learned (D10)
    eta : in (0, 1); used by tempered only

    Source: D4.
    """

    kind: str
    a0: Decimal
    a: tuple[Decimal, ...]
    eta: Decimal

    @in_context
    def inner(self, points: Points) -> Decimal:
        """z = a0 + a.w for weights in points; exact for linear."""
        along = sum((x * p for x, p in zip(self.a, points, strict=True)), Decimal(0))
        return self.a0 + along / POINTS

    @in_context
    def outer(self, z: Decimal) -> Decimal:
        """G(z), the unrounded score in [0, 1]."""
        if self.kind == LINEAR:
            return z
        if self.kind == LEARNED:
            return logistic(z)
        return (1 - (-z).exp()) / (1 - self.eta)

    @in_context
    def slope(self, z: Decimal) -> Decimal:
        """G'(z), above 0."""
        if self.kind == LINEAR:
            return Decimal(1)
        if self.kind == LEARNED:
            return logistic_slope(z)
        return (-z).exp() / (1 - self.eta)

    @in_context
    def inverse(self, s: Decimal) -> Decimal:
        """The z at which the score is s, for s in [0, 1]; `E_UNDEFINED` where the form does not attain s."""
        if self.kind == LINEAR:
            return s
        if self.kind == LEARNED:
            return logit(s)
        return -(1 - (1 - self.eta) * s).ln()

    def attains(self, s: Decimal) -> bool:
        """Whether some z scores exactly s, for s in [0, 1]; the learned form only nears 0 and 1."""
        return self.kind != LEARNED or 0 < s < 1

    def score(self, points: Points) -> Decimal:
        """Unrounded score of one weight vector in points."""
        return self.outer(self.inner(points))


@in_context
def common_form(kind: str, ratings: Sequence[Decimal], eta: Decimal) -> CommonForm:
    """Prepare a case for scoring; O(F).

    Parameters
    ----------
    kind : `linear` (D6, eq. (2)) or `tempered` (D8)
    ratings : (F,) in [0, 1]
    eta : in (0, 1); near 0 tempered is eq. (3), near 1 it is eq. (2)

    Raises
    ------
    ScoringError `E_MODE` for another aggregator
    """
    if kind not in AGGREGATORS:
        raise ScoringError("E_MODE", f"There is no aggregator {kind!r}.", known=AGGREGATORS)
    if kind == LINEAR:
        return CommonForm(kind, Decimal(0), tuple(ratings), eta)
    return CommonForm(kind, Decimal(0), tuple(-(1 - (1 - eta) * x).ln() for x in ratings), eta)


@in_context
def multiplicative(points: Points, ratings: Sequence[Decimal]) -> Decimal:
    """1 - prod (1 - x)^w as printed, with 0^0 = 1.

    Parameters
    ----------
    points : (F,) weights in points
    ratings : (F,) in [0, 1]

    Degenerate: a factor without weight is skipped; a factor at 1 with any weight gives exactly 1.
    Powers are exp(w ln(1 - x)), because both are correctly rounded and a general power need not be.
    Source: eq. (3); D7.
    """
    counted = [(p, x) for p, x in zip(points, ratings, strict=True) if p]
    if any(x == 1 for _, x in counted):
        return Decimal(1)
    logarithm = sum((p * (1 - x).ln() for p, x in counted), Decimal(0)) / POINTS
    return 1 - logarithm.exp()


def scores_by_aggregator(points: Points, ratings: Sequence[Decimal], eta: Decimal) -> dict[str, Decimal]:
    """Published scores of one weight vector under eq. (2), eq. (3) and the tempered form."""
    return {
        LINEAR: half_up(common_form(LINEAR, ratings, eta).score(points)),
        MULTIPLICATIVE: half_up(multiplicative(points, ratings)),
        TEMPERED: half_up(common_form(TEMPERED, ratings, eta).score(points)),
    }


def weighted_mean(points: Points, values: Sequence[Exact]) -> Fraction:
    """Exact sum of w x, eq. (2), for values that need not be decimals."""
    return sum((p * Fraction(x) for p, x in zip(points, values, strict=True)), Fraction(0)) / POINTS
