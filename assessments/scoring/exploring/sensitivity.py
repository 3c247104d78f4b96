"""How far the score could go if the voices were others: any, within a ratio, or without one group (D24 a-c)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import as_decimal, half_up
from assessments.scoring.disagreement import is_fundamental
from assessments.scoring.exploring.finding import NOBODY, ONE_GROUP, Finding
from assessments.scoring.exploring.present import PresentGroup, pool_of, published_scores
from assessments.scoring.lines import Lines
from assessments.scoring.parameters import Parameters

Range = tuple[Decimal, Decimal]


def range_under_any_voices(form: CommonForm, groups: Sequence[PresentGroup]) -> Finding[Range]:
    """Unrounded lowest and highest score that any voices could give: those of single groups.

    Degenerate: one group gives its own score twice; no value, `nobody`, without groups.
    Source: D24 (a).
    """
    if not groups:
        return Finding(None, NOBODY)
    scores = [form.score(group.points) for group in groups]
    return Finding((min(scores), max(scores)))


def range_under_capped_voices(form: CommonForm, groups: Sequence[PresentGroup], rho: Decimal) -> Finding[Range]:
    """Unrounded lowest and highest score if no voice exceeds rho times another.

    Parameters
    ----------
    rho : 1 or more; at 1 all voices are equal

    The best voices give rho to the groups on top and 1 to the others, so trying each number of groups on top
    finds the optimum.

    Degenerate: all agree or one group gives one score twice; no value, `nobody`, without groups.
    Source: D24 (b).
    """
    if not groups:
        return Finding(None, NOBODY)
    z = [Fraction(form.inner(group.points)) for group in groups]
    low, high = -_most([-value for value in z], Fraction(rho)), _most(z, Fraction(rho))
    return Finding((form.outer(as_decimal(low)), form.outer(as_decimal(high))))


def _most(z: Sequence[Fraction], rho: Fraction) -> Fraction:
    ordered = sorted(z, reverse=True)
    return max(
        (rho * sum(ordered[:top]) + sum(ordered[top:])) / (rho * top + len(ordered) - top)
        for top in range(len(ordered))
    )


def scores_without_one(form: CommonForm, groups: Sequence[PresentGroup]) -> Finding[tuple[Decimal, ...]]:
    """(G',) unrounded score without each group, the voices of the others in proportion.

    It pools the others' published points, as if the group had been absent. That is
    G((z - pi_k z_k) / (1 - pi_k)) but for the rounding of points.

    Degenerate: no value, `one_group` or `nobody`, below two groups.
    Source: D24 (c).
    """
    if not groups:
        return Finding(None, NOBODY)
    pools = [pool_of([*groups[:k], *groups[k + 1 :]]) for k in range(len(groups))]
    scores = tuple(form.score(pool) for pool in pools if pool is not None)
    return Finding(scores) if scores else Finding(None, ONE_GROUP)


def fundamental_readings(
    form: CommonForm, groups: Sequence[PresentGroup], lines: Lines, parameters: Parameters
) -> dict[str, bool]:
    """Whether level or powers change among: the groups' own scores, capped voices, and leaving one group out.

    The first reading is the one that decides; the other two are shown and decide nothing.

    Degenerate: nobody or one group changes nothing.
    Source: D25; App. E (ii) leaves "fundamental" open.
    """
    capped = range_under_capped_voices(form, groups, parameters.rho).value or ()
    without = scores_without_one(form, groups).value or ()
    readings = {
        "own_scores": published_scores(form, groups),
        "capped_voices": tuple(half_up(score) for score in capped),
        "without_one": tuple(half_up(score) for score in without),
    }
    return {name: is_fundamental(scores, lines, parameters) for name, scores in readings.items()}
