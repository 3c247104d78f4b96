"""Who answered a closed round, how far answers moved, and what delegates adopted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import RoundRecord
from deliberation.heard import answers_in_words
from deliberation.results import PublishedScore
from lastvote.web.scores import percent
from stakeholders.models import Group


@dataclass(frozen=True)
class Turnout:
    """One group: what its answers came to."""

    group: Group
    words: str
    voice: str
    divided: bool


def turnout(score: PublishedScore) -> list[Turnout]:
    """Return one row for each group of a published round."""
    return [
        Turnout(row.group, answers_in_words(row), f"{percent(row.voice)}%" if row.present else "", row.divided)
        for row in score.groups
    ]


def moved_rows(record: RoundRecord, groups: Sequence[Group]) -> list[tuple[Group, str]]:
    """Return, for the groups that were counted, how far first and sent answers lie apart, as published."""
    moved = json.loads(record.body).get("first_to_sent", {})
    return [(group, str((Decimal(moved[group.code]) * 100).normalize())) for group in groups if group.code in moved]


@dataclass(frozen=True)
class Adopted:
    """What a delegate adopted for a group: in which round, and why."""

    group: Group
    round: int
    reason: str
    language: str


@dataclass(frozen=True)
class OnPaper:
    """How many answers of one group came on paper with help, and how many did not."""

    group: Group
    paper: int
    by_themselves: int


def on_paper_rows(record: RoundRecord, groups: Sequence[Group]) -> list[OnPaper]:
    """Return how many answered on paper, for the groups of which that could be published."""
    rows = json.loads(record.body).get("assisted", {})
    found = [(group, rows[group.code]) for group in groups if group.code in rows]
    return [OnPaper(group, row["paper"], row["self"]) for group, row in found]


def adopted_rows(record: RoundRecord, groups: Sequence[Group]) -> list[Adopted]:
    """Return the positions that delegates adopted, with their reasons, as published."""
    rows = json.loads(record.body).get("adopted", {})
    found = [(group, rows[group.code]) for group in groups if group.code in rows]
    return [Adopted(group, row["round"], row["reason"], row["language"]) for group, row in found]
