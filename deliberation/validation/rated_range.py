"""How far a score can move when every rating is as low, or as high, as any evaluator put it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.aggregators import MULTIPLICATIVE, common_form, multiplicative
from assessments.scoring.arithmetic import Points, half_up, in_context
from assessments.scoring.inputs import EvaluatorRating
from assessments.scoring.parameters import Parameters
from assessments.scoring.ratings import PublishedRatings, published_ratings
from assessments.scoring.schemes import Scheme

Edge = Callable[[Sequence[Decimal]], Decimal]


@dataclass(frozen=True)
class RatedRange:
    """The published ratings if every value were the lowest, or the highest, that an evaluator gave.

    Every method that a score can be worked out with grows with every rating, so no other choice of values between
    the two gives a score outside the range.
    """

    low: PublishedRatings
    high: PublishedRatings
    parameters: Parameters

    def of(self, points: Points, method: str) -> tuple[Decimal, Decimal]:
        """Return the lowest and highest score of one weight vector under a method, with 4 decimals."""
        return self._score(points, self.low, method), self._score(points, self.high, method)

    @in_context
    def _score(self, points: Points, ratings: PublishedRatings, method: str) -> Decimal:
        if method == MULTIPLICATIVE:
            return half_up(multiplicative(points, ratings.values))
        return half_up(common_form(method, ratings.values, self.parameters.eta).score(points))


def rated_range(scheme: Scheme, ratings: Sequence[EvaluatorRating], parameters: Parameters) -> RatedRange:
    """Take each value's edges over the evaluators; categories follow from their components as always."""
    return RatedRange(
        low=published_ratings(scheme, [_edge(ratings, min)], parameters),
        high=published_ratings(scheme, [_edge(ratings, max)], parameters),
        parameters=parameters,
    )


def _edge(ratings: Sequence[EvaluatorRating], edge: Edge) -> EvaluatorRating:
    rows = zip(*(rating.values for rating in ratings), strict=True)
    values = tuple(tuple(edge(column) for column in zip(*row, strict=True)) for row in rows)
    return EvaluatorRating(evaluator="edge", values=values)
