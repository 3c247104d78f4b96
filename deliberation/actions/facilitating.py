"""What keeps talks in order: duplicates joined with their author's consent, points moved on from, and a last word.

Only a facilitator without a stake in such systems does any of it, except that authors answer for their own words.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from assessments.actions.written_words import check_words
from deliberation import rules
from deliberation.actions.events import record_on_case
from deliberation.actions.statements import lock_talks
from deliberation.models import DeliberationRound, Statement
from deliberation.notices import names
from deliberation.states import DeliberationState
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.notices.telling import tell

LONGEST_NOTE = 5_000
FACILITATOR = "facilitator"


@dataclass(frozen=True)
class Note:
    """The last word on a round, in parts. Any of them may be empty, but not all."""

    agreed: str = ""
    narrowed: str = ""
    still_differ: str = ""
    close_note: str = ""


def propose_join(*, statement: Statement, to: Statement, by: Person, now: dt.datetime) -> Statement:
    """Ask the author of a statement whether it says the same as another. Records ``case.join_proposed``.

    Refuses statements of two rounds or items, one that is joined already or whose author was erased, and a chain of
    joined statements.
    """
    rules.require_facilitator(by, statement.round.case, now)
    with locking():
        fresh = _locked(statement)
        alike = fresh.round_id == to.round_id and fresh.item == to.item and fresh.pk != to.pk
        if not alike or fresh.person_id is None or fresh.joined_to_id or not can_stand_under(fresh, to):
            raise _cannot_join()
        is_new = fresh.join_proposed_to_id is None
        fresh.join_proposed_to = to
        fresh.save(update_fields=["join_proposed_to"])
        _record("case.join_proposed", fresh.round, by, now)
        tell(names.JOIN_PROPOSED, fresh.pk, now, anew_since=now if is_new else None)
    return fresh


def answer_join(*, statement: Statement, agree: bool, by: Person, now: dt.datetime) -> Statement:
    """Join one's own statement to the one proposed, or leave both as they are. Records ``case.joined``.

    Both stay readable. Refuses everybody but the author, a statement that nobody proposed to join, and a chain of
    joined statements: since it was proposed, either may have been joined otherwise.
    """
    if statement.person_id != by.pk:
        raise Refused("not_author", _("Only whoever wrote this can decide that."), status=403)
    with locking():
        lock_talks(statement.round)
        fresh = _locked(statement)
        if fresh.join_proposed_to is None:
            raise Refused("nothing_to_join", _("Nobody proposes to join this now."), status=409)
        if agree and not can_stand_under(fresh, fresh.join_proposed_to):
            raise _cannot_join()
        if agree:
            fresh.joined_to = fresh.join_proposed_to
        fresh.join_proposed_to = None
        fresh.save(update_fields=["joined_to", "join_proposed_to"])
        if agree:
            record_on_case("case.joined", fresh.round.case, now, acting_as="member", facts={"item": fresh.item})
    return fresh


def can_stand_under(statement: Statement, other: Statement) -> bool:
    """Whether both can be found once a statement is joined to the other: nothing stands under it, nor the other."""
    return other.joined_to_id is None and not statement.joined.exists()


def _cannot_join() -> Refused:
    return Refused("cannot_join", _("These two statements cannot be joined."), status=409)


def move_on(*, statement: Statement, by: Person, now: dt.datetime) -> Statement:
    """Mark that the talks have dealt with a statement; it stays readable. Records ``case.moved_on_noted``."""
    rules.require_facilitator(by, statement.round.case, now)
    with locking():
        fresh = _locked(statement)
        if fresh.moved_on_at is None:
            fresh.moved_on_at = now
            fresh.save(update_fields=["moved_on_at"])
            _record("case.moved_on_noted", fresh.round, by, now)
    return fresh


def takes_note(one: DeliberationRound) -> bool:
    """Whether the last word on a round can be written: once, after the statements."""
    return one.state != DeliberationState.STATEMENTS and one.close_note_at is None


def write_close_note(*, one: DeliberationRound, note: Note, by: Person, now: dt.datetime) -> DeliberationRound:
    """Write down, once and for everybody, what is agreed, narrower, or still differs. Records ``case.note_published``.

    Refuses while statements are still taken, a second note, and no words or too many.
    """
    rules.require_facilitator(by, one.case, now)
    parts = {name: words.strip() for name, words in vars(note).items()}
    for name, words in parts.items():
        check_words(words, field=name, longest=LONGEST_NOTE, required=False)
    if not any(parts.values()):
        sentence = _("Write at least one part of the note")
        raise Refused("reason_required", sentence, fields={"agreed": [sentence]})
    with locking():
        fresh = DeliberationRound.objects.select_for_update(of=("self",)).select_related("case").get(pk=one.pk)
        if fresh.state == DeliberationState.STATEMENTS:
            raise Refused("too_early", _("The note comes after the statements have ended."), status=409)
        if fresh.close_note_at is not None:
            raise Refused("already_noted", _("The note of this round is published already."), status=409)
        for name, words in parts.items():
            setattr(fresh, name, words)
        fresh.close_note_by, fresh.close_note_at = by, now
        fresh.save(update_fields=[*parts, "close_note_by", "close_note_at"])
        _record("case.note_published", fresh, by, now)
    return fresh


def _locked(statement: Statement) -> Statement:
    return (
        Statement.objects.select_for_update(of=("self",))
        .select_related("round__case__assessment__incident", "join_proposed_to")
        .get(pk=statement.pk)
    )


def _record(kind: str, one: DeliberationRound, by: Person, now: dt.datetime) -> None:
    record_on_case(kind, one.case, now, by=by, acting_as=FACILITATOR, facts={"round": one.number})
