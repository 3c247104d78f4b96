"""What a group's answers add up to: three exact integer sums, and all that follows from them (D3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Self

from assessments.scoring.arithmetic import (
    POINTS,
    Exact,
    Points,
    apportion,
    as_decimal,
    check_points,
    check_whole,
    in_context,
)
from assessments.scoring.errors import ScoringError

TWO = 2


@dataclass(frozen=True)
class GroupSums:
    """Count, sum and sum of products of the members' points. Adding is exact, order-free and reversible.

    Parameters
    ----------
    n : number of current answers, 0 or more
    s : (F,) sum of points, sums to 10,000 n
    q : (F (F + 1) / 2,) upper triangle, row by row, of the sum of p p'

    Raises
    ------
    ScoringError `E_SHAPE` or `E_SUM` if the three do not belong together

    Source: D3.
    """

    n: int
    s: tuple[int, ...]
    q: tuple[int, ...]

    def __post_init__(self) -> None:
        for value in (self.n, *self.s, *self.q):
            check_whole(value, "group sums")
        if len(self.q) != self.size * (self.size + 1) // 2:
            raise ScoringError("E_SHAPE", "The sums of a group have different sizes.")
        if sum(self.s) != POINTS * self.n or self._row_sums() != [POINTS * total for total in self.s]:
            raise ScoringError("E_SUM", "The sums of a group do not belong together.")

    @classmethod
    def empty(cls, size: int) -> Self:
        """Sums of no answers over `size` factors."""
        return cls(0, (0,) * size, (0,) * (size * (size + 1) // 2))

    @classmethod
    def of(cls, answers: Iterable[Points], size: int) -> Self:
        """Sums of the given answers; their order does not matter."""
        sums = cls.empty(size)
        for points in answers:
            sums = sums.add(points)
        return sums

    @property
    def size(self) -> int:
        """Number of factors."""
        return len(self.s)

    def add(self, points: Points) -> Self:
        """Count one more answer; O(F^2)."""
        return self._changed(points, 1)

    def remove(self, points: Points) -> Self:
        """Count one answer less; refuses an answer that cannot have been counted."""
        return self._changed(points, -1)

    def replace(self, old: Points, new: Points) -> Self:
        """Exchange one person's answer."""
        return self.remove(old).add(new)

    def position(self) -> Points:
        """Mean of the answers as published points; `E_EMPTY` without answers."""
        if self.n == 0:
            raise ScoringError("E_EMPTY", "A group without answers has no position.")
        return apportion(self.s)

    def mean(self) -> tuple[Fraction, ...]:
        """(F,) exact mean shares, sum 1; `E_EMPTY` without answers."""
        if self.n == 0:
            raise ScoringError("E_EMPTY", "A group without answers has no mean.")
        return tuple(Fraction(total, POINTS * self.n) for total in self.s)

    def variance_along(self, a: Sequence[Exact]) -> Fraction | None:
        """Exact a'Ca, the variance of members' own a.w; None below two answers.

        `a` : (F,) effect of each factor in the common form. Subtracts in whole numbers and divides last.
        """
        if self.n < TWO:
            return None
        exact = [Fraction(value) for value in a]
        scale = lcm(*(value.denominator for value in exact))
        effects = [int(value * scale) for value in exact]
        along = sum(x * total for x, total in zip(effects, self.s, strict=True))
        spread = self.n * self._square(effects) - along * along
        return Fraction(spread, (scale * POINTS) ** 2 * self.n * (self.n - 1))

    @in_context
    def spread(self) -> Decimal:
        """W in [0, 1]: 0 if all members agree, 1 if spread evenly over all single factors; `E_EMPTY` if none."""
        if self.n == 0:
            raise ScoringError("E_EMPTY", "A group without answers has no spread.")
        trace = sum(value for (i, j), value in zip(self._pairs(), self.q, strict=True) if i == j)
        apart = Fraction(self.n * trace - sum(total * total for total in self.s), POINTS**2 * self.n**2)
        return as_decimal(apart / (1 - Fraction(1, self.size))).sqrt()

    def _changed(self, points: Points, sign: int) -> Self:
        check_points(points, self.size)
        products = [points[i] * points[j] for i, j in self._pairs()]
        return type(self)(
            self.n + sign,
            tuple(total + sign * value for total, value in zip(self.s, points, strict=True)),
            tuple(total + sign * value for total, value in zip(self.q, products, strict=True)),
        )

    def _square(self, effects: Sequence[int]) -> int:
        pairs = zip(self._pairs(), self.q, strict=True)
        return sum(effects[i] * effects[j] * value * (1 if i == j else TWO) for (i, j), value in pairs)

    def _row_sums(self) -> list[int]:
        sums = [0] * self.size
        for (i, j), value in zip(self._pairs(), self.q, strict=True):
            sums[i] += value
            if i != j:
                sums[j] += value
        return sums

    def _pairs(self) -> list[tuple[int, int]]:
        return [(i, j) for i in range(self.size) for j in range(i, self.size)]


def pooled_variance_along(groups: Sequence[GroupSums], a: Sequence[Exact]) -> Fraction | None:
    """Variance along `a` pooled over groups, used for a group of one; None if no group has two answers.

    Source: D3, sum (n - 1) C / sum (n - 1).
    """
    terms = [(group.n - 1, group.variance_along(a)) for group in groups]
    known = [(weight, value) for weight, value in terms if value is not None]
    if not known:
        return None
    return sum((weight * value for weight, value in known), Fraction(0)) / sum(weight for weight, _ in known)
