"""The lines in force, the level reached and the powers opened (D16, D18, D19; eq. (8a), (8b), (10))."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.arithmetic import Exact, half_up
from assessments.scoring.errors import ScoringError
from assessments.scoring.inputs import check_month
from assessments.scoring.parameters import LEVELS, Parameters

NO_LEVEL = "none"
MONTH = "month"
MONTHS_A_YEAR = 12
START = "t0"
END = "t1"


@dataclass(frozen=True)
class Lines:
    """Lines at one moment, published with 4 decimals.

    label : `month`, `t0` or `t1`
    t : share of the roadmap that has passed, in [0, 1]
    s, alpha : by level L, M, H
    """

    label: str
    t: Fraction
    phi: Fraction
    s: dict[str, Decimal]
    alpha: dict[str, Decimal]


@dataclass(frozen=True)
class Powers:
    """What a committee may order on one score; a ceiling, never an order (D19)."""

    measures: bool
    suspension: bool
    at_measures_line: bool
    at_suspension_line: bool


def transition(t: Exact) -> Fraction:
    """phi(t) = 3 t^2 - 2 t^3 for t in [0, 1].

    Raises
    ------
    ScoringError `phase_range` outside [0, 1]

    Source: eq. (10).
    """
    t = Fraction(t)
    if not 0 <= t <= 1:
        raise ScoringError("phase_range", "t must be between 0 and 1.", minimum=0, maximum=1)
    return 3 * t**2 - 2 * t**3


def lines_at(t: Exact, parameters: Parameters, label: str = MONTH) -> Lines:
    """Lines at a point of the roadmap, half up to 4 decimals.

    Source: eq. (8a), (8b); A.6.2.
    """
    phi = transition(t)
    return Lines(
        label=label,
        t=Fraction(t),
        phi=phi,
        s={j: between(phi, one.s_initial, one.s_full) for j, one in parameters.levels.items()},
        alpha={j: between(phi, one.alpha_initial, one.alpha_full) for j, one in parameters.levels.items()},
    )


def whole_months(start: date, day: date) -> int:
    """Whole months from the start of the roadmap to a day; negative before the start.

    Source: D16.
    """
    months = (day.year - start.year) * MONTHS_A_YEAR + day.month - start.month
    return months - (day.day < start.day)


def lines_in_month(month: int, parameters: Parameters) -> Lines:
    """Lines for a case opened in a month of the roadmap; after its last month the full values stay.

    Source: D16, t = min(month / 72, 1).
    """
    check_month(month)
    return lines_at(min(Fraction(month, parameters.roadmap_months), Fraction(1)), parameters)


def lines_of(month: int | None, parameters: Parameters) -> tuple[Lines, ...]:
    """One set of lines for a dated case; those at t = 0 and t = 1 for a retrospective one."""
    if month is None:
        return lines_at(0, parameters, START), lines_at(1, parameters, END)
    return (lines_in_month(month, parameters),)


def level_of(score: Decimal, lines: Lines) -> str:
    """Highest level whose line a published score reaches: L, M, H or none.

    Source: D18.
    """
    reached = [j for j in LEVELS if score >= lines.s[j]]
    return reached[-1] if reached else NO_LEVEL


def powers_of(score: Decimal, parameters: Parameters) -> Powers:
    """Powers that a published score opens; being exactly at a line opens nothing.

    Source: App. G, "exceeding"; D19.
    """
    return Powers(
        measures=score > parameters.measures_line,
        suspension=score > parameters.suspension_line,
        at_measures_line=score == parameters.measures_line,
        at_suspension_line=score == parameters.suspension_line,
    )


def authority_source(month: int, parameters: Parameters, *, is_covered: bool, is_public_procurement: bool) -> str:
    """Where a measure's authority comes from: `mandate`, `contract` or `disclosure`.

    Source: App. G; D19. Mandates exist from the second phase on, for covered entities.
    """
    if month >= parameters.mandate_month and is_covered:
        return "mandate"
    return "contract" if is_public_procurement else "disclosure"


def between(phi: Fraction, initial: Decimal, full: Decimal) -> Decimal:
    """(1 - phi) initial + phi full, half up to 4 decimals.

    Source: eq. (8a), (8b).
    """
    return half_up((1 - phi) * Fraction(initial) + phi * Fraction(full))
