"""Would the lines have called people in time? Hits, lead time and false alarms on past cases (D30; App. F)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.errors import ScoringError
from assessments.scoring.lines import NO_LEVEL
from assessments.scoring.parameters import LEVELS
from assessments.scoring.upkeep.exact_interval import exact_interval

CALLED_FROM = "M"  # from this level on people are called together


class Verdict(StrEnum):
    """What became of one past case."""

    HIT = "hit"
    MISS = "miss"
    FALSE_ALARM = "false_alarm"
    QUIET = "quiet"


@dataclass(frozen=True)
class PastCase:
    """One past case as the framework would have seen it.

    level : reached on what was known at the cut-off: none, L, M or H
    cut_off : last day whose evidence was used
    outcome_on : day the harm came out; None for a control, a system without incident

    Raises
    ------
    ScoringError `E_MODE` for an unknown level
    """

    level: str
    cut_off: date
    outcome_on: date | None

    def __post_init__(self) -> None:
        if self.level not in (NO_LEVEL, *LEVELS):
            raise ScoringError("E_MODE", f"There is no level {self.level!r}.", known=(NO_LEVEL, *LEVELS))

    @property
    def is_control(self) -> bool:
        """Tell whether nothing went wrong in this case."""
        return self.outcome_on is None

    @property
    def is_called(self) -> bool:
        """Tell whether the level is one that calls people together."""
        return self.level in LEVELS[LEVELS.index(CALLED_FROM) :]


@dataclass(frozen=True)
class Confusion:
    """Counts of the four verdicts, and what they can say.

    Degenerate: without failures or without controls the shares and intervals that need them are None.
    Source: D30.
    """

    hits: int
    misses: int
    false_alarms: int
    quiet: int

    @property
    def failures(self) -> int:
        """Cases in which harm came out."""
        return self.hits + self.misses

    @property
    def controls(self) -> int:
        """Cases without incident."""
        return self.false_alarms + self.quiet

    @property
    def has_enough_controls(self) -> bool:
        """Tell whether there is at least one control for each failure; fewer say little about false alarms."""
        return self.controls >= max(self.failures, 1)

    @property
    def hit_share(self) -> Fraction | None:
        """Share of failures that were called in time."""
        return Fraction(self.hits, self.failures) if self.failures else None

    @property
    def hit_interval(self) -> tuple[Decimal, Decimal] | None:
        """Every hit share that these cases do not rule out."""
        return exact_interval(self.hits, self.failures)

    @property
    def false_alarm_share(self) -> Fraction | None:
        """Share of controls that were called all the same."""
        return Fraction(self.false_alarms, self.controls) if self.controls else None

    @property
    def false_alarm_interval(self) -> tuple[Decimal, Decimal] | None:
        """Every false-alarm share that these cases do not rule out."""
        return exact_interval(self.false_alarms, self.controls)


def lead_days(case: PastCase) -> int | None:
    """Days from the cut-off to the outcome of a hit; None for every other case.

    Source: D30.
    """
    if case.outcome_on is None or verdict_of(case) is not Verdict.HIT:
        return None
    return (case.outcome_on - case.cut_off).days


def verdict_of(case: PastCase) -> Verdict:
    """Judge one case: a hit reaches at least Moderate on evidence from before the day of the outcome.

    Degenerate: evidence of the day of the outcome itself comes too late, so the case is a miss.
    Source: D30; App. F.
    """
    if case.outcome_on is None:
        return Verdict.FALSE_ALARM if case.is_called else Verdict.QUIET
    return Verdict.HIT if case.is_called and case.cut_off < case.outcome_on else Verdict.MISS


def confusion(cases: Sequence[PastCase]) -> Confusion:
    """Count the verdicts of many cases; the order of the cases does not matter."""
    counts = Counter(verdict_of(case) for case in cases)
    return Confusion(
        hits=counts[Verdict.HIT],
        misses=counts[Verdict.MISS],
        false_alarms=counts[Verdict.FALSE_ALARM],
        quiet=counts[Verdict.QUIET],
    )
