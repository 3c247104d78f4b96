"""Who asked for the next round of talks: groups, how many of their people, and whether that is enough."""

from dataclasses import dataclass

from django.db.models import Count, Q

from deliberation.facts import SUPPORTERS
from deliberation.models import Case
from stakeholders.models import Group


@dataclass(frozen=True)
class Asked:
    """One group that asks. ``by_delegate``: its delegate did, and nobody has to join in."""

    group: Group
    people: int
    by_delegate: bool

    @property
    def enough(self) -> bool:
        """Whether the group has asked."""
        return self.by_delegate or self.people >= SUPPORTERS

    @property
    def missing(self) -> int:
        """How many more of its people have to ask."""
        return 0 if self.enough else SUPPORTERS - self.people


def groups_asking(case: Case, after_rounds: int) -> list[Asked]:
    """Return every group of which somebody asked after so many rounds, in canonical order. No person is named."""
    counted = (
        case.requests.filter(after_rounds=after_rounds)
        .values("group")
        .annotate(people=Count("person", distinct=True), delegates=Count("pk", filter=Q(as_delegate=True)))
    )
    found = {row["group"]: row for row in counted}
    groups = Group.objects.filter(pk__in=found).order_by("position_order")
    return [Asked(group, found[group.pk]["people"], bool(found[group.pk]["delegates"])) for group in groups]
