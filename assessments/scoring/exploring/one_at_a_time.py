"""One weight moves, the others follow in proportion: a step of it, its whole range, and where lines are met (D24 d)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import POINTS, Points, as_decimal, in_context
from assessments.scoring.exploring.finding import FLAT, OUT_OF_REACH, Finding


@dataclass(frozen=True)
class RangeBar:
    """The score while one factor's weight goes from nothing to everything; scores are unrounded.

    share : the factor's share of the weight now
    without, now, alone : score with none of the weight on it, as it is, and with all of it
    stepped : score after its share grew by one step
    crossings : by line, the share of weight at which the score meets it; no value, `flat` or `out_of_reach`
    """

    share: Fraction
    without: Decimal
    now: Decimal
    alone: Decimal
    stepped: Decimal
    crossings: dict[str, Finding[Fraction]]

    @property
    @in_context
    def width(self) -> Decimal:
        """How far this weight alone can move the score."""
        return abs(self.alone - self.without)


def range_bars(form: CommonForm, points: Points, lines: Mapping[str, Decimal], step: Decimal) -> tuple[RangeBar, ...]:
    """One bar for each factor, in scheme order.

    Parameters
    ----------
    points : (F,) pooled weights
    lines : published lines in [0, 1] by name
    step : what is added to one share, 1 at most in all; the policy has 0.10

    Degenerate: where one factor holds all the weight, the others share equally what it gives up; a line that the form
    only nears is `out_of_reach`.
    Source: D24 (d).
    """
    targets = {name: _target(form, line) for name, line in lines.items()}
    return tuple(_bar(form, points, i, targets, Fraction(step)) for i in range(len(points)))


def _target(form: CommonForm, line: Decimal) -> Fraction | None:
    """The a.w at which the score meets a line."""
    return Fraction(form.inverse(line)) - Fraction(form.a0) if form.attains(line) else None


def _bar(form: CommonForm, points: Points, i: int, targets: Mapping[str, Fraction | None], step: Fraction) -> RangeBar:
    share, own, rest = Fraction(points[i], POINTS), Fraction(form.a[i]), _rest(form.a, points, i)
    at = {
        name: _score(form, moved, own, rest)
        for name, moved in (
            ("without", Fraction(0)),
            ("alone", Fraction(1)),
            ("stepped", min(Fraction(1), share + step)),
        )
    }
    crossings = {name: _crossing(target, own, rest) for name, target in targets.items()}
    return RangeBar(share=share, now=form.score(points), crossings=crossings, **at)


def _rest(a: Sequence[Decimal], points: Points, i: int) -> Fraction:
    """Mean effect of the other factors, each with its weight."""
    others = [(weight, Fraction(effect)) for j, (weight, effect) in enumerate(zip(points, a, strict=True)) if j != i]
    if not sum(weight for weight, _ in others):
        return sum((effect for _, effect in others), Fraction(0)) / len(others)
    return sum((weight * effect for weight, effect in others), Fraction(0)) / sum(weight for weight, _ in others)


def _score(form: CommonForm, share: Fraction, own: Fraction, rest: Fraction) -> Decimal:
    return form.outer(as_decimal(Fraction(form.a0) + share * own + (1 - share) * rest))


def _crossing(target: Fraction | None, own: Fraction, rest: Fraction) -> Finding[Fraction]:
    if own == rest:
        return Finding(None, FLAT)
    if target is None:
        return Finding(None, OUT_OF_REACH)
    share = (target - rest) / (own - rest)
    return Finding(share) if 0 <= share <= 1 else Finding(None, OUT_OF_REACH)
