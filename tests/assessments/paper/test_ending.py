"""How sheets end, and what is published about answers on paper."""

import datetime as dt
import json

import pytest

from assessments.actions import publication, rounds, sheet_ends
from assessments.models import PaperSheet, RoundRecord, Submission
from assessments.states import SheetState
from tests import factories as make
from tests.assessments.paper.acts import AFTER, refusal
from tests.assessments.paper_world import confirmed, helper, printed, typed
from tests.keeping import kept


def build():
    town = make.make_town(size=6, codes=("A", "C", "D"))
    return town, make.open_round(town), helper(town), helper(town)


built = kept(build)


def test_the_close_throws_away_what_nobody_confirmed_and_waits_for_nothing(town, sheet, typist, open_round):
    typed(sheet, typist)
    rounds.close_due_rounds(AFTER)
    row = PaperSheet.objects.get()
    assert (row.state, row.typed) == (SheetState.EXPIRED, None)
    publication.count_and_publish(open_round.assessment_id, AFTER)
    assert RoundRecord.objects.count() == 1
    assert refusal(confirmed, town, sheet, now=AFTER) == ("round_closed", 409)


def test_sheets_go_a_week_after_the_close(town, sheet, typist, open_round):
    typed(sheet, typist)
    confirmed(town, sheet)
    rounds.close_due_rounds(AFTER)
    assert sheet_ends.drop_old_sheets(open_round.closes_at + 7 * make.DAY - dt.timedelta(seconds=1)) == 0
    assert sheet_ends.drop_old_sheets(open_round.closes_at + 7 * make.DAY) == 1
    assert (PaperSheet.objects.count(), Submission.objects.count()) == (0, 1)


def test_a_sheet_of_a_round_still_open_stays(sheet):
    assert (sheet_ends.drop_old_sheets(AFTER + 100 * make.DAY), PaperSheet.objects.count()) == (0, 1)


def test_what_is_left_of_a_void_round_is_thrown_away_by_the_sweep(sheet, typist, open_round):
    typed(sheet, typist)
    type(open_round).objects.filter(pk=open_round.pk).update(state="void")
    sheet_ends.drop_old_sheets(make.NOW)
    assert PaperSheet.objects.get().typed is None


def record_after(own_world, *, on_paper, alone):
    town, open_round, printer, typist = own_world
    for person in town.members["C"][:on_paper]:
        one = printed(open_round, person, printer)
        typed(one, typist)
        confirmed(town, one)
    for person in town.members["C"][on_paper : on_paper + alone]:
        make.answer(open_round, person, (2500, 2500, 2500, 2500))
    rounds.close_due_rounds(AFTER)
    publication.count_and_publish(open_round.assessment_id, AFTER)
    return json.loads(RoundRecord.objects.get().body)


def test_how_many_came_on_paper_is_told_where_both_parts_are_five(printer, typist, town):
    for number in range(6, 10):
        town.members["C"].append(make.add_member(town.jurisdiction, town.groups["C"], number))
    open_round = make.open_round(town)
    body = record_after((town, open_round, printer, typist), on_paper=5, alone=5)
    assert body["assisted"] == {"C": {"paper": 5, "self": 5}}


@pytest.mark.parametrize(("on_paper", "alone"), [(0, 6), (6, 0), (4, 2), (2, 4), (2, 2)])
def test_smaller_parts_are_not_told_of(own_world, on_paper, alone):
    body = record_after(own_world, on_paper=on_paper, alone=alone)
    assert "assisted" not in body
