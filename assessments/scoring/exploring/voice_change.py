"""The least share of voice that must move between groups to bring the score to a line (D25)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import POINTS
from assessments.scoring.change import Change, greedy_transfer
from assessments.scoring.exploring.finding import NOBODY, OUT_OF_REACH, Finding
from assessments.scoring.exploring.present import PresentGroup


def least_voice_change(
    form: CommonForm, groups: Sequence[PresentGroup], line: Decimal, *, upward: bool
) -> Finding[Change]:
    """Fewest points of voice to move so that the unrounded score meets a line.

    Parameters
    ----------
    groups : the present groups; `into` and `taken` of the change are their places
    line : published line in [0, 1]
    upward : raise the score to a line above it, or lower it to a line that it reaches

    Degenerate: at the line already 0 points; no value, `out_of_reach`, if no group's own score lies beyond the line
    or the form only nears it; or `nobody`.
    Source: D25, the same greedy transfer as for weights, with the groups' z for the factors' effects.
    """
    if not groups:
        return Finding(None, NOBODY)
    if not form.attains(line):
        return Finding(None, OUT_OF_REACH)
    sign = 1 if upward else -1
    z = [Fraction(form.inner(group.points)) for group in groups]
    voices = tuple(group.voice for group in groups)
    now = sum((voice * value for voice, value in zip(voices, z, strict=True)), Fraction(0)) / POINTS
    gain = sign * (Fraction(form.inverse(line)) - now) * POINTS
    change = greedy_transfer([sign * value for value in z], voices, gain)
    return Finding(change, None if change else OUT_OF_REACH)
