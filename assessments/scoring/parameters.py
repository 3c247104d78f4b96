"""The published parameter set of a policy, checked once; the defaults are the paper's own table, policy version 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from itertools import pairwise
from typing import Any, Self

from assessments.scoring.arithmetic import check_decimal, check_whole
from assessments.scoring.categories import MEAN, RULES
from assessments.scoring.errors import ScoringError
from assessments.scoring.record import number_text

EQUAL_VOICES = "equal"
EQ7_VOICES = "eq7"
VOICES = (EQUAL_VOICES, EQ7_VOICES)
LEVELS = ("L", "M", "H")  # lowest first
UNBOUNDED = Decimal(10**6)


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
    """All numbers that decide, and the two kinds of lines, kept apart: levels (A.6) and powers (App. G).

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
    component_ratios: tuple[int, ...] = (1, 1, 1)
    low: LevelLines = field(default_factory=lambda: _lines("0.2", "0.3", "0.1", "0.15"))
    moderate: LevelLines = field(default_factory=lambda: _lines("0.5", "0.6", "0.05", "0.1"))
    high: LevelLines = field(default_factory=lambda: _lines("0.8", "0.75", "0.01", "0.05"))
    roadmap_months: int = 72
    mandate_month: int = 24
    measures_line: Decimal = Decimal("0.6")
    suspension_line: Decimal = Decimal("0.8")
    quorum: int = 4
    minimum_answers: int = 5
    sigma0: Decimal = Decimal("0.1")
    nu0: int = 2
    index_line: Decimal = Decimal("0.25")
    lone_line: Decimal = Decimal("0.40")
    divided_line: Decimal = Decimal("0.50")
    wide_line: Decimal = Decimal("0.1000")
    max_rounds: int = 2

    def __post_init__(self) -> None:
        self._check_choices()
        self._check_numbers()
        self._check_order()

    @property
    def levels(self) -> dict[str, LevelLines]:
        """Lines by level, lowest first."""
        return dict(zip(LEVELS, (self.low, self.moderate, self.high), strict=True))

    def to_json(self) -> dict[str, Any]:
        """Plain data: decimals as strings, every field named."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; a field too many or too few is refused with `E_SHAPE`."""
        return cls(**_read_fields(cls, data))

    def _check_choices(self) -> None:
        if self.voices not in VOICES:
            raise ScoringError("E_MODE", f"There is no voices mode {self.voices!r}.", known=VOICES)
        if self.category_rule not in RULES:
            raise ScoringError("E_MODE", f"There is no category rule {self.category_rule!r}.", known=RULES)

    def _check_numbers(self) -> None:
        for name in _WHOLE:
            check_whole(getattr(self, name), name)
        for ratio in self.component_ratios:
            check_whole(ratio, "component_ratios")
        if not sum(self.component_ratios):
            raise ScoringError("weights_zero", "At least one component must count.")
        for name in _SHARES:
            check_decimal(getattr(self, name), name)
        check_decimal(self.rho, "rho", low=Decimal(1), high=UNBOUNDED)
        check_decimal(self.alpha, "alpha", high=UNBOUNDED)
        check_decimal(self.eta, "eta", low=Decimal("0.0001"), high=Decimal("0.9999"))
        for value in (*self.beta_range, *self.gamma_range):
            check_decimal(value, "range", high=UNBOUNDED)
        if self.nu0 < 1 or self.roadmap_months < 1:
            raise ScoringError("E_RANGE", "nu0 and the roadmap need at least 1.", minimum=1)

    def _check_order(self) -> None:
        rising = [
            [lines.s_initial for lines in self.levels.values()],
            [lines.s_full for lines in self.levels.values()],
            [self.measures_line, self.suspension_line],
        ]
        if any(not low < high for row in rising for low, high in pairwise(row)):
            raise ScoringError("threshold_order", "Each line must be above the one before it.")
        for low, high in (self.beta_range, self.gamma_range):
            if low > high:
                raise ScoringError("threshold_order", "A range must start below its end.")


_WHOLE = ("roadmap_months", "mandate_month", "quorum", "minimum_answers", "nu0", "max_rounds")
_SHARES = ("measures_line", "suspension_line", "sigma0", "index_line", "lone_line", "divided_line", "wide_line")
_NESTED = ("low", "moderate", "high")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, LevelLines):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


def _read_fields(cls: type, data: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise ScoringError("E_TYPE", "Parameters must be an object.")
    names = [one.name for one in fields(cls)]
    wrong = sorted(set(names) ^ set(data))
    if wrong:
        raise ScoringError("E_SHAPE", f"Parameters missing or unknown: {', '.join(wrong)}.", names=wrong)
    return {name: _read(name, data[name]) for name in names}


def _read(name: str, value: Any) -> Any:
    if name in _NESTED:
        return LevelLines(**_read_fields(LevelLines, value))
    if name in ("voices", "category_rule"):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_read("", part) for part in value)
    return _decimal(value) if isinstance(value, str) else value


def _decimal(value: str) -> Decimal:
    try:
        return Decimal(value)
    except ArithmeticError as error:
        raise ScoringError("not_a_number", f"{value!r} is not a number.") from error
