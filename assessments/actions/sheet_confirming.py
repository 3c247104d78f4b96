"""The person's own yes or no to what a helper typed, by the code on the half of the sheet that they kept."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from assessments import paper_codes, rules, sheet_reads
from assessments.actions import answers, sheets
from assessments.actions.answers import Accepted, Answer
from assessments.actions.why_changed import NO_CHANGE, Change
from assessments.models import PaperSheet
from assessments.states import AnswerMethod, Channel, SheetState
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person

MOST_WRONG = 5
"""Wrong codes after which a sheet is void."""


@sensitive_variables("code", "typed_code")
def open_sheet(*, jurisdiction: Jurisdiction, number: str, code: str, now: dt.datetime) -> PaperSheet | None:
    """Return the sheet if the code is its own. A wrong code is counted, and the fifth makes the sheet void.

    Nothing comes back for an unknown number, a wrong or malformed code, and any code once a sheet had five wrong
    ones. Records ``paper.locked`` with the fifth.
    """
    typed_code = paper_codes.read(code, paper_codes.CODE) or ""
    found = sheet_reads.sheet_numbered(jurisdiction, number)
    if found is None:
        paper_codes.fits(paper_codes.NOBODYS, "", typed_code)  # as much work as for a sheet that is there
        return None
    with locking():
        fresh = sheets.lock(found)
        if fresh.wrong_codes >= MOST_WRONG:
            return None
        if paper_codes.fits(fresh.code_digest, fresh.number, typed_code):
            return fresh
        _count_wrong(fresh, now)
    return None


@sensitive_variables("code")
def confirm_sheet(
    *, jurisdiction: Jurisdiction, number: str, code: str, typing: int, now: dt.datetime, change: Change = NO_CHANGE
) -> Accepted:
    """Accept what was typed as the person's answer. ``typing`` says which typing the person has seen, and
    ``change`` why it differs from the answer of the round before, where it does.

    Refuses a code that is not the sheet's (422 ``unknown_code``), a sheet without anything to confirm (409
    ``nothing_to_confirm``), one that was typed anew meanwhile (409 ``typed_anew``), and whatever ``submit_answer``
    refuses, which alone accepts it. A second yes to the same is answered with the same answer.
    """
    opened = _opened(jurisdiction, number, code, now)
    with locking():
        sheet = _lock_again(opened)
        if sheet.submission is not None:
            return Accepted(sheet.submission, sheet.submission.detail.receipt, replaced=False)
        person = _person_or_refuse(sheet, typing, now)
        accepted = answers.submit_answer(
            weight_round=sheet.roll_entry.round,
            by=person,
            answer=answer_on(sheet, change),
            key=f"sheet {sheet.number}",
            now=now,
        )
        sheet.state, sheet.submission, sheet.typed = SheetState.CONFIRMED, accepted.submission, None
        sheet.save(update_fields=["state", "submission", "typed"])
    return accepted


@sensitive_variables("code")
def refuse_sheet(*, jurisdiction: Jurisdiction, number: str, code: str, typing: int, now: dt.datetime) -> PaperSheet:
    """Throw away what was typed, because it is not what the person wrote. Records ``paper.refused``.

    Refuses as ``confirm_sheet`` does, but a second no to the same changes nothing.
    """
    opened = _opened(jurisdiction, number, code, now)
    with locking():
        sheet = _lock_again(opened)
        if sheet.state == SheetState.TYPED and sheet.times_typed == typing:
            sheets.throw_away(sheet)
            sheets.record_act(sheet, "refused", by=None, now=now)
    return sheet


@sensitive_variables("code")
def withdraw_sheet(*, jurisdiction: Jurisdiction, number: str, code: str, now: dt.datetime) -> Accepted:
    """Take back the answer that came of a sheet, by its code.

    Refuses a wrong code, and 409 ``nothing_to_withdraw`` where another answer stands or none does. Records
    ``answer.withdrawn``.
    """
    opened = _opened(jurisdiction, number, code, now)
    with locking():
        sheet = _lock_again(opened)
        if not stands(sheet) or sheet.roll_entry.person is None:
            raise Refused("nothing_to_withdraw", _("There is no answer to take back."), status=409)
        return answers.withdraw_answer(
            weight_round=sheet.roll_entry.round, by=sheet.roll_entry.person, key=f"withdraw {sheet.number}", now=now
        )


def stands(sheet: PaperSheet) -> bool:
    """Whether the answer that came of a sheet is the one that counts."""
    current = getattr(sheet.roll_entry, "current", None)
    return sheet.submission_id is not None and current is not None and current.submission_id == sheet.submission_id


def answer_on(sheet: PaperSheet, change: Change = NO_CHANGE) -> Answer:
    """Return the answer that a typed sheet would be, marked as come on paper."""
    typed = sheet.typed or {}
    return Answer(
        points=tuple(typed["points"]),
        method=AnswerMethod(typed["method"]),
        raw=typed["raw"],
        order_shown=typed["order_shown"],
        reasons=typed.get("reasons", {}),  # a sheet typed when sheets had no place for reasons holds none
        language=typed["language"],
        wording_version=typed["wording_version"],
        channel=Channel.PAPER,
        change=change,
    )


def unknown_code() -> Refused:
    """Return the one refusal of everything that does not open a sheet."""
    return Refused("unknown_code", _("Number and code do not belong together, or the sheet is void."))


def _opened(jurisdiction: Jurisdiction, number: str, code: str, now: dt.datetime) -> PaperSheet:
    """Open a sheet in a transaction of its own: a wrong code stays counted although the act is refused."""
    sheet = open_sheet(jurisdiction=jurisdiction, number=number, code=code, now=now)
    if sheet is None:
        raise unknown_code()
    return sheet


def _lock_again(opened: PaperSheet) -> PaperSheet:
    sheet = sheets.lock(opened)
    if sheet.wrong_codes >= MOST_WRONG:  # the last wrong one came in between
        raise unknown_code()
    return sheet


def _count_wrong(sheet: PaperSheet, now: dt.datetime) -> None:
    sheet.wrong_codes += 1
    if sheet.wrong_codes == MOST_WRONG:
        if sheet.state != SheetState.CONFIRMED:
            sheet.state, sheet.typed = SheetState.VOID, None
        sheets.record_act(sheet, "locked", by=None, now=now)
    sheet.save(update_fields=["wrong_codes", "state", "typed"])


def _person_or_refuse(sheet: PaperSheet, typing: int, now: dt.datetime) -> Person:
    weight_round, person = sheet.roll_entry.round, sheet.roll_entry.person
    if not rules.accepts_answers(weight_round, now):
        raise answers.round_closed(weight_round)
    if sheet.state != SheetState.TYPED or person is None:
        raise Refused("nothing_to_confirm", _("There is nothing to confirm on this sheet."), status=409)
    if sheet.times_typed != typing:
        raise Refused("typed_anew", _("The sheet was typed again. Look at it once more."), status=409)
    return person
