"""What people did with their answers after talks, and why, as the close published it: counts by group alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.changed_because import REST
from assessments.models import RoundRecord
from assessments.states import ChangeReason
from stakeholders.models import Group


@dataclass(frozen=True)
class Since:
    """How many of a group kept, changed, said nothing, or answered for the first time."""

    group: Group
    kept: int
    changed: int
    silent: int
    new: int


@dataclass(frozen=True)
class Because:
    """How many of a group changed for one reason. ``reason`` is empty for all the reasons of fewer people together."""

    group: Group
    reason: str
    people: int

    @property
    def words(self) -> str | Promise:
        """The reason as the form named it."""
        return ChangeReason(self.reason).label if self.reason else _("All other reasons together")


def since_of(record: RoundRecord | None, groups: Sequence[Group]) -> list[Since]:
    """Return one row for each group of which the record tells it; nothing before the close is published."""
    told = _told(record, "since")
    return [Since(group, **told[group.code]) for group in groups if group.code in told]


def because_of(record: RoundRecord | None, groups: Sequence[Group]) -> list[Because]:
    """Return why people changed, for the groups of which the record tells it, in the order of the form."""
    told = _told(record, "changed_because")
    return [
        Because(group, "" if reason == REST else reason, told[group.code][reason])
        for group in groups
        if group.code in told
        for reason in (*ChangeReason.values, REST)
        if told[group.code].get(reason)
    ]


def _told(record: RoundRecord | None, name: str) -> dict[str, dict[str, int]]:
    return dict(json.loads(record.body).get(name, {})) if record else {}
