"""Whether a group's new mean may be published after an earlier one, or the earlier position stands.

Two means of nearly the same people give the difference away: of nine answers and then ten, the tenth. So a mean moves
only if enough members' answers really differ, and only if no member's share can be told from the two together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.scoring.arithmetic import POINTS, check_whole
from assessments.scoring.errors import ScoringError
from assessments.scoring.group_sums import GroupSums

PINNED = 500
"""Points: a share known to within 0.05 on either side counts as told."""


@dataclass(frozen=True)
class Comparison:
    """What an earlier publication counted of a group, and what the new one would.

    kept : members whose answer is the same in both
    changed : members whose answer is in one of the two only, or differs; joined, left, erased, withdrawn all count
    """

    before: GroupSums
    now: GroupSums
    kept: int
    changed: int

    def __post_init__(self) -> None:
        check_whole(self.kept, "kept", high=min(self.before.n, self.now.n))
        ends = (self.before.n - self.kept, self.now.n - self.kept)
        check_whole(self.changed, "changed", low=max(ends), high=sum(ends))
        if self.before.size != self.now.size:
            raise ScoringError("E_SHAPE", "The two publications are about another number of factors.")
        if POINTS * self.kept > sum(_in_both(self)):
            raise ScoringError("E_SUM", "So many answers cannot be in both publications.")


@dataclass(frozen=True)
class Range:
    """All that one member's share of one factor can be, in points, given what is published."""

    low: int
    high: int

    @property
    def is_pinned(self) -> bool:
        """Tell whether the middle is within 0.05 of every value."""
        return self.high - self.low <= 2 * PINNED


def is_held_back(comparisons: Sequence[Comparison], minimum: int) -> bool:
    """Tell whether the earlier position stands.

    Parameters
    ----------
    comparisons : with every earlier publication of the group's mean, not only the last: members may go back to what
        they said two rounds ago, and then the first and the third mean differ in fewer answers than the last two
    minimum : members that must have changed, the same number that makes a position

    Degenerate: nothing published before holds nothing back.
    Source: R21, R35; promise P9.
    """
    return any(one.changed < minimum or tells_a_share(one) for one in comparisons)


def tells_a_share(compared: Comparison) -> bool:
    """Tell whether the two publications together pin the share of some member that they did not pin alone.

    The reader of both is taken to know more than is published: the exact sums, not only the rounded means, and how
    many members kept, changed, joined and left. Who changed does not matter, for members of one kind are alike.
    What a single mean tells about everybody (nobody gave a factor anything) is not the difference's doing.

    Source: R35. Exact, in whole points.
    """
    return any(
        share.is_pinned and not known_alone
        for i in range(compared.now.size)
        for share, known_alone in _told(compared, i)
    )


def _told(compared: Comparison, i: int) -> Iterator[tuple[Range, bool]]:
    """Yield the range of factor `i` for old, kept and new answers, and whether single means gave it away already."""
    before, now, kept = compared.before, compared.now, compared.kept
    shared = _kept_total(compared, i)
    corner = _corner(before, i)
    if before.n > kept:
        yield _range(before.s[i] - shared.high, before.s[i] - shared.low, before.n - kept), corner is not None
    if kept:
        yield _range(shared.low, shared.high, kept), corner is not None
    if now.n > kept:
        alike = corner is not None and corner == _corner(now, i)
        yield _range(now.s[i] - shared.high, now.s[i] - shared.low, now.n - kept), alike


def _kept_total(compared: Comparison, i: int) -> Range:
    """What the answers in both can give factor `i` together: no more than either sum, and all else has room elsewhere.

    Every total between the two ends is possible, and so is every way to share it out.
    """
    room = _in_both(compared)
    whole = POINTS * compared.kept
    return Range(max(0, whole - sum(room) + room[i]), min(whole, room[i]))


def _in_both(compared: Comparison) -> list[int]:
    return [min(pair) for pair in zip(compared.before.s, compared.now.s, strict=True)]


def _range(low_total: int, high_total: int, members: int) -> Range:
    """Share of one of `members` alike whose shares sum to something between the two totals.

    The others can take at most everything each, and at least nothing.
    """
    return Range(max(0, low_total - POINTS * (members - 1)), min(POINTS, high_total))


def _corner(sums: GroupSums, i: int) -> int | None:
    """Which end one mean alone pins every share of factor `i` to; None if it pins none."""
    alone = _range(sums.s[i], sums.s[i], sums.n)
    if not alone.is_pinned:
        return None
    return 0 if alone.low == 0 else 1
