"""Moving a case or a round of talks along its states: one compare-and-set for every transition."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from deliberation.models import Case, DeliberationRound
from deliberation.states import CASE_TRANSITIONS, DELIBERATION_TRANSITIONS, CaseState, DeliberationState
from lastvote.errors import Refused

Row = TypeVar("Row", Case, DeliberationRound)


def move_case(case: Case, to: CaseState, **fields: Any) -> None:
    """Move a case and set ``fields``; refuses a jump that the table does not allow, and a lost race, with 409."""
    _move(case, CaseState(case.state), to, CASE_TRANSITIONS, fields)


def move_round(one: DeliberationRound, to: DeliberationState, **fields: Any) -> None:
    """Move a round of talks and set ``fields``; refuses as ``move_case`` does."""
    _move(one, DeliberationState(one.state), to, DELIBERATION_TRANSITIONS, fields)


def _move(
    row: Row, state: Any, to: Any, table: Mapping[Any, frozenset[Any]], fields: dict[str, Any]
) -> None:  # fmt: skip
    if to not in table[state]:
        raise Refused(
            "illegal_transition",
            _("This case has moved on. Load the page again to see where it is."),
            status=409,
            details={"from": str(state), "allowed": sorted(map(str, table[state]))},
        )
    changed = (
        type(row)
        .objects.filter(pk=row.pk, state=state, revision=row.revision)
        .update(state=to, revision=row.revision + 1, **fields)
    )
    if not changed:
        raise Refused("already_changed", _("Somebody has just changed this case."), status=409)
    row.refresh_from_db(fields=["state", "revision", *fields])
