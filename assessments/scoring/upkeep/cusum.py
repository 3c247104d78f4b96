"""Watching one indicator of democratic health: has it drifted to the worse? (D32; section 6 of the paper)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from assessments.scoring.arithmetic import as_decimal, half_up, in_context
from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters_upkeep import MonitoringParameters


class Worse(StrEnum):
    """Which way an indicator gets worse; what the other way does is never an alarm."""

    HIGHER = "higher"
    LOWER = "lower"


class Unknown(StrEnum):
    """Why nothing can be said yet."""

    TOO_FEW_BASELINE = "too_few_baseline"
    CONSTANT_BASELINE = "constant_baseline"


@dataclass(frozen=True)
class Drift:
    """What the sums say.

    mean, sd : of the baseline, 4 decimals; None where nothing can be said
    sums : (N,) running sum after each value, 4 decimals
    alarm_at : place of the first value whose published sum reaches the alarm, counted from 0, or None
    unknown : why nothing can be said, or None
    """

    mean: Decimal | None
    sd: Decimal | None
    sums: tuple[Decimal, ...]
    alarm_at: int | None
    unknown: Unknown | None


@in_context
def drift_of(
    baseline: Sequence[Decimal], values: Sequence[Decimal], worse: Worse, rules: MonitoringParameters
) -> Drift:
    """One-sided CUSUM: C = max(0, C + (x - mean0) / sd0 - slack), an alarm where C reaches the alarm sum.

    Parameters
    ----------
    baseline : (B,) earlier values, any unit; mean0 and sd0 (divisor B - 1) come from them alone
    values : (N,) later values in the order of time
    worse : the direction that is added up; for `lower` the sign of x - mean0 is turned

    Raises
    ------
    ScoringError `E_TYPE`, `E_NONFINITE` for a value that is no finite decimal

    Degenerate: too few baseline values, or a baseline that never moved (sd0 = 0, so there is no yardstick), say
    nothing, with the reason. After an alarm the sum runs on.
    Source: D32; section 6 of the paper.
    """
    for value in (*baseline, *values):
        _check(value)
    if len(baseline) < rules.baseline_values:
        return _nothing(Unknown.TOO_FEW_BASELINE)
    mean = sum(map(Fraction, baseline), Fraction(0)) / len(baseline)
    variance = sum(((Fraction(x) - mean) ** 2 for x in baseline), Fraction(0)) / (len(baseline) - 1)
    if variance == 0:
        return _nothing(Unknown.CONSTANT_BASELINE)
    sd = as_decimal(variance).sqrt()
    sums = _running_sums([as_decimal(_badness(x, mean, worse)) / sd for x in values], rules.slack)
    alarms = [place for place, total in enumerate(sums) if total >= rules.alarm]
    return Drift(half_up(mean), half_up(sd), sums, alarms[0] if alarms else None, unknown=None)


def _check(value: object) -> None:
    if not isinstance(value, Decimal):
        raise ScoringError("E_TYPE", "An indicator needs decimal numbers.")
    if not value.is_finite():
        raise ScoringError("E_NONFINITE", "An indicator needs finite numbers.")


def _nothing(reason: Unknown) -> Drift:
    return Drift(mean=None, sd=None, sums=(), alarm_at=None, unknown=reason)


def _badness(x: Decimal, mean: Fraction, worse: Worse) -> Fraction:
    return Fraction(x) - mean if worse is Worse.HIGHER else mean - Fraction(x)


def _running_sums(deviations: Sequence[Decimal], slack: Decimal) -> tuple[Decimal, ...]:
    """Sum up unrounded; only what is published is rounded."""
    sums, total = [], Decimal(0)
    for deviation in deviations:
        total = max(Decimal(0), total + deviation - slack)
        sums.append(half_up(total))
    return tuple(sums)
