"""Where helpers type what stands on a sheet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import paper_codes
from assessments.models import PaperSheet, Submission
from assessments.states import SchemeName
from lastvote.audit.models import AuditEvent
from tests import factories as make
from tests.assessments.paper.pages import (
    CHOICE,
    ORDER,
    POINTS,
    SECRETS,
    address,
    browser,
    sheet_page,
    words,
)
from tests.assessments.paper_world import place_of, printed, typed
from tests.assessments.weighers import hidden, soup, summary, title

WHY = {"why_X": "Both of us.\r\nAlways.", "why_all": "So it is.", "why_I": "  "}


def test_the_number_leads_to_the_sheet_however_it_is_written(open_round, typist, sheet):
    visitor = browser(typist)
    number = paper_codes.shown(sheet.sheet.number).lower()
    page = visitor.post(address(open_round, "paper_help"), {"number": number})
    assert (page.status_code, page["Location"]) == (302, sheet_page(open_round, sheet))
    for wrong in ("7K2M-9QTD", "", "\x00", "x" * 90):
        assert visitor.post(address(open_round, "paper_help"), {"number": wrong}).status_code == 422


def test_a_sheet_is_checked_and_then_sent_and_waits_for_its_person(open_round, typist, sheet):
    visitor = browser(typist)
    page = visitor.post(sheet_page(open_round, sheet), {**POINTS, "do": "check"})
    assert (page.status_code, "53,21" in words(page), PaperSheet.objects.get().typed) == (200, True, None)
    sent = visitor.post(sheet_page(open_round, sheet), {**hidden(page), "do": "send"})
    assert (sent.status_code, sent["Location"]) == (302, sheet_page(open_round, sheet))
    row = PaperSheet.objects.get()
    assert (row.state, row.typed["points"], row.typed["method"]) == ("typed", [5321, 2179, 1613, 887], "points")
    assert Submission.objects.count() == 0


def test_change_goes_back_with_everything_typed(open_round, typist, sheet):
    visitor = browser(typist)
    page = visitor.post(sheet_page(open_round, sheet), {**POINTS, "do": "check"})
    back = visitor.post(sheet_page(open_round, sheet), {**hidden(page), "do": "change"})
    assert (back.status_code, soup(back).select_one("#id_points_I")["value"]) == (200, "53,21")


@pytest.mark.parametrize(
    ("sent", "meaning"),
    [
        (CHOICE, ([3000, 750, 3750, 2500], "compare")),
        ({"way": "choosing", "most": "equal", "points_I": "abc"}, ([2500] * 4, "equal")),
        ({"way": "points", "points_I": "1", "compare_E": "nonsense"}, ([10_000, 0, 0, 0], "points")),
        ({**ORDER, "points_I": "abc", "compare_E": "x"}, ([2449, 2449, 4180, 922], "rank")),
        ({**ORDER, "place_I": " ٣ ", "place_E": "3.0"}, ([2449, 2449, 4180, 922], "rank")),
        ({"way": "order", **{f"place_{code}": "4" for code in "IERX"}}, ([2500] * 4, "rank")),
    ],
    ids=["choosing", "all the same", "points", "order", "order by other digits", "all in one place"],
)
def test_each_part_of_the_sheet_means_what_it_means_on_the_screen(open_round, typist, sheet, sent, meaning):
    browser(typist).post(sheet_page(open_round, sheet), {**sent, "do": "send", "key": "k"})
    kept_there = PaperSheet.objects.get().typed
    assert (kept_there["points"], kept_there["method"]) == meaning


def test_seven_things_are_typed_with_the_least(town, printer, typist):
    seven = make.open_round(town, make.make_assessment(town, scheme=SchemeName.TAXONOMY))
    one = printed(seven, town.members["C"][0], printer)
    sent = {"way": "choosing", "most": "EL", "least": "CI", "do": "send", "key": "k"}
    sent |= {f"compare_{code}": "over_half" for code in ("DI", "SU", "MA", "CI", "CA", "EM")}
    visitor = browser(typist)
    same = visitor.post(sheet_page(seven, one), {**sent, "least": "EL"})
    assert summary(same) == [("#id_least", "The same one cannot be first and least")]
    visitor.post(sheet_page(seven, one), sent)
    assert PaperSheet.objects.get().typed["raw"]["least"] == "CI"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, [("#id_way_0", "Choose the part")]),
        ({"way": "choosing"}, [("#id_most", "Choose the one that is ticked first, or 'They all matter the same'")]),
        (
            {"way": "choosing", "most": "I", "compare_E": "same", "compare_R": "same"},
            [("#id_compare_X", "Choose what is ticked for Reach, or 'Not sure'")],
        ),
        ({"way": "points"}, [("#id_points_FIRST", "Give at least one of them more than 0")]),
        (
            {**ORDER, "place_X": ""},
            [("#id_place_X", "Type the place of Reach. If none is written, ask the person")],
        ),
        *[
            ({**ORDER, "place_X": wrong}, [("#id_place_X", "The place of Reach must be a whole number from 1 to 4")])
            for wrong in ("0", "5", "-1", "1.5", "first", "1 2", "9" * 40)
        ],
        ({**ORDER, "why_X": "x" * 1501}, [("#id_why_X", "Your reason must be 1,500 characters or fewer")]),
        (
            {**ORDER, "why_all": "a\x00b"},
            [("#id_why_all", "This holds a character that nobody can see. Type it again.")],
        ),
        (
            {"way": "points", "points_I": "x", "points_E": "1"},
            [("#id_points_I", "Points for Harm done must be a number, like 25 or 12.5")],
        ),
    ],
)
def test_what_lacks_something_comes_back_whole(open_round, typist, sheet, sent, expected):
    page = browser(typist).post(sheet_page(open_round, sheet), {**sent, "do": "check"})
    first = soup(page).select_one("input[id^=id_points_]")["id"].removeprefix("id_points_")
    assert (page.status_code, summary(page)) == (422, [(one.replace("FIRST", first), said) for one, said in expected])
    assert title(page).startswith("Error:")


def test_all_not_sure_is_asked_about(open_round, typist, sheet):
    sent = {"way": "choosing", "most": "I", **{f"compare_{code}": "unsure" for code in "ERX"}}
    page = browser(typist).post(sheet_page(open_round, sheet), {**sent, "do": "check"})
    assert "At least one comparison is needed." in summary(page)[0][1]


def test_reasons_are_typed_beside_any_part_and_checked_word_for_word(open_round, typist, sheet):
    visitor = browser(typist)
    for part in (POINTS, CHOICE, ORDER):
        page = visitor.post(sheet_page(open_round, sheet), {**part, **WHY, "do": "check"})
        assert (page.status_code, "Reach Both of us. Always." in words(page)) == (200, True)
    back = visitor.post(sheet_page(open_round, sheet), {**hidden(page), "do": "change"})
    assert len(soup(back).select("main details[open]")) == 1
    visitor.post(sheet_page(open_round, sheet), {**hidden(page), "do": "send"})
    assert PaperSheet.objects.get().typed["reasons"] == {"X": "Both of us.\nAlways.", "all": "So it is."}


def test_without_reasons_their_boxes_stay_folded_and_none_are_shown(open_round, typist, sheet):
    visitor = browser(typist)
    assert soup(visitor.get(sheet_page(open_round, sheet))).select("main details[open]") == []
    assert "Reasons" not in words(visitor.post(sheet_page(open_round, sheet), {**ORDER, "do": "check"}))


def test_signs_that_nobody_sees_are_taken_out_of_reasons_and_the_helper_is_told(open_round, typist, sheet):
    visitor = browser(typist)
    page = visitor.post(sheet_page(open_round, sheet), {**ORDER, "why_I": "It\u202e hurts.", "do": "check"})
    shown = page.content.decode()
    assert ("Signs that nobody can see were taken out" in shown, "\u202e" in shown) == (True, False)
    visitor.post(sheet_page(open_round, sheet), {**hidden(page), "do": "send"})
    assert PaperSheet.objects.get().typed["reasons"] == {"I": "It hurts."}


@pytest.mark.parametrize("key", ["", "x" * 200, "a\x00b"])
def test_without_its_key_the_check_page_asks_again(open_round, typist, sheet, key):
    page = browser(typist).post(sheet_page(open_round, sheet), {**POINTS, "do": "send", "key": key})
    assert (page.status_code, PaperSheet.objects.get().typed) == (422, None)


def test_a_form_sent_twice_types_once_and_with_other_words_asks_again(open_round, typist, sheet):
    visitor = browser(typist)
    sent = {**POINTS, "do": "send", "key": "k"}
    answers = [visitor.post(sheet_page(open_round, sheet), data).status_code for data in (sent, sent)]
    other = visitor.post(sheet_page(open_round, sheet), {**sent, "points_I": "1"})
    assert (answers, other.status_code, PaperSheet.objects.get().times_typed) == ([302, 302], 422, 1)
    assert AuditEvent.objects.filter(kind="paper.typed").count() == 1


def test_a_mistake_is_thrown_away_and_typed_again(open_round, typist, sheet):
    visitor = browser(typist)
    visitor.post(sheet_page(open_round, sheet), {**POINTS, "do": "send", "key": "k"})
    page = visitor.get(sheet_page(open_round, sheet))
    assert "type the sheet 2 more times" in words(page)
    gone = visitor.post(sheet_page(open_round, sheet), {**hidden(page), "do": "discard"}, follow=True)
    assert ("What was typed is gone." in gone.content.decode(), PaperSheet.objects.get().state) == (True, "printed")
    assert not SECRETS.search(gone.content.decode())
    assert soup(gone).select_one("#id_points_I").get("value", "") == ""


def test_whoever_printed_a_sheet_is_sent_away_from_it(open_round, printer, sheet):
    visitor = browser(printer)
    for page in (visitor.get(sheet_page(open_round, sheet)), visitor.post(sheet_page(open_round, sheet), POINTS)):
        assert (page.status_code, "Another helper types it." in words(page)) == (403, True)
    assert PaperSheet.objects.get().typed is None


def test_a_sheet_of_another_round_is_not_found(town, open_round, typist, sheet):
    other = make.open_round(town)
    assert browser(typist).get(sheet_page(other, sheet)).status_code == 404


def test_a_helper_on_the_roll_is_let_in_nowhere(town, open_round, typist, sheet):
    place_of(open_round, town.members["D"][0])
    open_round.roll.filter(person=town.members["D"][0]).update(person=typist)
    pages = (address(open_round, "paper_help"), address(open_round, "paper_print"), sheet_page(open_round, sheet))
    assert [browser(typist).get(url).status_code for url in pages] == [403] * 3


def test_the_helpers_list_asks_the_same_for_one_sheet_and_for_three(town, open_round, printer, typist):
    visitor = browser(typist)
    asked = []
    for person in town.members["C"]:
        typed(printed(open_round, person, printer), typist)
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address(open_round, "paper_help"))
        asked.append(len(queries))
    assert asked[0] == asked[-1]
