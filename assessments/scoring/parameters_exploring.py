"""What a policy says about the figures that explore a score and decide nothing."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.arithmetic import check_decimal, check_whole

LEAST_SHARE = Decimal("0.0001")
MOST_DRAWS = 100_000
HIGHEST_SEED = 999_999_999


@dataclass(frozen=True)
class ExploringParameters:
    """Numbers of sensitivity (D24) and of the look-out for coordinated answers (D28).

    weight_step : how far one weight is moved at a time, above 0 and at most 1
    kappa : concentration of the Dirichlet distribution around the pooled weights, 1 or more
    draws, seed : of the seeded simulation, for variants that have no closed form
    median_line : distance between mean and geometric median above which a group's answers are looked at

    Raises
    ------
    ScoringError `E_RANGE`, `E_TYPE`

    Source: App. E; D24, D28.
    """

    weight_step: Decimal = Decimal("0.1")
    kappa: Decimal = Decimal(50)
    draws: int = 4096
    seed: int = 20250
    median_line: Decimal = Decimal("0.1")

    def __post_init__(self) -> None:
        check_decimal(self.weight_step, "weight_step", low=LEAST_SHARE)
        check_decimal(self.kappa, "kappa", low=Decimal(1), high=Decimal(10**6))
        check_whole(self.draws, "draws", low=100, high=MOST_DRAWS)
        check_whole(self.seed, "seed", high=HIGHEST_SEED)
        check_decimal(self.median_line, "median_line")
