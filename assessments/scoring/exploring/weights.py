"""Which weight, and which rating, the score owes its doubt to, in closed form (D24 e, f)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import CommonForm, weighted_mean
from assessments.scoring.arithmetic import POINTS, Exact, Points
from assessments.scoring.exploring.finding import NO_VARIANCE, ONE_EVALUATOR, Finding


def dirichlet_variance(form: CommonForm, points: Points, kappa: Decimal) -> Fraction:
    """Variance of z if the weights were drawn from Dirichlet(kappa w).

    Parameters
    ----------
    points : (F,) pooled weights w
    kappa : above 0; the larger, the closer the draws keep to w; the policy has 50

    Degenerate: 0 where all weighted factors have the same effect.
    Source: D24 (e), (sum w a^2 - (a.w)^2) / (kappa + 1).
    """
    return _variance(form, points) / (Fraction(kappa) + 1)


def covariance_shares(form: CommonForm, points: Points) -> Finding[tuple[Fraction, ...]]:
    """(F,) share of that variance that goes with each weight; they sum to 1, and single ones may be negative.

    Sobol indices are not defined for weights that must sum to 1, so these are covariance shares.

    Degenerate: no value, `no_variance`, where all weighted factors have the same effect.
    Source: D24 (e), w a (a - a.w) / sum.
    """
    total, mean = _variance(form, points), weighted_mean(points, form.a)
    if not total:
        return Finding(None, NO_VARIANCE)
    parts = zip(points, (Fraction(effect) for effect in form.a), strict=True)
    return Finding(tuple(weight * effect * (effect - mean) / POINTS / total for weight, effect in parts))


def rating_variances(rows: Sequence[Sequence[Decimal]]) -> Finding[tuple[Fraction, ...]]:
    """(F,) variance of each factor's rating over evaluators, divisor m - 1.

    Parameters
    ----------
    rows : (M, F) published values of each evaluator

    Degenerate: no value, `one_evaluator`, below two.
    """
    count = len(rows)
    if count < 2:  # noqa: PLR2004 -- a variance needs two
        return Finding(None, ONE_EVALUATOR)
    return Finding(tuple(_sample_variance([Fraction(value) for value in column]) for column in zip(*rows, strict=True)))


def rating_shares(points: Points, variances: Sequence[Exact]) -> Finding[tuple[Fraction, ...]]:
    """(F,) Sobol index of each rating in the linear score, if ratings vary independently; they sum to 1.

    Parameters
    ----------
    points : (F,) pooled weights
    variances : (F,) variance of each rating, 0 or more

    Degenerate: no value, `no_variance`, where no weighted rating varies.
    Source: D24 (f), w^2 s^2 / sum.
    """
    parts = [weight**2 * Fraction(variance) for weight, variance in zip(points, variances, strict=True)]
    total = sum(parts, Fraction(0))
    return Finding(tuple(part / total for part in parts)) if total else Finding(None, NO_VARIANCE)


def _variance(form: CommonForm, points: Points) -> Fraction:
    squares = weighted_mean(points, [Fraction(effect) ** 2 for effect in form.a])
    return squares - weighted_mean(points, form.a) ** 2


def _sample_variance(values: Sequence[Fraction]) -> Fraction:
    mean = sum(values, Fraction(0)) / len(values)
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)
