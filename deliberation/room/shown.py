"""The reasons of one page of the list, with who adopted each and how much was said to it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from deliberation.models import DeliberationRound, Statement
from deliberation.results import item_name
from deliberation.room.reads import fetch_evidence, replies_in
from deliberation.states import ReplyKind
from stakeholders.models import Group


@dataclass(frozen=True)
class Shown:
    """One reason, the duplicates that their authors joined to it, and what others said.

    ``adopted_by`` are groups, once each and never numbers: nobody votes on a reason.
    """

    statement: Statement
    item: str
    joined: Sequence[Statement]
    adopted_by: Sequence[Group]
    replies: int


def shown_rows(
    one: DeliberationRound, rows: Sequence[tuple[Statement, Sequence[Statement]]], groups: Sequence[Group]
) -> list[Shown]:
    """Fetch what belongs to the reasons of a page; two queries, however many there are."""
    fetch_evidence([statement for statement, _joined in rows])
    adopted, others = _said_to(one, [statement.pk for statement, _joined in rows])
    return [
        Shown(
            statement, item_name(one.basis.assessment, statement.item), joined,
            [group for group in groups if group.pk in adopted[statement.pk]], others[statement.pk],
        )
        for statement, joined in rows
    ]  # fmt: skip


def _said_to(one: DeliberationRound, statements: Sequence[int]) -> tuple[dict[int, set[int]], Counter[int]]:
    adopted: dict[int, set[int]] = defaultdict(set)
    others: Counter[int] = Counter()
    said = replies_in(one).filter(statement__in=statements).values_list("statement_id", "kind", "group_id")
    for statement, kind, group in said:
        if kind == ReplyKind.ADOPT:
            adopted[statement].add(group)
        else:
            others[statement] += 1
    return adopted, others
