"""What people did with their answers after the talks, as the close published it: counts by group alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import RoundRecord
from stakeholders.models import Group


@dataclass(frozen=True)
class Since:
    """How many of a group kept, changed, said nothing, or answered for the first time."""

    group: Group
    kept: int
    changed: int
    silent: int
    new: int


def since_of(record: RoundRecord | None, groups: Sequence[Group]) -> list[Since]:
    """Return one row for each group of which the record tells it; nothing before the close is published."""
    told = json.loads(record.body).get("since", {}) if record else {}
    return [Since(group, **told[group.code]) for group in groups if group.code in told]
