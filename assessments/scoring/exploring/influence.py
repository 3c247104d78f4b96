"""How far few people can move a score: one more member, one who changes, a captured group (D28)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import POINTS, as_decimal
from assessments.scoring.exploring.finding import ADOPTED, OUT_OF_REACH, Finding
from assessments.scoring.exploring.present import PresentGroup


@dataclass(frozen=True)
class Reach:
    """Farthest moves of z, both 0 or more; z is the score itself under the linear form."""

    up: Fraction
    down: Fraction


def captured(form: CommonForm, group: PresentGroup) -> Reach:
    """Moves if all of a group answered as one person likes.

    Source: D28, pi (max a - a.m) up and pi (a.m - min a) down.
    """
    voice, along = Fraction(group.voice, POINTS), Fraction(form.inner(group.points)) - Fraction(form.a0)
    return Reach(voice * (Fraction(max(form.a)) - along), voice * (along - Fraction(min(form.a))))


def one_more(form: CommonForm, group: PresentGroup) -> Finding[Reach]:
    """Moves that one more member of a group can cause.

    Degenerate: equal effects give 0; no value, `adopted`, where a delegate decided for the members.
    Source: D28, the capture bound over n + 1.
    """
    if group.members is None:
        return Finding(None, ADOPTED)
    whole, more = captured(form, group), group.members + 1
    return Finding(Reach(whole.up / more, whole.down / more))


def one_replaced(form: CommonForm, group: PresentGroup) -> Finding[Fraction]:
    """Farthest move, either way, that one member can cause by changing an answer.

    Degenerate: no value, `adopted`, where a delegate decided for the members.
    Source: D28, pi (max a - min a) / n.
    """
    if group.members is None:
        return Finding(None, ADOPTED)
    widest = Fraction(max(form.a)) - Fraction(min(form.a))
    return Finding(Fraction(group.voice, POINTS) * widest / group.members)


def colluders_needed(form: CommonForm, group: PresentGroup, gain: Fraction, *, upward: bool) -> Finding[int]:
    """New members of a group who together can move z by `gain`, all answering at the extreme.

    Parameters
    ----------
    gain : wanted move of z; 0 or less needs nobody

    Degenerate: no value, `out_of_reach`, if even the whole group captured moves z no farther; `adopted` where a
    delegate decided for the members.
    Source: D28, ceil(n g / (R - g)), R the capture bound.
    """
    if group.members is None:
        return Finding(None, ADOPTED)
    whole = captured(form, group)
    bound = whole.up if upward else whole.down
    if gain <= 0:
        return Finding(0)
    if bound <= gain:
        return Finding(None, OUT_OF_REACH)
    return Finding(ceil(group.members * gain / (bound - gain)))


def moved_scores(form: CommonForm, z: Decimal, reach: Reach) -> tuple[Decimal, Decimal]:
    """Unrounded lowest and highest score after such moves from z."""
    low, high = Fraction(z) - reach.down, Fraction(z) + reach.up
    return form.outer(as_decimal(low)), form.outer(as_decimal(high))
