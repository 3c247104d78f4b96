"""Does much of a score hang on one group, or on very few people? It says how things are, not that anybody did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import Points, half_up
from assessments.scoring.exploring.influence import colluders_needed
from assessments.scoring.exploring.present import PresentGroup
from assessments.scoring.lines import Lines, level_of


@dataclass(frozen=True)
class Concentration:
    """What hangs on single groups, (G',) each.

    moved : share of all moves from an equal split to the score that a group made; 0 if nothing moved
    people : new people of the group who together could change the level, or None where no number of them can, or
        where a delegate decided
    """

    moved: tuple[Fraction, ...]
    people: tuple[int | None, ...]


def concentration(
    form: CommonForm, pooled: Points, groups: Sequence[PresentGroup], shares: Sequence[Fraction], lines: Lines
) -> Concentration:
    """Set out what hangs on each group.

    Parameters
    ----------
    pooled : (F,) published weights of all groups
    groups : (G',) present groups as published
    shares : (G',) what each group brought, from `shapley`
    lines : in force

    Source: D28.
    """
    whole = sum((abs(share) for share in shares), Fraction(0))
    gains = _gains(form, pooled, lines)
    return Concentration(
        tuple(abs(share) / whole if whole else Fraction(0) for share in shares),
        tuple(_people(form, group, gains) for group in groups),
    )


def _gains(form: CommonForm, pooled: Points, lines: Lines) -> list[tuple[Fraction, bool]]:
    """How far z is from the level above and from falling out of the present one, each with its direction."""
    score, z = half_up(form.score(pooled)), Fraction(form.inner(pooled))
    level = level_of(score, lines)
    ways: list[tuple[Decimal, bool]] = []
    above = [line for line in lines.s.values() if line > score]
    if above:
        ways.append((min(above), True))
    if level in lines.s:
        ways.append((lines.s[level], False))
    return [(abs(Fraction(form.inverse(line)) - z), upward) for line, upward in ways if form.attains(line)]


def _people(form: CommonForm, group: PresentGroup, gains: Sequence[tuple[Fraction, bool]]) -> int | None:
    needed = [colluders_needed(form, group, gain, upward=upward).value for gain, upward in gains]
    known = [number for number in needed if number is not None]
    return min(known, default=None)
