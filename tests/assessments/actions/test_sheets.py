"""Sheets of paper: printing, typing, confirming, refusing, taking back, and how they end."""

import datetime as dt
import json

import pytest

from assessments import paper_codes, rules, sheet_reads
from assessments.actions import answers, publication, rounds, sheet_confirming, sheet_ends, sheets
from assessments.models import Assessment, CurrentAnswer, PaperSheet, RollEntry, RoundRecord, Submission
from assessments.states import Channel, SheetState
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.jobs.models import OutboxItem
from stakeholders import actions as people
from tests import factories as make
from tests.assessments.paper_world import ON_PAPER, codes_of, confirmed, helper, place_of, printed, typed
from tests.keeping import copied, kept

AFTER = make.NOW + 22 * make.DAY
LATE = make.NOW + 21 * make.DAY


def build():
    town = make.make_town(size=6)
    weight_round = make.open_round(town)
    return town, weight_round, helper(town), helper(town)


built = kept(build)


@pytest.fixture
def world(built, db):
    return copied(built)


@pytest.fixture
def town(world):
    return world[0]


@pytest.fixture
def weight_round(world):
    return world[1]


@pytest.fixture
def printer(world):
    return world[2]


@pytest.fixture
def typist(world):
    return world[3]


@pytest.fixture
def person(town):
    return town.members["C"][0]


@pytest.fixture
def sheet(weight_round, person, printer):
    return printed(weight_round, person, printer)


def refusal(act, *arguments, **named):
    with pytest.raises(Refused) as refused:
        act(*arguments, **named)
    return refused.value.code, refused.value.status


def state_of(one):
    return PaperSheet.objects.get(pk=one.sheet.pk).state


def kinds():
    return list(AuditEvent.objects.filter(kind__startswith="paper.").order_by("pk").values_list("kind", flat=True))


# --- Printing -------------------------------------------------------------------------------------------------


def test_printing_shows_the_code_once_and_keeps_only_a_keyed_hash(sheet, weight_round, person, printer):
    row = PaperSheet.objects.get()
    assert (row.state, row.typed, row.roll_entry.person) == (SheetState.PRINTED, None, person)
    assert paper_codes.fits(row.code_digest, row.number, sheet.code)
    assert sheet.code not in json.dumps([str(value) for value in PaperSheet.objects.values().get().values()])


def test_printing_tells_who_printed_and_not_for_whom(sheet, weight_round, printer):
    event = AuditEvent.objects.get(kind="paper.printed")
    assert (event.actor_id, event.acting_as, event.facts) == (printer.pk, "helper", {"round": 1})
    assert (event.subject, event.subject_id) == ("round", weight_round.pk)


def test_people_print_their_own_sheet_without_a_trace_of_who(weight_round, person):
    printed(weight_round, person, person)
    event = AuditEvent.objects.get(kind="paper.printed")
    assert (event.actor_id, event.acting_as) == (None, "")


def test_the_same_request_prints_one_sheet_and_shows_the_code_once(weight_round, person, printer):
    first = printed(weight_round, person, printer, key="same")
    second = printed(weight_round, person, printer, key="same")
    assert (first.sheet, bool(first.code), second.code) == (second.sheet, True, "")
    assert kinds() == ["paper.printed"]


def test_another_sheet_makes_the_one_before_void_and_empties_it(world, person):
    town, weight_round, printer, typist = world
    sheet = printed(weight_round, person, printer)
    typed(sheet, typist)
    other = printed(weight_round, person, person)
    row = PaperSheet.objects.get(pk=sheet.sheet.pk)
    assert (row.state, row.typed, state_of(other)) == (SheetState.VOID, None, SheetState.PRINTED)
    assert refusal(confirmed, town, sheet) == ("nothing_to_confirm", 409)
    assert refusal(typed, sheet, typist) == ("sheet_void", 409)


def test_no_helper_throws_away_what_waits_for_the_person_by_printing_again(world, person):
    _town, weight_round, printer, typist = world
    sheet = printed(weight_round, person, printer)
    waiting = typed(sheet, typist)
    assert refusal(printed, weight_round, person, printer) == ("sheet_waits", 409)
    assert PaperSheet.objects.get().state == SheetState.TYPED
    sheets.discard_typed(sheet=waiting, typing=1, by=typist, now=make.NOW)
    assert printed(weight_round, person, printer).code


def test_helpers_do_not_use_up_the_sheets_that_people_print_themselves(weight_round, person, printer):
    for _time in range(sheets.MOST_PRINTED):
        printed(weight_round, person, printer)
    for _time in range(sheets.MOST_PRINTED):
        printed(weight_round, person, person)
    for by in (person, printer):
        assert refusal(printed, weight_round, person, by) == ("too_many_sheets", 409)


def test_the_sixth_sheet_is_refused(weight_round, person, printer):
    for _time in range(sheets.MOST_PRINTED):
        printed(weight_round, person, printer)
    assert refusal(printed, weight_round, person, printer) == ("too_many_sheets", 409)


def test_nothing_is_printed_when_the_round_takes_no_answers(weight_round, person, printer):
    assert refusal(printed, weight_round, person, printer, now=LATE) == ("round_closed", 409)


# --- Who may help ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [Role.SECRETARIAT, Role.CHAIR, Role.COMMITTEE, Role.DEPLOYER, Role.AUDITOR])
def test_other_roles_neither_print_nor_type(town, weight_round, person, sheet, who):
    other = town.staff[who]
    assert refusal(printed, weight_round, person, other) == ("not_allowed", 403)
    assert refusal(typed, sheet, other) == ("not_allowed", 403)


def test_neighbours_neither_print_nor_type_for_each_other(town, weight_round, person, sheet):
    neighbour = town.members["C"][1]
    assert refusal(printed, weight_round, person, neighbour) == ("not_allowed", 403)
    assert refusal(typed, sheet, neighbour) == ("not_allowed", 403)


def test_a_helper_who_is_on_the_roll_helps_nobody_in_that_round(town, weight_round, sheet, typist):
    RollEntry.objects.create(round=weight_round, group=town.groups["A"], person=typist)
    assert not rules.may_help(typist, weight_round, make.NOW)
    assert refusal(typed, sheet, typist) == ("not_allowed", 403)


def test_a_helper_who_joined_a_group_helps_nobody(town, weight_round, typist):
    people.join_group(person=typist, group=town.groups["A"], valid_from=make.NOW.date(), now=make.NOW)
    assert not rules.may_help(typist, weight_round, make.NOW)


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.EVALUATOR, Role.DEPLOYER, Role.DELEGATE])
def test_helping_goes_with_no_role_that_has_a_stake(town, weight_round, typist, role):
    grant = {
        "person": typist, "role": role, "valid_from": make.START, "now": make.NOW,
        "proposed_by": town.staff[Role.SECRETARIAT], "confirmed_by": town.staff[Role.CHAIR],
    }  # fmt: skip
    assert refusal(people.grant_role, **grant) == ("conflicting_role", 409)
    typist.role_grants.create(role=role, valid_from=make.START)
    assert not rules.may_help(typist, weight_round, make.NOW)


def test_a_helper_of_one_assessment_helps_there_alone(town, weight_round):
    elsewhere = make.open_round(town)
    person = people.add_person(
        jurisdiction=town.jurisdiction, name="Once", email="once@testville.example", now=make.NOW
    )
    person.role_grants.create(
        role=Role.HELPER, scope="assessment", scope_id=elsewhere.assessment_id, valid_from=make.START
    )
    assert [rules.may_help(person, one, make.NOW) for one in (elsewhere, weight_round)] == [True, False]


def test_a_role_that_has_ended_helps_no_more(weight_round, typist):
    typist.role_grants.update(valid_until=make.START)
    assert not rules.may_help(typist, weight_round, make.NOW)


# --- Finding somebody -----------------------------------------------------------------------------------------


def test_a_person_is_found_by_the_whole_name_in_the_right_group_alone(town, weight_round, person):
    c, d = town.groups["C"], town.groups["D"]
    found = [
        sheet_reads.place_named(weight_round, group, name)
        for group, name in ((c, " member  c0 "), (d, "Member C0"), (c, "Member"), (c, ""), (c, "Member C"))
    ]
    assert found == [place_of(weight_round, person), None, None, None, None]


def test_of_two_people_with_one_name_neither_is_found(town, weight_round, person):
    town.members["C"][1].name = person.name
    town.members["C"][1].save()
    assert sheet_reads.place_named(weight_round, town.groups["C"], person.name) is None


# --- Typing ---------------------------------------------------------------------------------------------------


def test_what_is_typed_counts_nowhere(sheet, typist, weight_round):
    before = Assessment.objects.get(pk=weight_round.assessment_id).input_rev
    owed = OutboxItem.objects.count()
    row = typed(sheet, typist)
    assert (row.state, row.times_typed, row.typed["points"]) == (SheetState.TYPED, 1, list(ON_PAPER.points))
    assert (Submission.objects.count(), CurrentAnswer.objects.count(), OutboxItem.objects.count()) == (0, 0, owed)
    assert Assessment.objects.get(pk=weight_round.assessment_id).input_rev == before


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


# --- Discarding -----------------------------------------------------------------------------------------------


def discard(one, by, typing=1):
    return sheets.discard_typed(sheet=one.sheet, typing=typing, by=by, now=make.NOW)


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


# --- Confirming -----------------------------------------------------------------------------------------------


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


def test_an_answer_of_ones_own_is_marked_so(weight_round, person):
    make.answer(weight_round, person, ON_PAPER.points)
    assert Submission.objects.get().detail.channel == Channel.SELF


def test_confirming_twice_is_one_answer(town, sheet, typist):
    typed(sheet, typist)
    first, second = confirmed(town, sheet), confirmed(town, sheet)
    assert (first.receipt, Submission.objects.count()) == (second.receipt, 1)
    assert AuditEvent.objects.filter(kind="answer.accepted").count() == 1


def test_a_sheet_replaces_the_answer_before_it(town, sheet, typist, weight_round, person):
    make.answer(weight_round, person, (2500, 2500, 2500, 2500))
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


# --- Refusing and taking back ---------------------------------------------------------------------------------


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


def test_a_code_takes_no_other_answer_back(town, sheet, typist, weight_round, person):
    typed(sheet, typist)
    confirmed(town, sheet)
    make.answer(weight_round, person, (2500, 2500, 2500, 2500))
    assert refusal(withdraw, town, sheet) == ("nothing_to_withdraw", 409)


def test_nothing_is_taken_back_after_the_close(town, sheet, typist):
    typed(sheet, typist)
    confirmed(town, sheet)
    assert refusal(withdraw, town, sheet, now=LATE) == ("round_closed", 409)


# --- How sheets end -------------------------------------------------------------------------------------------


def test_the_close_throws_away_what_nobody_confirmed_and_waits_for_nothing(town, sheet, typist, weight_round):
    typed(sheet, typist)
    rounds.close_due_rounds(AFTER)
    row = PaperSheet.objects.get()
    assert (row.state, row.typed) == (SheetState.EXPIRED, None)
    publication.count_and_publish(weight_round.assessment_id, AFTER)
    assert RoundRecord.objects.count() == 1
    assert refusal(confirmed, town, sheet, now=AFTER) == ("round_closed", 409)


def test_sheets_go_a_week_after_the_close(town, sheet, typist, weight_round):
    typed(sheet, typist)
    confirmed(town, sheet)
    rounds.close_due_rounds(AFTER)
    assert sheet_ends.drop_old_sheets(weight_round.closes_at + 7 * make.DAY - dt.timedelta(seconds=1)) == 0
    assert sheet_ends.drop_old_sheets(weight_round.closes_at + 7 * make.DAY) == 1
    assert (PaperSheet.objects.count(), Submission.objects.count()) == (0, 1)


def test_a_sheet_of_a_round_still_open_stays(sheet):
    assert (sheet_ends.drop_old_sheets(AFTER + 100 * make.DAY), PaperSheet.objects.count()) == (0, 1)


def test_what_is_left_of_a_void_round_is_thrown_away_by_the_sweep(sheet, typist, weight_round):
    typed(sheet, typist)
    type(weight_round).objects.filter(pk=weight_round.pk).update(state="void")
    sheet_ends.drop_old_sheets(make.NOW)
    assert PaperSheet.objects.get().typed is None


# --- What is published ----------------------------------------------------------------------------------------


def record_after(world, *, on_paper, alone):
    town, weight_round, printer, typist = world
    for person in town.members["C"][:on_paper]:
        one = printed(weight_round, person, printer)
        typed(one, typist)
        confirmed(town, one)
    for person in town.members["C"][on_paper : on_paper + alone]:
        make.answer(weight_round, person, (2500, 2500, 2500, 2500))
    rounds.close_due_rounds(AFTER)
    publication.count_and_publish(weight_round.assessment_id, AFTER)
    return json.loads(RoundRecord.objects.get().body)


def test_how_many_came_on_paper_is_told_where_both_parts_are_five(printer, typist, town):
    for number in range(6, 10):
        town.members["C"].append(make.add_member(town.jurisdiction, town.groups["C"], number))
    weight_round = make.open_round(town)
    body = record_after((town, weight_round, printer, typist), on_paper=5, alone=5)
    assert body["assisted"] == {"C": {"paper": 5, "self": 5}}


@pytest.mark.parametrize(("on_paper", "alone"), [(0, 6), (6, 0), (4, 2), (2, 4), (2, 2)])
def test_smaller_parts_are_not_told_of(world, on_paper, alone):
    body = record_after(world, on_paper=on_paper, alone=alone)
    assert "assisted" not in body
