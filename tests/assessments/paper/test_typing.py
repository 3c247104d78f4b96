"""Typing a sheet, and throwing away what was typed."""

from assessments.actions import answers, sheets
from assessments.models import Assessment, CurrentAnswer, PaperSheet, Submission
from assessments.states import SheetState
from lastvote.audit.models import AuditEvent
from lastvote.jobs.models import OutboxItem
from stakeholders import actions as people
from tests import factories as make
from tests.assessments.paper.acts import LATE, discard, kinds, refusal, state_of
from tests.assessments.paper_world import ON_PAPER, confirmed, helper, ordered, typed


def test_what_is_typed_counts_nowhere(sheet, typist, open_round):
    before = Assessment.objects.get(pk=open_round.assessment_id).input_rev
    owed = OutboxItem.objects.count()
    row = typed(sheet, typist)
    assert (row.state, row.times_typed, row.typed["points"]) == (SheetState.TYPED, 1, list(ON_PAPER.points))
    assert (Submission.objects.count(), CurrentAnswer.objects.count(), OutboxItem.objects.count()) == (0, 0, owed)
    assert Assessment.objects.get(pk=open_round.assessment_id).input_rev == before


def test_reasons_lie_with_what_was_typed_and_are_the_persons_after_the_yes(town, sheet, typist, open_round):
    row = typed(sheet, typist, answer=ordered(open_round, "X I E R", X="Many."))
    assert row.typed["reasons"] == {"X": "Many."}
    detail = confirmed(town, sheet).submission.detail
    assert (detail.reasons, PaperSheet.objects.get().typed) == ({"X": "Many."}, None)


def test_the_same_request_with_another_reason_is_another(sheet, typist, open_round):
    typed(sheet, typist, answer=ordered(open_round, "X I E R", X="Many."), key="same")
    other = ordered(open_round, "X I E R", X="Few.")
    assert refusal(typed, sheet, typist, answer=other, key="same") == ("key_reused", 422)


def test_typing_is_recorded_without_what_was_typed(sheet, typist):
    typed(sheet, typist)
    event = AuditEvent.objects.get(kind="paper.typed")
    assert (event.actor_id, event.acting_as, event.facts) == (typist.pk, "helper", {"round": 1})


def test_whoever_printed_a_sheet_does_not_type_it(sheet, printer):
    assert refusal(typed, sheet, printer) == ("own_print", 403)


def test_a_sheet_sent_twice_is_typed_once(sheet, typist):
    first, second = (typed(sheet, typist, key="same") for _time in range(2))
    assert (first, second.times_typed, kinds()) == (second, 1, ["paper.printed", "paper.typed"])


def test_two_helpers_type_one_sheet_and_the_first_did(town, sheet, typist):
    typed(sheet, typist)
    assert refusal(typed, sheet, helper(town)) == ("sheet_typed", 409)
    assert PaperSheet.objects.get().typist == typist


def test_a_sheet_that_is_confirmed_is_not_typed_again(town, sheet, typist):
    typed(sheet, typist)
    confirmed(town, sheet)
    assert refusal(typed, sheet, typist) == ("sheet_confirmed", 409)


def test_points_that_are_no_shares_are_refused(sheet, typist):
    wrong = answers.Answer(points=(1, 2, 3, 4), method=ON_PAPER.method)
    assert refusal(typed, sheet, typist, answer=wrong)[1] == 422


def test_what_comes_after_the_end_is_not_typed(sheet, typist):
    assert refusal(typed, sheet, typist, now=LATE) == ("round_closed", 409)


def test_a_sheet_whose_person_was_erased_is_gone(town, sheet, typist, person):
    people.erase_person(person=person, by=None, now=make.NOW)
    assert (PaperSheet.objects.count(), refusal(typed, sheet, typist)) == (0, ("gone", 404))


def test_a_mistake_is_thrown_away_and_typed_again(sheet, typist, town):
    typed(sheet, typist)
    assert (discard(sheet, typist).state, PaperSheet.objects.get().typed) == (SheetState.PRINTED, None)
    typed(sheet, typist)
    assert confirmed(town, sheet, typing=2).submission.points == list(ON_PAPER.points)


def test_discarding_twice_is_one_act_and_leaves_what_was_typed_anew(sheet, typist):
    typed(sheet, typist)
    discard(sheet, typist)
    discard(sheet, typist)
    typed(sheet, typist)
    assert discard(sheet, typist).state == SheetState.TYPED
    assert kinds().count("paper.discarded") == 1


def test_nobody_discards_what_another_typed(town, sheet, typist, printer, person):
    typed(sheet, typist)
    assert [refusal(discard, sheet, who) for who in (printer, helper(town), person)] == [("not_allowed", 403)] * 3


def test_after_the_third_typing_the_sheet_is_void(sheet, typist):
    for typing in range(1, sheets.MOST_TYPED + 1):
        typed(sheet, typist)
        discard(sheet, typist, typing)
    assert (state_of(sheet), refusal(typed, sheet, typist)) == (SheetState.VOID, ("sheet_void", 409))
