"""How sure the score is: interval and alert (D21; eq. (9) read for the case).

Statistics in float64; no power hangs on them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from assessments.scoring.arithmetic import POINTS, half_up
from assessments.scoring.group_sums import GroupSums, pooled_variance_along
from assessments.scoring.lines import NO_LEVEL, Lines
from assessments.scoring.parameters import LEVELS

WIDTH = 1.96  # 95 % of a normal distribution


@dataclass(frozen=True)
class MemberGroup:
    """A group that is present by the mean of its members' answers."""

    voice: int
    sums: GroupSums
    roll_size: int | None


@dataclass(frozen=True)
class MemberVariance:
    """Variance of z that comes from who happened to answer; `estimable` is False if a term had to be left out."""

    value: float
    estimable: bool


def member_variance(
    groups: Sequence[MemberGroup], everybody: Sequence[GroupSums], a: Sequence[Decimal]
) -> MemberVariance:
    """v_w = sum pi^2 a'Ca / n (1 - n / M).

    Parameters
    ----------
    groups : groups present by mean; adopted positions are decisions, not samples, and carry no variance
    everybody : sums of all groups, for the pooled variance that a group of one borrows
    a : (F,) effects of the common form

    Degenerate: whole roll answered gives 0; no group with two answers gives 0, not estimable.
    Source: D21.
    """
    needs_pooled = any(group.sums.n == 1 for group in groups)
    pooled = pooled_variance_along(everybody, a) if needs_pooled else None
    terms = [_member_term(group, a, pooled) for group in groups]
    known = [term for term in terms if term is not None]
    return MemberVariance(float(sum(known, Fraction(0))), estimable=len(known) == len(terms))


def _member_term(group: MemberGroup, a: Sequence[Decimal], pooled: Fraction | None) -> Fraction | None:
    variance = group.sums.variance_along(a)
    if variance is None:
        variance = pooled
    if variance is None:
        return None
    n = group.sums.n
    unheard = 1 - Fraction(n, group.roll_size) if group.roll_size else Fraction(1)
    return Fraction(group.voice, POINTS) ** 2 * variance / n * unheard


def rating_variance(scores: Sequence[float], sigma0: float, nu0: int) -> float:
    """v_r = s^2 / m with s^2 = (sum (S_e - mean)^2 + nu0 sigma0^2) / (m - 1 + nu0).

    Parameters
    ----------
    scores : (M,) score under each evaluator's own ratings, at least one

    Degenerate: one evaluator gives sigma0^2, so the standard deviation is never below sigma0.
    Source: D21.
    """
    m = len(scores)
    mean = sum(scores) / m
    squares = sum((score - mean) ** 2 for score in scores)
    return (squares + nu0 * sigma0**2) / (m - 1 + nu0) / m


def standard_deviation(slope: float, members: float, ratings: float) -> float:
    """Sd of the score: sqrt(G'(z)^2 v_w + v_r)."""
    return sqrt(slope * slope * members + ratings)


def interval(score: Decimal, sd: float) -> tuple[Decimal, Decimal]:
    """Score +/- 1.96 sd, cut to [0, 1], 4 decimals."""
    half = Decimal(WIDTH * sd)
    low, high = Fraction(score) - Fraction(half), Fraction(score) + Fraction(half)
    return half_up(max(low, Fraction(0))), half_up(min(high, Fraction(1)))


def probabilities(score: Decimal, sd: float, lines: Lines) -> dict[str, Decimal]:
    """P by level: chance that the true score is at or over the line, 4 decimals.

    Parameters
    ----------
    score : published
    sd : unrounded

    Degenerate: sd = 0 gives 1 if the line is reached, else 0.
    Source: eq. (9) for the case; D21.
    """
    return {j: half_up(Decimal(_probability(float(score), sd, float(s)))) for j, s in lines.s.items()}


def _probability(score: float, sd: float, line: float) -> float:
    from scipy.special import ndtr  # noqa: PLC0415 -- scipy is heavy; string checks and forms never need it

    if sd == 0:
        return 1.0 if score >= line else 0.0
    return float(ndtr((score - line) / sd))


def alert_of(level: str, chances: Mapping[str, Decimal], lines: Lines) -> str:
    """Highest level whose probability reaches its published alpha, never below the level itself.

    Source: eq. (9); D21. It obliges more evidence and a session; it grants no power.
    """
    order = (NO_LEVEL, *LEVELS)
    alarmed = [j for j in LEVELS if chances[j] >= lines.alpha[j]]
    return max([level, *alarmed], key=order.index)
