"""The person's yes to what was typed, their no, and taking the answer back."""

import pytest

from assessments import paper_codes
from assessments.actions import sheet_confirming
from assessments.models import CurrentAnswer, PaperSheet, Submission
from assessments.states import Channel, SheetState
from lastvote.audit.models import AuditEvent
from lastvote.jobs.models import OutboxItem
from tests import factories as make
from tests.assessments.paper.acts import LATE, discard, kinds, refusal, state_of
from tests.assessments.paper_world import ON_PAPER, codes_of, confirmed, typed


def test_a_confirmed_sheet_is_the_persons_ordinary_answer_marked_as_on_paper(town, sheet, typist, person):
    typed(sheet, typist)
    accepted = confirmed(town, sheet, now=make.NOW + make.DAY)
    submission = Submission.objects.select_related("detail").get()
    assert (submission, submission.points) == (accepted.submission, list(ON_PAPER.points))
    assert (submission.detail.channel, submission.detail.method) == (Channel.PAPER, "points")
    assert (submission.roll_entry.person, submission.accepted_at) == (person, make.NOW + make.DAY)
    row = PaperSheet.objects.get()
    assert (row.state, row.typed, row.submission) == (SheetState.CONFIRMED, None, submission)
    assert OutboxItem.objects.filter(kind="recompute").exists()


def test_an_answer_of_ones_own_is_marked_so(open_round, person):
    make.answer(open_round, person, ON_PAPER.points)
    assert Submission.objects.get().detail.channel == Channel.SELF


def test_confirming_twice_is_one_answer(town, sheet, typist):
    typed(sheet, typist)
    first, second = confirmed(town, sheet), confirmed(town, sheet)
    assert (first.receipt, Submission.objects.count()) == (second.receipt, 1)
    assert AuditEvent.objects.filter(kind="answer.accepted").count() == 1


def test_a_sheet_replaces_the_answer_before_it(town, sheet, typist, open_round, person):
    make.answer(open_round, person, (2500, 2500, 2500, 2500))
    typed(sheet, typist)
    assert confirmed(town, sheet).replaced
    assert CurrentAnswer.objects.get().submission.points == list(ON_PAPER.points)


def test_nothing_is_confirmed_before_it_is_typed(town, sheet):
    assert refusal(confirmed, town, sheet) == ("nothing_to_confirm", 409)


def test_what_was_typed_anew_is_looked_at_again(town, sheet, typist):
    typed(sheet, typist)
    discard(sheet, typist)
    typed(sheet, typist)
    assert refusal(confirmed, town, sheet, typing=1) == ("typed_anew", 409)


def test_a_yes_after_the_end_comes_too_late(town, sheet, typist):
    typed(sheet, typist)
    assert refusal(confirmed, town, sheet, now=LATE) == ("round_closed", 409)
    assert Submission.objects.count() == 0


def opened(town, one, *, number=None, code=None):
    found = codes_of(town, one) | ({"number": number} if number is not None else {})
    return sheet_confirming.open_sheet(**found | ({"code": code} if code is not None else {}), now=make.NOW)


def test_number_and_code_open_a_sheet_however_they_are_written(town, sheet):
    number, code = paper_codes.shown(sheet.sheet.number).lower(), f" {paper_codes.shown(sheet.code)} "
    assert opened(town, sheet, number=number, code=code) == sheet.sheet


@pytest.mark.parametrize("wrong", ["", "x", "0000-0000-0000", "\x00", "7" * 10_000, "٧" * 12])
def test_a_wrong_code_opens_nothing_and_is_counted(town, sheet, wrong):
    assert opened(town, sheet, code=wrong) is None
    assert PaperSheet.objects.get().wrong_codes == 1


@pytest.mark.parametrize("number", ["", "K7M29QTX", "\x00", "7" * 10_000])
def test_an_unknown_number_opens_nothing(town, sheet, number):
    assert opened(town, sheet, number=number) is None


def test_a_sheet_is_opened_in_its_own_place_alone(sheet):
    there = make.make_town(slug="otherville", code="OV", size=1)
    assert opened(there, sheet) is None


def test_the_fifth_wrong_code_makes_the_sheet_void_also_for_the_right_one(town, sheet, typist):
    typed(sheet, typist)
    for _time in range(sheet_confirming.MOST_WRONG):
        assert refusal(confirm_with, town, sheet, paper_codes.new(paper_codes.CODE)) == ("unknown_code", 422)
    row = PaperSheet.objects.get()
    assert (row.state, row.typed, opened(town, sheet)) == (SheetState.VOID, None, None)
    assert kinds() == ["paper.printed", "paper.typed", "paper.locked"]
    assert refusal(confirmed, town, sheet) == ("unknown_code", 422)


def confirm_with(town, one, code):
    return sheet_confirming.confirm_sheet(**codes_of(town, one) | {"code": code}, typing=1, now=make.NOW)


def test_wrong_codes_after_the_yes_take_nothing_away(town, sheet, typist):
    typed(sheet, typist)
    confirmed(town, sheet)
    for _time in range(sheet_confirming.MOST_WRONG):
        opened(town, sheet, code="wrong")
    assert (state_of(sheet), CurrentAnswer.objects.get().submission.points) == (
        SheetState.CONFIRMED, list(ON_PAPER.points),
    )  # fmt: skip


def refuse(town, one, typing=1):
    return sheet_confirming.refuse_sheet(**codes_of(town, one), typing=typing, now=make.NOW)


def test_a_no_empties_the_sheet_and_it_can_be_typed_again(town, sheet, typist):
    typed(sheet, typist)
    refuse(town, sheet)
    refuse(town, sheet)
    row = PaperSheet.objects.get()
    assert (row.state, row.typed, Submission.objects.count()) == (SheetState.PRINTED, None, 0)
    assert kinds() == ["paper.printed", "paper.typed", "paper.refused"]
    typed(sheet, typist)
    assert refuse(town, sheet).state == SheetState.TYPED


def withdraw(town, one, now=make.NOW):
    return sheet_confirming.withdraw_sheet(**codes_of(town, one), now=now)


def test_the_holder_of_the_code_takes_the_answer_back(town, sheet, typist):
    typed(sheet, typist)
    confirmed(town, sheet)
    withdraw(town, sheet)
    assert CurrentAnswer.objects.get().submission is None
    assert refusal(withdraw, town, sheet) == ("nothing_to_withdraw", 409)


def test_a_code_takes_no_other_answer_back(town, sheet, typist, open_round, person):
    typed(sheet, typist)
    confirmed(town, sheet)
    make.answer(open_round, person, (2500, 2500, 2500, 2500))
    assert refusal(withdraw, town, sheet) == ("nothing_to_withdraw", 409)


def test_nothing_is_taken_back_after_the_close(town, sheet, typist):
    typed(sheet, typist)
    confirmed(town, sheet)
    assert refusal(withdraw, town, sheet, now=LATE) == ("round_closed", 409)
