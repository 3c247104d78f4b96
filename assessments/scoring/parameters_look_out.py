"""What a policy says about the look-out for manipulation. None of it decides anything about a score."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.arithmetic import check_decimal, check_whole

FINEST = Decimal("0.01")
LEAST_CHANCE, MOST_CHANCE = Decimal("0.001"), Decimal("0.2")
LONGEST_LATE = 24 * 30


@dataclass(frozen=True)
class LookOutParameters:
    """From when on a report on a round tells people to look.

    alike_within : answers count as alike when each item's weight, against the answer's own highest, is the same to
        this step
    chance : false alarms that a comparison with chance may give, as a share
    late_hours : hours before the close in which an answer is late
    late_line : distance above which late answers moved a group's mean far
    one_group_line : share of all moves of the score above which one group moved most of it
    fewest_people : new people of one group who together could change the level, below which they are too few

    Raises
    ------
    ScoringError `E_RANGE`, `E_TYPE`

    Source: our decision; D28 bounds what few people can do.
    """

    alike_within: Decimal = Decimal("0.05")
    chance: Decimal = Decimal("0.01")
    late_hours: int = 24
    late_line: Decimal = Decimal("0.05")
    one_group_line: Decimal = Decimal("0.5")
    fewest_people: int = 3

    def __post_init__(self) -> None:
        check_decimal(self.alike_within, "alike_within", low=FINEST)
        check_decimal(self.chance, "chance", low=LEAST_CHANCE, high=MOST_CHANCE)
        check_whole(self.late_hours, "late_hours", low=1, high=LONGEST_LATE)
        check_decimal(self.late_line, "late_line")
        check_decimal(self.one_group_line, "one_group_line")
        check_whole(self.fewest_people, "fewest_people", low=1, high=1000)
