"""How far the groups' positions lie apart, every group one voice, and what that calls for (D23, D26; App. E)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.arithmetic import POINTS, Points, as_decimal, half_up, in_context
from assessments.scoring.lines import Lines, level_of, powers_of
from assessments.scoring.parameters import Parameters

PROCEED = "proceed"
PROCEED_NEAR_LINE = "proceed_near_line"
DELIBERATE_ONCE = "deliberate_once"
DELIBERATE = "deliberate"
SHOWN_WIDE = 2


@dataclass(frozen=True)
class Disagreement:
    """Published measures over the G' present groups.

    index : A in [0, 1], 0 if all agree or only one group is present; None if nobody is
    lone : (G',) points out of 1 that separate each group from the mean of the others; empty below two groups
    spread : (F,) standard deviation of each factor's share over groups
    """

    index: Decimal | None
    lone: tuple[Decimal, ...]
    spread: tuple[Decimal, ...]
    conflict_by_variance: bool
    conflict: bool


def disagreement(positions: Sequence[Points], parameters: Parameters) -> Disagreement:
    """Measure disagreement between published positions; comparisons use the published numbers.

    Parameters
    ----------
    positions : (G', F) points of the present groups

    Source: App. E (i); D23.
    """
    if not positions:
        return Disagreement(None, (), (), conflict_by_variance=False, conflict=False)
    index = half_up(disagreement_index(positions))
    lone = tuple(half_up(value) for value in lone_dissent(positions))
    by_variance = index > parameters.index_line
    return Disagreement(
        index=index,
        lone=lone,
        spread=tuple(half_up(value) for value in factor_spread(positions)),
        conflict_by_variance=by_variance,
        conflict=by_variance or max(lone, default=Decimal(0)) > parameters.lone_line,
    )


@in_context
def disagreement_index(positions: Sequence[Points]) -> Decimal:
    """A = sqrt(V_B / (1 - 1 / min(F, G'))): 0 unanimous or alone, 1 for opposite single-factor groups.

    Parameters
    ----------
    positions : (G', F) points, at least one row
    """
    count, size = len(positions), len(positions[0])
    if count == 1:
        return Decimal(0)
    return as_decimal(between_variance(positions) / (1 - Fraction(1, min(size, count)))).sqrt()


def between_variance(positions: Sequence[Points]) -> Fraction:
    """V_B: exact mean squared distance of the groups' positions from their mean; at least one row."""
    total = [sum(column) for column in zip(*positions, strict=True)]
    within = len(positions) * sum(value * value for row in positions for value in row)
    return Fraction(within - sum(value * value for value in total), len(positions) ** 2 * POINTS**2)


def lone_dissent(positions: Sequence[Points]) -> tuple[Fraction, ...]:
    """(G',) share of weight that must move to turn each group's position into the mean of the others'.

    Degenerate: empty below two groups.
    """
    others = len(positions) - 1
    if others < 1:
        return ()
    total = [sum(column) for column in zip(*positions, strict=True)]
    return tuple(
        Fraction(
            sum(abs(value * others - (sum_ - value)) for value, sum_ in zip(row, total, strict=True)),
            2 * others * POINTS,
        )
        for row in positions
    )


@in_context
def factor_spread(positions: Sequence[Points]) -> tuple[Decimal, ...]:
    """(F,) standard deviation of each factor's share over the groups, divisor G'."""
    return tuple(_deviation(column) for column in zip(*positions, strict=True))


def _deviation(column: Sequence[int]) -> Decimal:
    count = len(column)
    squares = count * sum(value * value for value in column) - sum(column) ** 2
    return as_decimal(Fraction(squares, count**2 * POINTS**2)).sqrt()


def wide_factors(spread: Sequence[Decimal], parameters: Parameters) -> tuple[int, ...]:
    """Factors whose spread is above the policy's line; if none is, the two widest, in scheme order."""
    wide = tuple(i for i, value in enumerate(spread) if value > parameters.wide_line)
    widest = sorted(range(len(spread)), key=lambda i: -spread[i])[:SHOWN_WIDE]
    return wide or tuple(sorted(widest))


def is_fundamental(scores: Sequence[Decimal], lines: Lines, parameters: Parameters) -> bool:
    """Tell whether two groups' own published scores differ in level or in powers.

    Source: App. E (ii); D25.
    """
    outcomes = {(level_of(score, lines), _opened(score, parameters)) for score in scores}
    return len(outcomes) > 1


def _opened(score: Decimal, parameters: Parameters) -> tuple[bool, bool]:
    powers = powers_of(score, parameters)
    return powers.measures, powers.suspension


def outcome_of(*, conflict: bool, fundamental: bool) -> str:
    """Name one of the four cells of App. E: go on, go on near a line, one round, or up to the policy's rounds.

    Source: D26.
    """
    if conflict:
        return DELIBERATE if fundamental else DELIBERATE_ONCE
    return PROCEED_NEAR_LINE if fundamental else PROCEED
