"""The published parameter set of a policy, checked once; the defaults are the paper's own table, policy version 1."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from itertools import pairwise
from typing import Any, Self

from assessments.scoring.arithmetic import check_decimal, check_whole
from assessments.scoring.categories import MEAN, RULES
from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters_exploring import ExploringParameters
from assessments.scoring.parameters_json import from_plain, to_plain
from assessments.scoring.parameters_learning import LearningParameters
from assessments.scoring.parameters_upkeep import MonitoringParameters, RecalibrationParameters
from assessments.scoring.schemes import TAXONOMY

EQUAL_VOICES = "equal"
EQ7_VOICES = "eq7"
VOICES = (EQUAL_VOICES, EQ7_VOICES)
LEVELS = ("L", "M", "H")  # lowest first
UNBOUNDED = Decimal(10**6)
HIGHEST = 1000
"""No whole number of a policy needs more than this."""


@dataclass(frozen=True)
class LevelLines:
    """One level's severity line s and probability line alpha, at the start and at the end of the roadmap.

    Source: A.6.2.
    """

    s_initial: Decimal
    s_full: Decimal
    alpha_initial: Decimal
    alpha_full: Decimal

    def __post_init__(self) -> None:
        for one in fields(self):
            check_decimal(getattr(self, one.name), one.name)


def _lines(*values: str) -> LevelLines:
    return LevelLines(*(Decimal(value) for value in values))


@dataclass(frozen=True)
class Parameters:
    """All numbers of a policy: those that decide stand here, those that learn, explore and review in parts.

    The two kinds of lines are kept apart: levels (A.6) and powers (App. G).

    component_ratios : one row of whole ratios for each factor of the taxonomy, in canonical order
    minimum_answers, minimum_community : least members of a group, and of a community inside one, that show a position

    Raises
    ------
    ScoringError `threshold_order` if lines are not in order, `E_RANGE`, `E_TYPE`, `E_MODE`, `E_SHAPE` otherwise

    Source: A.6, App. G, ranges of eq. (7a); the rest are this project's defaults.
    """

    voices: str = EQUAL_VOICES
    rho: Decimal = Decimal(3)  # no voice exceeds this many times another
    alpha: Decimal = Decimal(1)  # weight of record fit, eq. (7a)
    beta_range: tuple[Decimal, Decimal] = (Decimal("0.5"), Decimal("1.5"))
    gamma_range: tuple[Decimal, Decimal] = (Decimal("0.8"), Decimal("2.0"))
    eta: Decimal = Decimal("0.01")
    category_rule: str = MEAN
    component_ratios: tuple[tuple[int, ...], ...] = field(
        default_factory=lambda: tuple((1,) * width for width in TAXONOMY.widths)
    )
    low: LevelLines = field(default_factory=lambda: _lines("0.2", "0.3", "0.1", "0.15"))
    moderate: LevelLines = field(default_factory=lambda: _lines("0.5", "0.6", "0.05", "0.1"))
    high: LevelLines = field(default_factory=lambda: _lines("0.8", "0.75", "0.01", "0.05"))
    roadmap_months: int = 72
    mandate_month: int = 24
    coverage_month: int = 48
    measures_line: Decimal = Decimal("0.6")
    suspension_line: Decimal = Decimal("0.8")
    quorum: int = 4
    minimum_answers: int = 5
    minimum_community: int = 5
    sigma0: Decimal = Decimal("0.1")
    nu0: int = 2
    index_line: Decimal = Decimal("0.25")
    lone_line: Decimal = Decimal("0.40")
    divided_line: Decimal = Decimal("0.50")
    wide_line: Decimal = Decimal("0.1000")
    max_rounds: int = 2
    learning: LearningParameters = field(default_factory=LearningParameters)
    exploring: ExploringParameters = field(default_factory=ExploringParameters)
    recalibration: RecalibrationParameters = field(default_factory=RecalibrationParameters)
    monitoring: MonitoringParameters = field(default_factory=MonitoringParameters)

    def __post_init__(self) -> None:
        self._check_choices()
        self._check_numbers()
        self._check_components()
        self._check_order()

    @property
    def levels(self) -> dict[str, LevelLines]:
        """Lines by level, lowest first."""
        return dict(zip(LEVELS, (self.low, self.moderate, self.high), strict=True))

    def to_json(self) -> dict[str, Any]:
        """Plain data: decimals as strings, every field named."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; a field too many or too few is refused with `E_SHAPE`."""
        return from_plain(cls, data)

    def _check_choices(self) -> None:
        if self.voices not in VOICES:
            raise ScoringError("E_MODE", f"There is no voices mode {self.voices!r}.", known=VOICES)
        if self.category_rule not in RULES:
            raise ScoringError("E_MODE", f"There is no category rule {self.category_rule!r}.", known=RULES)

    def _check_numbers(self) -> None:
        for name, low in _WHOLE.items():
            check_whole(getattr(self, name), name, low=low, high=HIGHEST)
        for name in _SHARES:
            check_decimal(getattr(self, name), name)
        check_decimal(self.rho, "rho", low=Decimal(1), high=UNBOUNDED)
        check_decimal(self.alpha, "alpha", high=UNBOUNDED)
        check_decimal(self.eta, "eta", low=Decimal("0.0001"), high=Decimal("0.9999"))
        for value in (*self.beta_range, *self.gamma_range):
            check_decimal(value, "range", high=UNBOUNDED)

    def _check_components(self) -> None:
        for ratios in self.component_ratios:
            for ratio in ratios:
                check_whole(ratio, "component_ratios", high=HIGHEST)
            if not sum(ratios):
                raise ScoringError("weights_zero", "At least one component of each category must count.")

    def _check_order(self) -> None:
        rising = [
            [lines.s_initial for lines in self.levels.values()],
            [lines.s_full for lines in self.levels.values()],
            [self.measures_line, self.suspension_line],
        ]
        if any(not low < high for row in rising for low, high in pairwise(row)):
            raise ScoringError("threshold_order", "Each line must be above the one before it.")
        if self.mandate_month > self.coverage_month:
            raise ScoringError("threshold_order", "The third phase must not begin before the second.")
        for low, high in (self.beta_range, self.gamma_range):
            if low > high:
                raise ScoringError("threshold_order", "A range must start below its end.")


_WHOLE = {
    "roadmap_months": 1, "mandate_month": 0, "coverage_month": 0, "quorum": 1, "minimum_answers": 1,
    "minimum_community": 1, "nu0": 1, "max_rounds": 0,
}  # fmt: skip
"""Whole numbers, each with the least it can be."""
_SHARES = ("measures_line", "suspension_line", "sigma0", "index_line", "lone_line", "divided_line", "wide_line")
