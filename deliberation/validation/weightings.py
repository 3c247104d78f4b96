"""One published score under every weighting that was published with it, and as the equations are printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Rating
from assessments.scoring.aggregators import LINEAR, MULTIPLICATIVE, TEMPERED
from assessments.scoring.arithmetic import Points, equal_points
from assessments.scoring.lines import Lines, Powers, level_of, lines_of, powers_of
from assessments.scoring.schemes import SCHEMES
from assessments.snapshot import evaluator_rating
from deliberation.results import PublishedScore
from deliberation.validation.rated_range import RatedRange, rated_range
from deliberation.words import METHODS
from stakeholders.models import Group

POOLED = "pooled"
PRINTED = "printed_categories"
POOLED_NAME: Promise = _("All groups together")
FIRST_NAME: Promise = _("Every item counting the same (first score)")
VOICES: dict[str, Promise] = {
    "equal_voices": _("All groups, each with the same voice"),
    "eq7_voices": _("All groups, voices by equation 7"),
}
EQUAL_WEIGHTS_NAME: Promise = _("Every item counting the same")
PRINTED_NAME: Promise = _("Kinds of risk rated as printed (equations 14 to 20)")
DIVIDES_BY_ZERO: Promise = _("Not defined: some kind of risk has only zeros, and the printed equation divides by 0.")
TABLE_OUT_OF_RANGE: Promise = _("Not defined: the policy's table of voices is outside the ranges of equation 7.")


@dataclass(frozen=True)
class Weighting:
    """What one weighting makes of a case. ``low`` and ``high`` are the range that the evaluators leave.

    Without a score, ``why_not`` says why. ``group`` is set where the weights are one group's own.
    """

    code: str
    name: str | Promise
    score: Decimal | None
    group: Group | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    why_not: str | Promise = ""
    levels: tuple[tuple[str, str], ...] = ()
    powers: Powers | None = None

    @property
    def level(self) -> dict[str, str]:
        """The level reached, by moment of the roadmap."""
        return dict(self.levels)


def weightings_of(score: PublishedScore, ratings: Sequence[Rating]) -> list[Weighting]:
    """Return all groups together first, then each counted group, then the alternatives that decide nothing."""
    scheme = SCHEMES[score.assessment.scheme]
    rated = [evaluator_rating(rating, scheme, number) for number, rating in enumerate(ratings, start=1)]
    return list(_Table(score, rated_range(scheme, rated, score.parameters)).rows())


@dataclass(frozen=True)
class _Table:
    """Builds the rows of one score; every number shown is a published one, only the ranges are worked out here."""

    score: PublishedScore
    range: RatedRange

    def rows(self) -> Iterator[Weighting]:
        pooled, headline = tuple(self._binding["pooled"]), self._binding["aggregator"]
        name = POOLED_NAME if self.score.from_answers else FIRST_NAME
        yield self._row(POOLED, name, self._binding["score"], pooled, headline)
        if self.score.from_answers:
            yield from self._groups(headline)
            yield from self._voices(headline)
            equal = equal_points(len(pooled))
            yield self._row(
                "equal_weights", EQUAL_WEIGHTS_NAME, self._beside["equal_weights"]["score"], equal, headline
            )
        for method in (LINEAR, MULTIPLICATIVE, TEMPERED):
            if method != headline:
                yield self._row(method, METHODS[method], self._beside[method], pooled, method)
        yield from self._printed()

    @property
    def _binding(self) -> dict[str, Any]:
        return self.score.binding

    @property
    def _beside(self) -> dict[str, Any]:
        beside: dict[str, Any] = self._binding["beside"]
        return beside

    def _groups(self, method: str) -> Iterator[Weighting]:
        for one in self.score.counted:
            if one.position is not None and one.score is not None:
                code = f"group:{one.group.code}"
                yield self._row(code, str(one.group), str(one.score), one.position, method, group=one.group)

    def _voices(self, method: str) -> Iterator[Weighting]:
        for code, name in VOICES.items():
            found = self._beside[code]
            if found is None:
                yield Weighting(code, name, None, why_not=TABLE_OUT_OF_RANGE)
            else:
                yield self._row(code, name, found["score"], tuple(found["pooled"]), method)

    def _printed(self) -> Iterator[Weighting]:
        """Eq. (14) to (20) do not grow with the ratings, so two edges say nothing about what lies between."""
        found = self._beside["printed_categories"]
        if found is not None and found["score"] is None:
            yield Weighting(PRINTED, PRINTED_NAME, None, why_not=DIVIDES_BY_ZERO)
        elif found is not None:
            yield self._judged(Weighting(PRINTED, PRINTED_NAME, Decimal(found["score"])))

    def _row(
        self, code: str, name: str | Promise, score: str, points: Points, method: str, *, group: Group | None = None
    ) -> Weighting:
        low, high = self.range.of(points, method)
        return self._judged(Weighting(code, name, Decimal(score), group=group, low=low, high=high))

    def _judged(self, row: Weighting) -> Weighting:
        """Hold a score against the lines; a provisional result opens no powers under any weighting."""
        score = row.score or Decimal(0)
        provisional = not self._binding["quorum"]["met"]
        return Weighting(
            code=row.code, name=row.name, score=score, group=row.group, low=row.low, high=row.high,
            levels=tuple((lines.label, level_of(score, lines)) for lines in self._lines()),
            powers=None if provisional else powers_of(score, self.score.parameters),
        )  # fmt: skip

    def _lines(self) -> tuple[Lines, ...]:
        return lines_of(self.score.assessment.month, self.score.parameters)
