"""The least change of weights that brings a score to a line (D25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import POINTS, Exact, Points
from assessments.scoring.lines import Lines


@dataclass(frozen=True)
class Change:
    """A transfer of whole points into one factor.

    points : whole points moved in all
    into : index of the factor that receives them
    taken : (index, points) of the factors that give them, in the order of taking
    """

    points: int
    into: int
    taken: tuple[tuple[int, int], ...]


def least_change(form: CommonForm, points: Points, line: Decimal, *, upward: bool) -> Change | None:
    """Fewest whole points to move so that the unrounded score meets a line; None if no weights reach it.

    Parameters
    ----------
    form : the case under one aggregator
    points : (F,) pooled weights
    line : published line in [0, 1]
    upward : raise the score to a line above it, or lower it to a line that it reaches

    Moves weight into the factor with the largest effect, taking first from the smallest (mirrored
    downwards); this greedy transfer is the optimum of the linear programme. Downwards it measures the
    way to the line itself; the level drops just beyond it.

    Degenerate: at the line already, also by rounding, 0 points; ties go to the lowest index. A line at 0 or 1 is
    out of reach of the learned form, which only nears it.
    Source: App. E (ii); D25.
    """
    if not form.attains(line):
        return None
    target = Fraction(form.inverse(line)) - Fraction(form.a0)
    start = sum((Fraction(x) * p for x, p in zip(form.a, points, strict=True)), Fraction(0)) / POINTS
    sign = 1 if upward else -1
    effects = [sign * Fraction(x) for x in form.a]
    return greedy_transfer(effects, points, sign * (target - start) * POINTS)


def greedy_transfer(effects: Sequence[Exact], points: Points, gain: Fraction) -> Change | None:
    """Raise sum(effects x points) by `gain` with the fewest whole points; None if it cannot be done."""
    into = max(range(len(points)), key=lambda i: effects[i])
    taken: list[tuple[int, int]] = []
    givers = [i for i in range(len(points)) if effects[i] < effects[into] and points[i]]
    for giver in sorted(givers, key=lambda i: effects[i]):
        if gain <= 0:
            break
        step = Fraction(effects[into]) - Fraction(effects[giver])
        moved = min(points[giver], ceil(gain / step))
        taken.append((giver, moved))
        gain -= moved * step
    if gain > 0:
        return None
    return Change(sum(moved for _, moved in taken), into, tuple(taken))


def neighbouring_lines(score: Decimal, lines: Lines) -> tuple[str | None, str | None]:
    """Level of the next line above a published score and of the last line it reaches; None where there is none."""
    above = [j for j, s in lines.s.items() if score < s]
    reached = [j for j, s in lines.s.items() if score >= s]
    return (above[0] if above else None), (reached[-1] if reached else None)
