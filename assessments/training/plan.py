"""What a training consists of, as one numbered list of units, so that "how far are we" is one number."""

from dataclasses import dataclass
from enum import StrEnum

from assessments.scoring.learning.fit import RESTARTS
from assessments.scoring.learning.variants import AS_PRINTED, DEFAULT, FRACTIONAL_LOGIT

DESCENTS = 1 + RESTARTS
"""Starts of one fit: zero, and the restarts that show whether there are other valleys."""


class Work(StrEnum):
    """One piece of work that is never split."""

    DESCENT = "descent"
    FOLD = "fold"
    RECORD = "record"


@dataclass(frozen=True)
class Series:
    """Results that belong together: one way to fit under one penalty. Without ``lam`` the chosen one is meant."""

    variant: str
    lam: str = ""

    @property
    def name(self) -> str:
        """Name under which a checkpoint keeps the results."""
        return f"{self.variant} {self.lam}".strip()


LOGIT = Series(FRACTIONAL_LOGIT.name)


@dataclass(frozen=True)
class Unit:
    """One piece of work: the ``number``-th start of a fit, or the fold without case ``number``."""

    work: Work
    series: Series | None = None
    number: int = 0


@dataclass(frozen=True)
class Plan:
    """The units of one training in order: every fit, then every leave-one-out fold, then what rests on them.

    The fractional logit comes after the folds because it uses the penalty that they choose.
    """

    printed_lam: str
    lams: tuple[str, ...]
    cases: int

    @property
    def printed(self) -> Series:
        """The fit as printed."""
        return Series(AS_PRINTED.name, self.printed_lam)

    @property
    def path(self) -> tuple[Series, ...]:
        """The default fit under every penalty that it chooses from."""
        return tuple(Series(DEFAULT.name, lam) for lam in self.lams)

    @property
    def total(self) -> int:
        """How many units there are."""
        return (1 + len(self.lams)) * (DESCENTS + self.cases) + DESCENTS + 1

    def unit(self, place: int) -> Unit:
        """Return the unit at ``place``, counted from 0."""
        both = (self.printed, *self.path)
        blocks = [(Work.DESCENT, series, DESCENTS) for series in both]
        blocks += [(Work.FOLD, series, self.cases) for series in both]
        blocks.append((Work.DESCENT, LOGIT, DESCENTS))
        for work, series, size in blocks:
            if place < size:
                return Unit(work, series, place)
            place -= size
        return Unit(Work.RECORD)
