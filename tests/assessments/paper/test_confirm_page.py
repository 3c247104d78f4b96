"""Where the holder of a code says yes or no, and how a sheet stands afterwards."""

import re

import pytest
from django.test import Client

from assessments import paper_codes
from assessments.actions import rounds
from assessments.models import CurrentAnswer, PaperSheet, Submission
from tests import factories as make
from tests.assessments.paper.pages import (
    CHOICE,
    POINTS,
    SECRETS,
    address,
    browser,
    confirm_url,
    opening,
    sheet_page,
    words,
)
from tests.assessments.paper_world import codes_of, confirmed, ordered, printed, typed
from tests.assessments.weighers import hidden, soup, summary


def test_the_holder_of_the_code_sees_what_was_typed_and_says_yes(town, open_round, typist, sheet, person):
    typed(sheet, typist)
    visitor = Client()
    page = visitor.post(confirm_url(town), opening(sheet))
    said = words(page)
    assert (page.status_code, [one for one in ("53.21", "Group C", "53%", "22%") if one not in said]) == (200, [])
    yes = visitor.post(confirm_url(town), {**hidden(page), "do": "confirm"})
    submission = Submission.objects.select_related("detail").get()
    assert yes["Location"] == f"/testville/paper/confirmed/{submission.detail.receipt}/"
    done = visitor.get(yes["Location"])
    assert (done.status_code, "Sent" in words(done), SECRETS.search(done.content.decode())) == (200, True, None)
    assert submission.roll_entry.person == person


def test_the_way_of_choosing_is_told_in_words(town, typist, sheet, open_round):
    browser(typist).post(sheet_page(open_round, sheet), {**CHOICE, "do": "send", "key": "k"})
    said = words(Client().post(confirm_url(town), opening(sheet)))
    assert "First to stop Spread" in said
    assert "Ease of misuse Only a little" in said


def test_an_order_and_its_reasons_are_shown_until_the_yes_and_then_belong_to_the_person(
    town, typist, sheet, open_round, person
):
    typed(sheet, typist, answer=ordered(open_round, "R I=E X", R="It spreads.\nFast.", all="All in all."))
    visitor = Client()
    page = visitor.post(confirm_url(town), opening(sheet))
    said = words(page)
    wanted = ("Spread Place 1 of 4", "Harm done Place 2 of 4, shared", "It spreads. Fast.", "In general All in all.",
              "42%, 30%, 19%, 9%", "24%")  # fmt: skip
    assert [one for one in wanted if one not in said] == []
    yes = visitor.post(confirm_url(town), {**hidden(page), "do": "confirm"}, follow=True)
    assert [one for one in ("It spreads.", "Place 1 of 4") if one in words(yes)] == []
    detail = Submission.objects.select_related("detail").get().detail
    assert (detail.method, detail.channel, detail.raw) == ("rank", "paper", {"places": [["R"], ["I", "E"], ["X"]]})
    own = words(browser(person).get(address(open_round, "weigh_check")))
    assert [one for one in ("Place 1 of 4", "It spreads. Fast.", "All in all.") if one not in own] == []


def test_a_sheet_that_was_typed_when_sheets_held_no_reasons_is_confirmed(town, typist, sheet):
    row = typed(sheet, typist)
    del row.typed["reasons"]
    row.save()
    assert "Reasons" not in words(Client().post(confirm_url(town), opening(sheet)))
    assert confirmed(town, sheet).submission.detail.reasons == {}


def test_saying_yes_twice_leads_to_one_answer(town, typist, sheet):
    typed(sheet, typist)
    sent = opening(sheet, do="confirm", typing="1")
    places = {Client().post(confirm_url(town), sent)["Location"] for _time in range(2)}
    assert (len(places), Submission.objects.count()) == (1, 1)


def test_after_the_yes_the_code_shows_how_it_stands_and_takes_it_back(town, typist, sheet):
    typed(sheet, typist)
    confirmed(town, sheet)
    visitor = Client()
    page = visitor.post(confirm_url(town), opening(sheet))
    assert ("You have confirmed it." in words(page), SECRETS.search(page.content.decode())) == (True, None)
    back = visitor.post(confirm_url(town), {**hidden(page), "do": "withdraw"}, follow=True)
    assert "Your answer is taken back." in back.content.decode()
    assert CurrentAnswer.objects.get().submission is None
    page = visitor.post(confirm_url(town), opening(sheet))
    assert "Take my answer back" not in words(page)


def test_saying_no_throws_it_away(town, typist, sheet):
    typed(sheet, typist)
    page = Client().post(confirm_url(town), opening(sheet, do="refuse", typing="1"), follow=True)
    assert "You said no." in page.content.decode()
    assert (PaperSheet.objects.get().state, Submission.objects.count()) == ("printed", 0)


def test_an_answer_that_would_be_replaced_is_told_of(town, typist, sheet, open_round, person):
    make.answer(open_round, person, (2500, 2500, 2500, 2500))
    typed(sheet, typist)
    assert "An earlier answer of yours counts now." in words(Client().post(confirm_url(town), opening(sheet)))


def test_what_was_typed_anew_is_not_confirmed_unseen(town, typist, sheet):
    typed(sheet, typist)
    page = Client().post(confirm_url(town), opening(sheet, do="confirm", typing="٧"))
    assert (page.status_code, Submission.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("printed", "Nobody has typed it yet"),
        ("void", "This sheet is void."),
        ("expired", "It was not confirmed before the round closed."),
    ],
)
def test_the_code_tells_how_a_sheet_stands(town, sheet, state, said):
    PaperSheet.objects.update(state=state)
    page = Client().post(confirm_url(town), opening(sheet))
    assert (page.status_code, said in words(page)) == (200, True)


NOT_FOUND = [("#id_code", "Number and code do not belong together, or the sheet is void.")]


def test_unknown_malformed_wrong_and_locked_get_one_answer(town, typist, sheet):
    typed(sheet, typist)
    other = {"number": "7K2M-9QTD", "code": "x"}
    tries = [
        other,
        opening(sheet, code="3F6H-8JWQ-2RTX"),
        opening(sheet, code="nonsense"),
        {**other, "number": "\u0661"},
    ]
    pages = [Client().post(confirm_url(town), data) for data in tries]
    PaperSheet.objects.update(wrong_codes=5)
    pages.append(Client().post(confirm_url(town), opening(sheet)))
    assert {page.status_code for page in pages} == {422}
    assert [summary(page) for page in pages] == [NOT_FOUND] * 5
    masked = {
        re.sub(r'name="(csrfmiddlewaretoken|number|code)" value="[^"]*"|value="[^"]*" name="(number|code)"', "",
               page.content.decode())
        for page in pages
    }  # fmt: skip
    assert len({re.sub(r'value="[^"]*"', "", page) for page in masked}) == 1


def test_codes_are_not_tried_without_end(town, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "paper_code": "2/5m/ip"}
    answers = [Client().post(confirm_url(town), {"number": "7K2M-9QTD", "code": "x"}).status_code for _time in range(3)]
    assert answers == [422, 422, 429]


def test_an_empty_form_asks_for_both(town):
    page = Client().post(confirm_url(town), {})
    sentences = [("#id_number", "Enter the number of the sheet"), ("#id_code", "Enter your secret code")]
    assert (page.status_code, summary(page)) == (422, sentences)


def test_a_receipt_of_another_kind_of_answer_has_no_page_here(town, open_round, person):
    sent = make.answer(open_round, person, (2500, 2500, 2500, 2500))
    for receipt in (sent.receipt, "K7M29QTD3XW", "nonsense"):
        assert Client().get(f"/testville/paper/confirmed/{receipt}/").status_code == 404


def test_a_typed_sheet_waits_on_the_persons_own_page_until_it_is_confirmed(town, open_round, typist, sheet, person):
    words_there = "Confirm what was typed from your sheet of paper"
    before = words(browser(person).get("/testville/you/"))
    typed(sheet, typist)
    waiting = browser(person).get("/testville/you/")
    confirmed(town, sheet)
    after = words(browser(person).get("/testville/you/"))
    assert [words_there in said for said in (before, words(waiting), after)] == [False, True, False]
    assert confirm_url(town) in [link["href"] for link in soup(waiting).select("main a")]


def test_after_the_end_nothing_is_printed_typed_or_confirmed(own_world, sheet, clock):
    town, open_round, printer, typist = own_world
    other = printed(open_round, town.members["C"][1], printer)
    typed(sheet, typist)
    clock.move_to(open_round.closes_at)
    visitor = browser(typist)
    closed = [
        Client().get(address(open_round, "weigh_paper")), visitor.get(address(open_round, "paper_help")),
        visitor.post(address(open_round, "paper_print"), {"name": "Member C0", "group": "C"}),
        visitor.post(sheet_page(open_round, other), {**POINTS, "do": "send", "key": "k"}),
        Client().post(confirm_url(town), opening(sheet, do="confirm", typing="1")),
    ]  # fmt: skip
    assert [page.status_code for page in closed] == [409] * 5
    assert "can no longer be confirmed" in words(Client().post(confirm_url(town), opening(sheet)))
    rounds.close_due_rounds(open_round.closes_at + make.DAY)
    assert "It was not confirmed before the round closed." in words(Client().post(confirm_url(town), opening(sheet)))


def test_codes_open_sheets_by_any_spelling(town, sheet):
    assert codes_of(town, sheet)["code"] == paper_codes.read(paper_codes.shown(sheet.code).lower(), paper_codes.CODE)
