"""Printing a sheet of paper, typing what was filled in on it, throwing that away again.

Each act locks the assessment first and the sheet second, so what races with the close, with a second helper or with
the person's own yes waits, and then sees what is so.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from assessments import paper_codes, rules
from assessments.actions import answers, rounds
from assessments.actions.answers import Answer
from assessments.actions.sheet_ends import ALIVE
from assessments.models import PaperSheet, RollEntry, WeightRound
from assessments.scoring.record import canonical_bytes
from assessments.states import SheetState
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.once import remember, stored_outcome
from lastvote.transactions import locking
from stakeholders.models import Person

MOST_PRINTED = 5
"""Sheets for one place in one round that helpers print, and as many that the person prints: nobody uses up theirs."""
MOST_TYPED = 3
"""How often one sheet is typed; after that somebody prints another."""


@dataclass(frozen=True)
class Printed:
    """A sheet, with its code where this was the act that made it: the code is kept nowhere."""

    sheet: PaperSheet
    code: str


@sensitive_variables("code")
def print_sheet(*, entry: RollEntry, by: Person, key: str, now: dt.datetime) -> Printed:
    """Make a sheet for one place on the roll: by the person themself, or by a helper. Earlier ones become void.

    Refuses everybody else (403), a round that is not open (409 ``round_closed``), helpers while typed words wait for
    the person (409 ``sheet_waits``), and the sixth sheet of a place by helpers or by its person
    (409 ``too_many_sheets``). Records ``paper.printed``, which does not tell for whom.
    """
    with locking():
        place = _lock_place(entry)
        helping = place.person_id != by.pk
        if helping and not rules.may_help(by, place.round, now):
            raise not_allowed()
        done = stored_outcome(scope=_scope(place), key=key, body=b"print")
        if done is not None:
            return Printed(PaperSheet.objects.get(pk=done), "")
        _refuse_when_closed(place.round, now)
        _make_room(place, helping=helping)
        code = paper_codes.new(paper_codes.CODE)
        sheet = _insert(place, code, by, now)
        record_act(sheet, "printed", by=by if helping else None, now=now)
        _remember(place, key, b"print", sheet)
    return Printed(sheet, code)


def type_sheet(*, sheet: PaperSheet, by: Person, answer: Answer, key: str, now: dt.datetime) -> PaperSheet:
    """Put down what stands on a sheet. It counts nowhere, and no page shows it but to the holder of the code.

    Refuses whoever is no helper here (403), whoever printed the sheet and so has seen its code (403 ``own_print``), a
    round that is not open, and a sheet that is typed already, confirmed or void (409). Records ``paper.typed``.
    """
    answers.check_answer(sheet.roll_entry.round, answer)
    typed = _as_kept(answer)
    body = canonical_bytes(typed)
    with locking():
        fresh = lock(sheet)
        _require_other_helper(fresh, by, now)
        done = stored_outcome(scope=_scope(fresh.roll_entry), key=key, body=body)
        if done is not None:
            return fresh
        _refuse_when_closed(fresh.roll_entry.round, now)
        if fresh.state != SheetState.PRINTED:
            raise _not_to_type(fresh)
        fresh.state, fresh.typed, fresh.typist, fresh.typed_at = SheetState.TYPED, typed, by, now
        fresh.times_typed += 1
        fresh.save(update_fields=["state", "typed", "typist", "typed_at", "times_typed"])
        record_act(fresh, "typed", by=by, now=now)
        _remember(fresh.roll_entry, key, body, fresh)
    return fresh


def discard_typed(*, sheet: PaperSheet, typing: int, by: Person, now: dt.datetime) -> PaperSheet:
    """Throw away what ``by`` typed; ``typing`` says which time that was, so that asking twice does it once.

    Refuses everybody but the helper who typed it (403). Records ``paper.discarded``.
    """
    with locking():
        fresh = lock(sheet)
        if fresh.typist_id != by.pk or not rules.may_help(by, fresh.roll_entry.round, now):
            raise not_allowed()
        if fresh.state == SheetState.TYPED and fresh.times_typed == typing:
            throw_away(fresh)
            record_act(fresh, "discarded", by=by, now=now)
    return fresh


def throw_away(sheet: PaperSheet) -> None:
    """Empty a sheet under its lock; it can be typed again unless that was the last time."""
    sheet.state = SheetState.PRINTED if sheet.times_typed < MOST_TYPED else SheetState.VOID
    sheet.typed = None
    sheet.save(update_fields=["state", "typed"])


def lock(sheet: PaperSheet) -> PaperSheet:
    """Lock the assessment and then the sheet, and return it as it now is."""
    assessment = rounds.lock(sheet.roll_entry.round.assessment_id)
    parts = ("roll_entry__round", "roll_entry__group", "roll_entry__person", "submission__detail")
    fresh = PaperSheet.objects.select_for_update(of=("self",)).select_related(*parts).filter(pk=sheet.pk).first()
    if fresh is None:
        raise Refused("gone", _("This sheet is not here any more."), status=404)
    fresh.roll_entry.round.assessment = assessment
    return fresh


def not_allowed() -> Refused:
    """Return the refusal of everybody who may not help here."""
    return Refused("not_allowed", _("Your role here does not include this."), status=403)


def _lock_place(entry: RollEntry) -> RollEntry:
    assessment = rounds.lock(entry.round.assessment_id)
    place = RollEntry.objects.select_related("round", "group", "person").get(pk=entry.pk)
    place.round.assessment = assessment
    return place


def _make_room(place: RollEntry, *, helping: bool) -> None:
    """Let the sheets before be void: only the newest one can be typed and confirmed."""
    earlier = PaperSheet.objects.filter(roll_entry=place)
    if helping and earlier.filter(state=SheetState.TYPED).exists():
        sentence = _("A sheet of this person is typed and waits for their yes. Whoever typed it can throw it away.")
        raise Refused("sheet_waits", sentence, status=409)
    printed = earlier.exclude(printer=place.person_id) if helping else earlier.filter(printer=place.person_id)
    if printed.count() >= MOST_PRINTED:
        sentence = _("No more sheets can be printed for this person in this round.")
        raise Refused("too_many_sheets", sentence, status=409, details={"most": MOST_PRINTED})
    earlier.filter(state__in=ALIVE).update(state=SheetState.VOID, typed=None)


def _insert(place: RollEntry, code: str, by: Person, now: dt.datetime) -> PaperSheet:
    number = paper_codes.new(paper_codes.NUMBER)
    return PaperSheet.objects.create(
        roll_entry=place,
        number=number,
        code_digest=paper_codes.digest(number, code),
        printer=by,
        printed_at=now,
    )


def _require_other_helper(sheet: PaperSheet, by: Person, now: dt.datetime) -> None:
    if not rules.may_help(by, sheet.roll_entry.round, now):
        raise not_allowed()
    if sheet.printer_id == by.pk:
        raise Refused("own_print", _("You printed this sheet and saw its code. Another helper types it."), status=403)


def _refuse_when_closed(weight_round: WeightRound, now: dt.datetime) -> None:
    if not rules.accepts_answers(weight_round, now):
        raise answers.round_closed(weight_round)


def _not_to_type(sheet: PaperSheet) -> Refused:
    sentences = {
        SheetState.TYPED: _("This sheet is typed already. It waits for the person."),
        SheetState.CONFIRMED: _("The person has confirmed this sheet."),
    }
    void = _("This sheet is void. Print another one.")
    return Refused(f"sheet_{sheet.state}", sentences.get(SheetState(sheet.state), void), status=409)


def _as_kept(answer: Answer) -> dict[str, Any]:
    return {
        "points": list(answer.points),
        "method": answer.method.value,
        "raw": answer.raw,
        "order_shown": answer.order_shown,
        "reasons": answer.reasons,
        "language": answer.language,
        "wording_version": answer.wording_version,
    }


def _scope(place: RollEntry) -> str:
    return f"{answers.scope_of(place.round)}paper-{place.pk}"


def _remember(place: RollEntry, key: str, body: bytes, sheet: PaperSheet) -> None:
    purge_after = place.round.closes_at + answers.KEEP_KEYS
    remember(scope=_scope(place), key=key, body=body, outcome_id=sheet.pk, purge_after=purge_after)


def record_act(sheet: PaperSheet, verb: str, *, by: Person | None, now: dt.datetime) -> None:
    """Write down an act on a sheet: of a helper by name, of the holder of its code, whoever that is, without one."""
    weight_round = sheet.roll_entry.round
    record(
        kind=f"paper.{verb}",
        subject="round",
        subject_id=weight_round.pk,
        jurisdiction_id=sheet.roll_entry.group.jurisdiction_id,
        actor_id=by.pk if by else None,
        acting_as="helper" if by else "",
        now=now,
        facts={"round": weight_round.number},
        secret={"sheet": sheet.number, "typing": sheet.times_typed},
    )
