"""What a policy says about the yearly review of the lines and about watching over time."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.arithmetic import check_decimal, check_whole

LEAST_SHARE = Decimal("0.0001")


@dataclass(frozen=True)
class RecalibrationParameters:
    """Numbers of the yearly review of the full lines.

    miss_cost, false_alarm_cost : what a missed case and a false alarm weigh against each other
    step : how far a line may move in one year, above 0
    gap : distance that two lines keep at least
    minimum_needed, minimum_not_needed : reviewed cases of each kind without which nothing moves
    audit_share : share of cases below the lines that is drawn for review, above 0; each then stands for 1 / share

    Raises
    ------
    ScoringError `E_RANGE`, `E_TYPE`

    Source: section 6 of the paper; D31.
    """

    miss_cost: int = 5
    false_alarm_cost: int = 1
    step: Decimal = Decimal("0.05")
    gap: Decimal = Decimal("0.05")
    minimum_needed: int = 5
    minimum_not_needed: int = 5
    audit_share: Decimal = Decimal("0.05")

    def __post_init__(self) -> None:
        for name in ("miss_cost", "false_alarm_cost", "minimum_needed", "minimum_not_needed"):
            check_whole(getattr(self, name), name, low=1, high=1000)
        check_decimal(self.step, "step", low=LEAST_SHARE)
        check_decimal(self.gap, "gap", low=LEAST_SHARE, high=Decimal("0.3"))
        check_decimal(self.audit_share, "audit_share", low=LEAST_SHARE)


@dataclass(frozen=True)
class MonitoringParameters:
    """Numbers of the one-sided CUSUM that watches an indicator of democratic health.

    baseline_values : earlier values without which nothing is said
    slack : standard deviations above the baseline that count as nothing
    alarm : sum at which a person has to look

    Raises
    ------
    ScoringError `E_RANGE`, `E_TYPE`

    Source: section 6 of the paper; D32.
    """

    baseline_values: int = 8
    slack: Decimal = Decimal("0.5")
    alarm: Decimal = Decimal(5)

    def __post_init__(self) -> None:
        check_whole(self.baseline_values, "baseline_values", low=2, high=1000)
        check_decimal(self.slack, "slack", high=Decimal(100))
        check_decimal(self.alarm, "alarm", low=LEAST_SHARE, high=Decimal(1000))
