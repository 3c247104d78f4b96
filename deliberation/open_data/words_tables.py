"""Tables of what groups say to each other in talks. Names and order of columns stay; a new column goes to the end."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from assessments.models import EvidenceItem
from deliberation.models import Reply
from deliberation.open_data.columns import ADDRESS, BOTH, CODE, MOMENT, WHOLE, WORDS, YES_NO, Column, Table
from deliberation.open_data.tables import FACTORS
from deliberation.states import DifferenceKind, ReplyKind

REASON = _("Name of the reason in addresses")
LANGUAGE = _("Language of the words")
EVIDENCE = _("Numbers of the evidence that it rests on, one a line")
ERASED = _("Whether the words were erased with the data of the person who wrote them")


def _numbers(rows: Iterable[EvidenceItem]) -> str:
    return "\n".join(dict.fromkeys(str(row.number) for row in rows))


def _erased(reply: Reply) -> bool:
    """Whether the page says so: of somebody who only joined in nothing is said, whether they wrote words or not."""
    return reply.kind != ReplyKind.ADOPT and not reply.words and reply.person_id is None


REASONS = Table(
    "reasons",
    _("Reasons why groups weigh as they do"),
    (
        Column("reason", REASON, CODE, lambda row: row.statement.token),
        Column("item", FACTORS, CODE, lambda row: row.statement.item),
        Column("group", _("Code of the group that signs it"), CODE, lambda row: row.statement.group.code),
        Column("signed", _("Name of whoever wrote it; empty unless they wanted it shown"), WORDS,
               lambda row: row.signed),
        Column("kind", _("In what way the group differs"), CODE, lambda row: row.statement.difference,
               allowed=tuple(DifferenceKind.values)),
        Column("language", LANGUAGE, CODE, lambda row: row.statement.language),
        Column("words", _("Why; empty if erased"), WORDS, lambda row: row.statement.words),
        Column("would_change", _("What would change this view"), WORDS,
               lambda row: row.statement.would_change if row.statement.words else ""),
        Column("erased", ERASED, YES_NO, lambda row: not row.statement.words and row.statement.person_id is None,
               allowed=BOTH),
        Column("evidence", EVIDENCE, WORDS, lambda row: _numbers(row.statement.evidence.all())),
        Column("said_at", _("When it was said"), MOMENT, lambda row: row.statement.stated_at),
        Column("dealt_with", _("Whether the talks have dealt with it"), YES_NO,
               lambda row: row.statement.moved_on_at is not None, allowed=BOTH),
        Column("joined_to", _("Name of the reason to which it is joined, as it says the same"), CODE,
               lambda row: row.joined_to, empty=True),
        Column("also_of", _("Codes of groups of which people said that it is their reason too, one a line"), WORDS,
               lambda row: "\n".join(group.code for group in row.adopted_by)),
        Column("replies", _("How many other replies there are"), WHOLE, lambda row: row.replies),
        Column("page", _("Page of the reason"), ADDRESS, lambda row: row.page),
    ),
)  # fmt: skip

REPLIES = Table(
    "replies",
    _("What people said to a reason, in the order in which they did"),
    (
        Column("reason", REASON, CODE, lambda row: row.statement.token),
        Column("said_at", _("When it was said"), MOMENT, lambda row: row.replied_at),
        Column("group", _("Code of the group that signs it"), CODE, lambda row: row.group.code),
        Column("kind", _("What sort of reply"), CODE, lambda row: row.kind, allowed=tuple(ReplyKind.values)),
        Column("language", LANGUAGE, CODE, lambda row: row.language),
        Column("words", _("The words; empty if there are none, or if erased"), WORDS, lambda row: row.words),
        Column("erased", ERASED, YES_NO, _erased, allowed=BOTH),
        Column("evidence", EVIDENCE, WORDS, lambda row: _numbers(row.evidence.all())),
    ),
    keys=3,
)  # fmt: skip
