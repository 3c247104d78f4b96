"""How far evaluators are apart, and whether a third has to rate (R17). Pure: it sees values, no people."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

WIDEST_AGREEMENT = Decimal("0.2")
"""Two evaluators further apart than this on any value need a third."""
FEWEST_EVALUATORS = 2

Table = Mapping[tuple[str, int], Decimal]
"""The values of one rating by factor and part."""


def are_apart(tables: Sequence[Table]) -> bool:
    """Whether any two ratings differ by more than 0.2 on any value; exactly 0.2 is agreement enough."""
    return any(abs(one[key] - two[key]) > WIDEST_AGREEMENT for one, two in combinations(tables, 2) for key in one)


def needs_third(tables: Sequence[Table]) -> bool:
    """Whether the only two ratings are too far apart to be frozen."""
    return len(tables) == FEWEST_EVALUATORS and are_apart(tables)
