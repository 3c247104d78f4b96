"""What stands in the files of a round of talks: what its page and the pages of its reasons show to everybody."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from assessments.models import RoundRecord
from assessments.reads import record_of
from deliberation.before_after import BeforeAfter, before_after
from deliberation.models import DeliberationRound, Statement
from deliberation.open_data.contents import positions_of
from deliberation.open_data.files import Contents
from deliberation.results import PublishedScore
from deliberation.room import reads
from deliberation.room.reasons import Wanted, rows_of
from deliberation.room.shown import Shown, shown_rows
from deliberation.room.verdict import changed_by
from deliberation.room.voice import voices_of
from deliberation.since import because_of, since_of
from stakeholders.models import Group

PROGRAMS = "programs"
"""One order by lot for all programs: the groups take turns here too, and the same content is the same bytes."""


@dataclass(frozen=True)
class TalksRow:
    """One round of talks, and the address of its page."""

    row: DeliberationRound

    @property
    def page(self) -> str:
        """The address of its page."""
        case = self.row.case
        return _address("assessment_talks", self.row, case.assessment.number, self.row.number)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


@dataclass(frozen=True)
class Check:
    """What the close of a round of answers says of the differences between groups."""

    round: int
    index: str | None
    differ: bool
    matters: bool
    changes: frozenset[str]

    @property
    def levels(self) -> bool:
        """Whether the difference changes the level."""
        return "levels" in self.changes

    @property
    def measures(self) -> bool:
        """Whether it changes whether extra measures apply."""
        return "measures" in self.changes

    @property
    def suspension(self) -> bool:
        """Whether it changes whether a suspension is possible."""
        return "suspension" in self.changes


@dataclass(frozen=True)
class Differing:
    """How far the groups differ on one item."""

    item: str
    spread: str | None
    on_agenda: bool
    reasons: int


@dataclass(frozen=True)
class ReasonRow:
    """One reason as its page shows it; ``joined_to`` names the reason under which it stands."""

    shown: Shown
    joined_to: str | None
    talks: DeliberationRound

    @property
    def signed(self) -> str:
        """The name of whoever wrote it, if they wanted it shown."""
        one = self.shown.statement
        return one.person.name if one.shows_name and one.person else ""

    @property
    def page(self) -> str:
        """The address of its page."""
        return _address("talks_reason", self.talks, self.talks.number, self.shown.statement.token)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shown, name)


def one_talks(one: DeliberationRound, score: PublishedScore) -> Contents:
    """Return what the page of a round of talks shows beside its reasons. ``score`` is that of the round before."""
    groups, statements = reads.groups_in(one), reads.reasons_of(one)
    sessions, clocks = reads.sessions_of(one), reads.clocks_of(one)
    record = record_of(one.follow_up)
    compared = before_after(one.follow_up, record, score, groups)
    return {
        "talks": [TalksRow(one)],
        "checks": list(_checks(one, score, record)),
        "differences": _differences(one, score, statements),
        "positions": positions_of(score),
        "parts": clocks,
        "pauses": [(clock.kind, pause) for clock in clocks for pause in clock.pauses.all()],
        "days": [(clock.kind, line) for clock in clocks for line in clock.trace],
        "equity": voices_of(one, groups, statements, sessions),
        "sessions": sessions,
        "attendance": [row for session in sessions for row in session.attendance.all()],
        "since": since_of(record, groups),
        "changed_because": because_of(record, groups),
        **_moved(compared, score.binding["codes"]),
    }


def talks_rows(rows: Iterable[DeliberationRound]) -> list[TalksRow]:
    """Join rounds of talks with the addresses of their pages."""
    return [TalksRow(row) for row in rows]


def all_reasons(one: DeliberationRound, wanted: Wanted) -> list[Statement]:
    """Return the reasons that the page lists for the same wish, in the order for programs, joined ones together."""
    return [row for first, others in rows_of(reads.reasons_of(one), wanted, PROGRAMS) for row in (first, *others)]


def reason_rows(one: DeliberationRound, statements: Sequence[Statement], groups: Sequence[Group]) -> list[ReasonRow]:
    """Fetch what belongs to some reasons of a round, in as many queries for many as for one."""
    tokens: dict[int | None, str] = dict(one.statements.exclude(joined=None).values_list("pk", "token"))
    shown = shown_rows(one, [(statement, ()) for statement in statements], groups)
    return [ReasonRow(row, tokens.get(row.statement.joined_to_id), one) for row in shown]


def one_reason(statement: Statement) -> Contents:
    """Return a reason with all that was said to it."""
    one = statement.round
    return {"reasons": reason_rows(one, [statement], reads.groups_in(one)), "replies": reads.replies_to(statement)}


def _checks(one: DeliberationRound, score: PublishedScore, record: RoundRecord | None) -> Iterable[Check]:
    """Yield what two closes say; of the second nothing before it is published."""
    yield _check(one.basis.number, score.binding)
    if record is not None:
        yield _check(one.follow_up.number, json.loads(record.body)["result"])


def _check(number: int, binding: dict[str, Any]) -> Check:
    found = binding["disagreement"]
    return Check(number, found["index"], found["conflict"], found["fundamental"], changed_by(binding))


def _differences(one: DeliberationRound, score: PublishedScore, statements: Sequence[Statement]) -> list[Differing]:
    spread = score.binding["disagreement"]["spread"]
    reasons = Counter(row.item for row in statements if row.words)
    return [Differing(code, spread.get(code), code in one.agenda, reasons[code]) for code in score.binding["codes"]]


def _moved(compared: BeforeAfter | None, codes: Sequence[str]) -> Contents:
    """Return what changed between both rounds, as the chart and the table of the page tell it."""
    if compared is None:
        return {"moved_scores": [], "moved_shares": []}
    shares = [
        (row.group.code, code, before, after)
        for row in compared.shares
        for code, (_name, before, after) in zip(codes, row.cells, strict=True)
    ]
    return {"moved_scores": compared.scores, "moved_shares": shares}


def _address(page: str, one: DeliberationRound, *more: str | int) -> str:
    incident = one.case.assessment.incident
    path = reverse(page, args=[incident.jurisdiction.slug, incident.reference, *more])
    return f"{settings.BASE_URL.rstrip('/')}{path}"
