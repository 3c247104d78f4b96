"""Where reviewed cases say that the full lines should stand next year (D31). A proposal; people adopt it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from assessments.scoring.arithmetic import check_decimal
from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters import LEVELS
from assessments.scoring.parameters_upkeep import RecalibrationParameters


class Unchanged(StrEnum):
    """Why a line stays where it is."""

    TOO_FEW_NEEDED = "too_few_needed"
    TOO_FEW_NOT_NEEDED = "too_few_not_needed"
    ALREADY_BEST = "already_best"
    NO_ROOM = "no_room"


@dataclass(frozen=True)
class ReviewedCase:
    """One case that people looked back on, for one line.

    score : published, in [0, 1]
    was_needed : people found that what this line calls for was needed
    was_drawn : it lay below the lines and was drawn at random for review, so it stands for those not drawn
    """

    score: Decimal
    was_needed: bool
    was_drawn: bool = False

    def __post_init__(self) -> None:
        check_decimal(self.score, "score")


@dataclass(frozen=True)
class LineProposal:
    """What the review says about one line.

    old, best, proposed : the line in force, the cheapest one anywhere, and the one that may be adopted this year
    cost_old, cost_best, cost_proposed : weighted misses and false alarms; None where too few cases were reviewed
    unchanged : why the line stays, or None if it moves
    needed, not_needed, drawn : reviewed cases of each kind; without a drawn one, misses below the lines are unseen
    """

    old: Decimal
    best: Decimal
    proposed: Decimal
    cost_old: Fraction | None
    cost_best: Fraction | None
    cost_proposed: Fraction | None
    unchanged: Unchanged | None
    needed: int
    not_needed: int
    drawn: int


def cost_of(line: Decimal, cases: Sequence[ReviewedCase], rules: RecalibrationParameters) -> Fraction:
    """Cost of a line: misses below it and false alarms at or over it, each times its price and the case's weight.

    Parameters
    ----------
    line : in [0, 1]
    cases : reviewed cases; one drawn at random weighs 1 / audit_share, every other 1

    Source: D31.
    """
    plain = sum(_price(line, case, rules) for case in cases if not case.was_drawn)
    drawn = sum(_price(line, case, rules) for case in cases if case.was_drawn)
    return plain + drawn / Fraction(rules.audit_share)


def best_line(old: Decimal, cases: Sequence[ReviewedCase], rules: RecalibrationParameters) -> Decimal:
    """Cheapest line among the observed scores and the old line.

    Returns
    -------
    of equally cheap lines the one nearest to the old, and of two equally near ones the lower

    Degenerate: without cases every line is free, so the old one stays.
    Source: D31.
    """
    candidates = {old, *(case.score for case in cases)}
    return min(candidates, key=lambda line: (cost_of(line, cases, rules), abs(line - old), line))


def cost_left_out(old: Decimal, cases: Sequence[ReviewedCase], rules: RecalibrationParameters) -> Fraction:
    """Cost of lines that never saw the case they are tried on: each case under the best line of all the others.

    A line chosen and tried on the same cases flatters itself; this is what it may cost on a new one.

    Degenerate: without cases it is 0; a single case is tried on the old line. O(N^3), for hundreds of cases.
    Source: D31, leave-one-out.
    """
    others = ((case, (*cases[:place], *cases[place + 1 :])) for place, case in enumerate(cases))
    return sum((cost_of(best_line(old, rest, rules), (case,), rules) for case, rest in others), Fraction(0))


def recalibrate(
    lines: Mapping[str, Decimal], cases: Mapping[str, Sequence[ReviewedCase]], rules: RecalibrationParameters
) -> dict[str, LineProposal]:
    """Propose next year's full lines from the cases that people reviewed.

    Parameters
    ----------
    lines : full line by level L, M, H, rising
    cases : reviewed cases by level; a level without an entry has none

    Returns
    -------
    by level: a line at most one step from the old one, no nearer than the gap to its neighbours

    Raises
    ------
    ScoringError `E_SHAPE` for other levels, `threshold_order` for lines that do not rise

    Degenerate: too few cases of either kind leave a line unchanged, with the reason. Lines that already stand
    closer than the gap never come closer. A cheapest line far away may cost more on the way there; all three costs
    are told, and people decide.
    Source: D31; section 6 of the paper.
    """
    _check_lines(lines, cases)
    reviewed = {level: tuple(cases.get(level, ())) for level in LEVELS}
    best = {level: _best_if_enough(lines[level], reviewed[level], rules) for level in LEVELS}
    wanted = {level: _one_step(lines[level], best[level], rules.step) for level in LEVELS}
    proposed = _kept_apart(lines, wanted, rules.gap)
    return {level: _proposal(lines[level], best[level], proposed[level], reviewed[level], rules) for level in LEVELS}


def _check_lines(lines: Mapping[str, Decimal], cases: Mapping[str, object]) -> None:
    if set(lines) != set(LEVELS) or not set(cases) <= set(LEVELS):
        raise ScoringError("E_SHAPE", "The levels are L, M and H.", known=LEVELS)
    for level in LEVELS:
        check_decimal(lines[level], level)
    if any(not lines[low] < lines[high] for low, high in pairwise(LEVELS)):
        raise ScoringError("threshold_order", "Each line must be above the one before it.")


def _price(line: Decimal, case: ReviewedCase, rules: RecalibrationParameters) -> int:
    is_reached = case.score >= line
    if case.was_needed and not is_reached:
        return rules.miss_cost
    return rules.false_alarm_cost if is_reached and not case.was_needed else 0


def _too_few(cases: Sequence[ReviewedCase], rules: RecalibrationParameters) -> Unchanged | None:
    needed = sum(case.was_needed for case in cases)
    if needed < rules.minimum_needed:
        return Unchanged.TOO_FEW_NEEDED
    return Unchanged.TOO_FEW_NOT_NEEDED if len(cases) - needed < rules.minimum_not_needed else None


def _best_if_enough(old: Decimal, cases: Sequence[ReviewedCase], rules: RecalibrationParameters) -> Decimal:
    return old if _too_few(cases, rules) else best_line(old, cases, rules)


def _one_step(old: Decimal, best: Decimal, step: Decimal) -> Decimal:
    return max(old - step, min(old + step, best))


def _kept_apart(lines: Mapping[str, Decimal], wanted: Mapping[str, Decimal], gap: Decimal) -> dict[str, Decimal]:
    """Stop a line that would come too near to its neighbour; no line is ever pushed by another.

    Moves down go first, lowest line first, because a lower line calls people sooner. Moves up take the room left.
    """
    now = dict(lines)
    for below, level in zip((None, *LEVELS), LEVELS, strict=False):
        floor = now[below] + gap if below else Decimal(0)
        now[level] = min(now[level], max(wanted[level], floor))
    for above, level in zip((None, *reversed(LEVELS)), reversed(LEVELS), strict=False):
        ceiling = now[above] - gap if above else Decimal(1)
        now[level] = max(now[level], min(wanted[level], ceiling))
    return now


def _proposal(
    old: Decimal,
    best: Decimal,
    proposed: Decimal,
    cases: Sequence[ReviewedCase],
    rules: RecalibrationParameters,
) -> LineProposal:
    too_few = _too_few(cases, rules)
    costs = [None if too_few else cost_of(line, cases, rules) for line in (old, best, proposed)]
    needed = sum(case.was_needed for case in cases)
    return LineProposal(
        old=old,
        best=best,
        proposed=proposed,
        cost_old=costs[0],
        cost_best=costs[1],
        cost_proposed=costs[2],
        unchanged=too_few or _why_unmoved(old, best, proposed),
        needed=needed,
        not_needed=len(cases) - needed,
        drawn=sum(case.was_drawn for case in cases),
    )


def _why_unmoved(old: Decimal, best: Decimal, proposed: Decimal) -> Unchanged | None:
    if best == old:
        return Unchanged.ALREADY_BEST
    return Unchanged.NO_ROOM if proposed == old else None
