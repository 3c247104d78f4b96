"""A figure, or the reason why there is none. Not-a-number never leaves the core."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

ADOPTED = "adopted"  # a delegate decided, so no member's answer moves the position
FLAT = "flat"  # the score stays the same all the way
NOBODY = "nobody"  # no group is present
NO_CASES = "no_cases"
NO_COMPONENTS = "no_components"  # the factors of the scheme are rated directly
NOT_LINEAR = "not_linear"  # defined for eq. (2) only
NO_VARIANCE = "no_variance"  # everything is the same, so there is nothing to share out
ONE_EVALUATOR = "one_evaluator"
ONE_GROUP = "one_group"
OUT_OF_REACH = "out_of_reach"
TOO_FEW_GROUPS = "too_few_groups"


@dataclass(frozen=True)
class Finding(Generic[T]):
    """Either a value or a reason; the other one is None.

    reason : one of the words of this file, for a translated sentence elsewhere
    """

    value: T | None
    reason: str | None = None
