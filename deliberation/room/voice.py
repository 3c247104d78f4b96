"""Who was heard in a round: for each group its people, reasons, replies, and minutes spoken in sessions.

All of it is public by itself. Nothing here comes from answers.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from assessments.reads import roll_sizes
from deliberation.models import DeliberationRound, Session, Statement
from deliberation.room.reads import replies_in
from stakeholders.models import Group


@dataclass(frozen=True)
class Voice:
    """One group: how many of its people could speak, and how much was heard of it."""

    group: Group
    people: int
    reasons: int
    replies: int
    came: int
    minutes: int

    @property
    def silent(self) -> bool:
        """Whether nobody of the group gave a reason."""
        return not self.reasons


def voices_of(
    one: DeliberationRound, groups: Sequence[Group], statements: Sequence[Statement], sessions: Sequence[Session]
) -> list[Voice]:
    """Return one row for each group that takes part."""
    sizes = roll_sizes(one.basis)
    reasons = Counter(statement.group_id for statement in statements)
    replies = dict(replies_in(one).values_list("group").annotate(Count("pk")).order_by())
    came, minutes = Counter[int](), Counter[int]()
    for row in (row for session in sessions for row in session.attendance.all()):
        came[row.group_id] += row.people
        minutes[row.group_id] += row.minutes_spoken
    return [
        Voice(group, sizes.get(group.pk, 0), reasons[group.pk], replies.get(group.pk, 0), came[group.pk],
              minutes[group.pk])
        for group in groups
    ]  # fmt: skip
