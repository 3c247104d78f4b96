"""Printing sheets: by the person or by a helper, how many, and who finds whom."""

import json

from assessments import paper_codes, sheet_reads
from assessments.actions import sheets
from assessments.models import PaperSheet
from assessments.states import SheetState
from lastvote.audit.models import AuditEvent
from tests import factories as make
from tests.assessments.paper.acts import LATE, kinds, refusal, state_of
from tests.assessments.paper_world import confirmed, place_of, printed, typed


def test_printing_shows_the_code_once_and_keeps_only_a_keyed_hash(sheet, open_round, person, printer):
    row = PaperSheet.objects.get()
    assert (row.state, row.typed, row.roll_entry.person) == (SheetState.PRINTED, None, person)
    assert paper_codes.fits(row.code_digest, row.number, sheet.code)
    assert sheet.code not in json.dumps([str(value) for value in PaperSheet.objects.values().get().values()])


def test_printing_tells_who_printed_and_not_for_whom(sheet, open_round, printer):
    event = AuditEvent.objects.get(kind="paper.printed")
    assert (event.actor_id, event.acting_as, event.facts) == (printer.pk, "helper", {"round": 1})
    assert (event.subject, event.subject_id) == ("round", open_round.pk)


def test_people_print_their_own_sheet_without_a_trace_of_who(open_round, person):
    printed(open_round, person, person)
    event = AuditEvent.objects.get(kind="paper.printed")
    assert (event.actor_id, event.acting_as) == (None, "")


def test_the_same_request_prints_one_sheet_and_shows_the_code_once(open_round, person, printer):
    first = printed(open_round, person, printer, key="same")
    second = printed(open_round, person, printer, key="same")
    assert (first.sheet, bool(first.code), second.code) == (second.sheet, True, "")
    assert kinds() == ["paper.printed"]


def test_another_sheet_makes_the_one_before_void_and_empties_it(own_world, person):
    town, open_round, printer, typist = own_world
    sheet = printed(open_round, person, printer)
    typed(sheet, typist)
    other = printed(open_round, person, person)
    row = PaperSheet.objects.get(pk=sheet.sheet.pk)
    assert (row.state, row.typed, state_of(other)) == (SheetState.VOID, None, SheetState.PRINTED)
    assert refusal(confirmed, town, sheet) == ("nothing_to_confirm", 409)
    assert refusal(typed, sheet, typist) == ("sheet_void", 409)


def test_no_helper_throws_away_what_waits_for_the_person_by_printing_again(own_world, person):
    _town, open_round, printer, typist = own_world
    sheet = printed(open_round, person, printer)
    waiting = typed(sheet, typist)
    assert refusal(printed, open_round, person, printer) == ("sheet_waits", 409)
    assert PaperSheet.objects.get().state == SheetState.TYPED
    sheets.discard_typed(sheet=waiting, typing=1, by=typist, now=make.NOW)
    assert printed(open_round, person, printer).code


def test_helpers_do_not_use_up_the_sheets_that_people_print_themselves(open_round, person, printer):
    for _time in range(sheets.MOST_PRINTED):
        printed(open_round, person, printer)
    for _time in range(sheets.MOST_PRINTED):
        printed(open_round, person, person)
    for by in (person, printer):
        assert refusal(printed, open_round, person, by) == ("too_many_sheets", 409)


def test_the_sixth_sheet_is_refused(open_round, person, printer):
    for _time in range(sheets.MOST_PRINTED):
        printed(open_round, person, printer)
    assert refusal(printed, open_round, person, printer) == ("too_many_sheets", 409)


def test_nothing_is_printed_when_the_round_takes_no_answers(open_round, person, printer):
    assert refusal(printed, open_round, person, printer, now=LATE) == ("round_closed", 409)


def test_a_person_is_found_by_the_whole_name_in_the_right_group_alone(town, open_round, person):
    c, d = town.groups["C"], town.groups["D"]
    found = [
        sheet_reads.place_named(open_round, group, name)
        for group, name in ((c, " member  c0 "), (d, "Member C0"), (c, "Member"), (c, ""), (c, "Member C"))
    ]
    assert found == [place_of(open_round, person), None, None, None, None]


def test_of_two_people_with_one_name_neither_is_found(town, open_round, person):
    town.members["C"][1].name = person.name
    town.members["C"][1].save()
    assert sheet_reads.place_named(open_round, town.groups["C"], person.name) is None
