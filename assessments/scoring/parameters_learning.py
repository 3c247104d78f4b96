"""What a policy says about the learned score: how it is fitted, and what it must show before it may lead."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assessments.scoring.arithmetic import check_decimal, check_whole
from assessments.scoring.errors import ScoringError

LEAST_SHARE = Decimal("0.0001")
LEAST_RIDGE = Decimal("0.000001")
RIDGE_PLACES = 6
LONGEST_PATH = 10
MOST_BINS = 100


@dataclass(frozen=True)
class LearningParameters:
    """Numbers of the fit (D13, D14), of record fit (D11) and of admission (D15).

    delta : width of the Huber loss, above 0 and at most 1; the noise scale of record fit too
    printed_lambda : ridge of the objective as printed, above 0
    lambda_path : ridges that the default fit chooses from, falling
    zero_risk_score : what no risk at all scores at most, in (0, 0.5]
    cases_per_number : labelled cases needed for each free number of eq. (4)
    standard_errors : by how many the learned score must beat the plain one when each case is left out once
    raters_per_label : people who must have labelled each case without seeing each other's labels
    reliability_bins : equal-count bins of the reliability table

    Raises
    ------
    ScoringError `E_RANGE`, `E_TYPE`, `E_EMPTY` for no path, `threshold_order` for a path that does not fall

    Source: A.2, eq. (5), (6H); D11, D13 to D15.
    """

    delta: Decimal = Decimal("0.1")
    printed_lambda: Decimal = Decimal("0.01")
    lambda_path: tuple[Decimal, ...] = (
        Decimal("0.01"), Decimal("0.003"), Decimal("0.001"), Decimal("0.0003"), Decimal("0.0001"),
    )  # fmt: skip
    zero_risk_score: Decimal = Decimal("0.05")
    cases_per_number: int = 2
    standard_errors: Decimal = Decimal(1)
    raters_per_label: int = 2
    reliability_bins: int = 5

    def __post_init__(self) -> None:
        check_decimal(self.delta, "delta", low=LEAST_SHARE)
        check_decimal(self.zero_risk_score, "zero_risk_score", low=LEAST_SHARE, high=Decimal("0.5"))
        check_decimal(self.standard_errors, "standard_errors", high=Decimal(10))
        for ridge in (self.printed_lambda, *self.lambda_path):
            check_decimal(ridge, "lambda", low=LEAST_RIDGE, places=RIDGE_PLACES)
        check_whole(self.cases_per_number, "cases_per_number", low=1, high=100)
        check_whole(self.raters_per_label, "raters_per_label", low=1, high=100)
        check_whole(self.reliability_bins, "reliability_bins", low=2, high=MOST_BINS)
        self._check_path()

    def _check_path(self) -> None:
        if not self.lambda_path:
            raise ScoringError("E_EMPTY", "The path needs at least one lambda.")
        if len(self.lambda_path) > LONGEST_PATH:
            raise ScoringError("E_RANGE", "The path is too long.", maximum=LONGEST_PATH)
        if any(not one > following for one, following in pairwise(self.lambda_path)):
            raise ScoringError("threshold_order", "Each lambda must be below the one before it.")
