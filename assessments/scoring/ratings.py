"""From several evaluators to the published ratings that everything starts from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.arithmetic import Exact, as_decimal, half_up
from assessments.scoring.categories import category_printed, category_value
from assessments.scoring.errors import ScoringError
from assessments.scoring.inputs import EvaluatorRating
from assessments.scoring.parameters import Parameters
from assessments.scoring.schemes import Scheme


@dataclass(frozen=True)
class PublishedRatings:
    """Means of the evaluators with 4 decimals.

    values : (F,) one value for each factor
    components : (F,) tuples of component means; empty where the scheme has none
    """

    values: tuple[Decimal, ...]
    components: tuple[tuple[Decimal, ...], ...]


def published_ratings(scheme: Scheme, ratings: Sequence[EvaluatorRating], parameters: Parameters) -> PublishedRatings:
    """Average the evaluators, half up to 4 decimals; categories follow from the published component means.

    Degenerate: one evaluator's values stand as they are.
    Source: D5; numbers start from what is published.
    """
    columns = zip(*(rating.values for rating in ratings), strict=True)
    means = tuple(tuple(_mean(values) for values in zip(*rows, strict=True)) for rows in columns)
    if not scheme.components:
        return PublishedRatings(tuple(row[0] for row in means), ())
    return PublishedRatings(tuple(half_up(value) for value in _categories(means, parameters)), means)


def factor_values(scheme: Scheme, rating: EvaluatorRating, parameters: Parameters) -> tuple[Decimal, ...]:
    """(F,) one evaluator's own values, unrounded; only the spread between evaluators uses them."""
    if not scheme.components:
        return tuple(row[0] for row in rating.values)
    return tuple(as_decimal(Fraction(value)) for value in _categories(rating.values, parameters))


def printed_categories(published: PublishedRatings, parameters: Parameters) -> tuple[Decimal | None, ...]:
    """(F,) eq. (14)-(20) as printed, 4 decimals; None where every component is 0."""
    rows = zip(published.components, parameters.component_ratios, strict=False)  # a scheme may have no components
    return tuple(_or_none(category_printed, row, ratios) for row, ratios in rows)


def _or_none(
    rule: Callable[[Sequence[Exact], Sequence[int]], Decimal], row: Sequence[Decimal], ratios: Sequence[int]
) -> Decimal | None:
    try:
        return half_up(rule(row, ratios))
    except ScoringError:
        return None


def _categories(rows: Sequence[Sequence[Decimal]], parameters: Parameters) -> tuple[Exact, ...]:
    pairs = zip(rows, parameters.component_ratios, strict=True)
    return tuple(category_value(row, ratios, parameters.category_rule) for row, ratios in pairs)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return half_up(sum((Fraction(value) for value in values), Fraction(0)) / len(values))
