"""The pages around a sheet of paper: for everybody, for helpers, and for whoever holds a code."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import paper_codes
from assessments.actions import rounds
from assessments.models import CurrentAnswer, PaperSheet, Submission
from assessments.states import SchemeName, SheetState
from lastvote.audit.models import AuditEvent
from stakeholders.models import Person
from tests import factories as make
from tests.architecture.world import signed_in
from tests.assessments.paper_world import codes_of, confirmed, helper, place_of, printed, typed
from tests.assessments.weighers import hidden, soup, summary, title
from tests.keeping import kept

POINTS = {"way": "points", "points_I": "53,21", "points_E": "21.79", "points_R": "16.13", "points_X": "8.87"}
CHOICE = {"way": "choosing", "most": "R", "compare_I": "nearly", "compare_E": "little", "compare_X": "unsure"}
SECRETS = re.compile(r"53[.,]21|21[.,]79|16[.,]13|(?<!\d)8[.,]87|5321|2179|1613")


def build():
    town = make.make_town(size=3, codes=("A", "C", "D"))
    return town, make.open_round(town), helper(town, "Printing Helper"), helper(town, "Typing Helper")


built = kept(build)


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


@pytest.fixture
def printer(own_world):
    return own_world[2]


@pytest.fixture
def typist(own_world):
    return own_world[3]


@pytest.fixture
def person(town):
    return town.members["C"][0]


@pytest.fixture
def sheet(open_round, person, printer):
    return printed(open_round, person, printer)


def browser(person):
    return signed_in(person.account)


def address(weight_round, name, *more):
    incident = weight_round.assessment.incident
    return reverse(name, args=[incident.jurisdiction.slug, incident.reference, *more])


def sheet_page(weight_round, one):
    return address(weight_round, "paper_sheet", one.sheet.number)


def words(response):
    return words_of(soup(response).main)


def confirm_url(town):
    return reverse("paper_confirm", args=[town.jurisdiction.slug])


def opening(one, **more):
    return {"number": paper_codes.shown(one.sheet.number), "code": paper_codes.shown(one.code), **more}


def words_of(node):
    return " ".join(node.get_text(" ").split())


# --- The form on paper ----------------------------------------------------------------------------------------


def test_everybody_reads_the_form_without_a_code(open_round):
    page = Client().get(address(open_round, "weigh_paper"))
    said = words(page)
    assert page.status_code == 200
    wanted = (
        "Suppose all four were at their lowest", "from: needs rare skills · to: anyone in minutes",
        "A bit more than half", "They all matter the same", "Part B", "Cards for workshops", "open until",
    )  # fmt: skip
    assert [one for one in wanted if one not in said] == []
    assert "secret code" not in said.replace("your own secret code", "")
    assert PaperSheet.objects.count() == 0


def test_seven_things_also_ask_for_the_least(town):
    seven = make.open_round(town, make.make_assessment(town, scheme=SchemeName.TAXONOMY))
    said = words(Client().get(address(seven, "weigh_paper")))
    assert "2. Which one would matter least to stop?" in said
    assert "3. Next to the one ticked first" in said


def test_people_on_the_roll_print_their_own_sheet_and_see_the_code_once(open_round, person):
    visitor = browser(person)
    page = visitor.get(address(open_round, "weigh_paper"))
    made = visitor.post(address(open_round, "weigh_paper"), hidden(page))
    codes = [code.get_text() for code in soup(made).select("#paper-stub ~ .receipt .code")]
    row = PaperSheet.objects.get()
    assert (made.status_code, codes[0], row.printer) == (200, paper_codes.shown(row.number), person)
    assert paper_codes.fits(row.code_digest, row.number, codes[1].replace("-", ""))
    assert made["Cache-Control"] == "no-store, private"
    again = visitor.post(address(open_round, "weigh_paper"), hidden(page))
    assert (PaperSheet.objects.count(), codes[1] in again.content.decode()) == (1, False)
    assert "This sheet was made before" in words(again)


def test_the_two_halves_say_what_each_is_for(open_round, person):
    said = words(browser(person).post(address(open_round, "weigh_paper"), {}))
    wanted = (
        "Do not write your name on this sheet", "Keep this part", "You answer for", "Group C",
        "The one that you tick first counts 100", "Nearly as much 80", "What the helper may not do",
        "http://localhost:8000/testville/paper/", "Without your yes it never counts",
    )  # fmt: skip
    assert [one for one in wanted if one not in said] == []
    half_to_fill_in = soup(browser(person).post(address(open_round, "weigh_paper"), {})).select_one("section.paper")
    assert [secret for secret in ("Group C", person.name, "secret code") if secret in half_to_fill_in.get_text()] == []


def test_the_things_stand_on_paper_in_the_order_of_ones_own_screen(open_round, person):
    page = soup(browser(person).post(address(open_round, "weigh_paper"), {}))
    on_paper = [row.get_text(strip=True) for row in page.select(".paper-grid tbody th")]
    screen = soup(browser(person).get(address(open_round, "weigh_most")))
    on_screen = [words_of(label) for label in screen.select("main .choice label")]
    assert [name for name, shown in zip(on_paper, on_screen[:4], strict=True) if not shown.startswith(name)] == []


def test_others_cannot_print_for_themselves(open_round, typist):
    page = browser(typist).post(address(open_round, "weigh_paper"), {})
    assert (page.status_code, PaperSheet.objects.count()) == (403, 0)


def test_the_sixth_sheet_is_refused_in_words(open_round, person):
    visitor = browser(person)
    answers = [visitor.post(address(open_round, "weigh_paper"), {}).status_code for _time in range(6)]
    assert answers == [200] * 5 + [409]


def test_the_first_page_of_the_form_names_the_way_on_paper(open_round, person):
    page = soup(browser(person).get(address(open_round, "weigh")))
    assert address(open_round, "weigh_paper") in [link["href"] for link in page.select("main a")]


def test_the_case_page_leads_a_helper_to_helping(open_round, typist, person):
    incident = open_round.assessment.incident
    url = reverse("case", args=[incident.jurisdiction.slug, incident.reference])
    found = [
        address(open_round, "paper_help") in [link["href"] for link in soup(browser(who).get(url)).select("main a")]
        for who in (typist, person)
    ]
    assert found == [True, False]


# --- Printing for somebody ------------------------------------------------------------------------------------


def test_a_helper_prints_for_a_person_without_an_account(town, open_round, printer, person):
    Person.objects.filter(pk=person.pk).update(account=None)
    page = browser(printer).post(address(open_round, "paper_print"), {"name": " member C0", "group": "C"})
    assert (page.status_code, PaperSheet.objects.get().roll_entry.person) == (200, person)
    assert person.name not in page.content.decode()


@pytest.mark.parametrize("typed_in", [{"name": "Nobody", "group": "C"}, {"name": "Member C0", "group": "D"}])
def test_whoever_is_not_found_gets_one_sentence(open_round, printer, typed_in):
    page = browser(printer).post(address(open_round, "paper_print"), typed_in)
    sentence = "We do not find exactly one person of this name in this group. Ask for name and group again."
    assert (page.status_code, summary(page)) == (422, [("#id_name", sentence)])
    assert soup(page).select_one("#id_name")["value"] == typed_in["name"]


def test_an_empty_form_asks_for_name_and_group(open_round, printer):
    page = browser(printer).post(address(open_round, "paper_print"), {})
    assert summary(page) == [("#id_name", "Enter the full name"), ("#id_group_0", "Choose the group")]


def test_names_are_not_tried_without_end(open_round, printer, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "paper_name": "2/h/user"}
    visitor = browser(printer)
    answers = [
        visitor.post(address(open_round, "paper_print"), {"name": "Nobody", "group": "C"}).status_code
        for _time in range(3)
    ]
    assert answers == [422, 422, 429]


# --- Typing ---------------------------------------------------------------------------------------------------


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
    ],
    ids=["choosing", "all the same", "points"],
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


# --- What a helper does not see -------------------------------------------------------------------------------


def helper_pages(visitor, weight_round, one):
    """Return everything that a helper is shown about a sheet, by reading and by sending forms again."""
    url, help_url = sheet_page(weight_round, one), address(weight_round, "paper_help")
    return [
        visitor.get(url), visitor.get(help_url), visitor.get(address(weight_round, "weigh_paper")),
        visitor.post(url, {"do": "check"}), visitor.post(url, {"do": "change"}), visitor.post(url, {"do": "send"}),
        visitor.post(help_url, {"number": one.sheet.number}, follow=True), visitor.get("/testville/you/"),
        visitor.get(address(weight_round, "case")), visitor.post(url, {"do": "send", "key": "other"}, follow=True),
    ]  # fmt: skip


def test_after_sending_no_page_shows_a_helper_what_was_typed(town, open_round, typist, sheet):
    visitor = browser(typist)
    check = visitor.post(sheet_page(open_round, sheet), {**POINTS, "do": "check"})
    assert SECRETS.search(check.content.decode())
    sent = visitor.post(sheet_page(open_round, sheet), {**hidden(check), "do": "send"}, follow=True)
    found = {stage: leaks for stage, leaks in _stages(town, open_round, visitor, sheet, sent) if leaks}
    assert found == {}


def _stages(town, weight_round, visitor, one, sent):
    yield "sent", leaking([sent])
    yield "typed", leaking(helper_pages(visitor, weight_round, one))
    confirmed(town, one)
    yield "confirmed", leaking(helper_pages(visitor, weight_round, one))
    reference = f"/api/v1/testville/cases/{weight_round.assessment.incident.reference}/answer/"
    yield "api", leaking([visitor.get(reference), visitor.get(f"/testville/paper/confirmed/{one.sheet.number}/")])
    yield "session", SECRETS.findall(str(dict(visitor.session)))


def leaking(pages):
    return [page.request["PATH_INFO"] for page in pages if SECRETS.search(page.content.decode())]


def test_another_helper_sees_as_little_and_changes_nothing(town, open_round, typist, sheet):
    typed(sheet, typist)
    visitor = browser(helper(town))
    assert leaking(helper_pages(visitor, open_round, sheet)) == []
    answers = [
        visitor.post(sheet_page(open_round, sheet), data).status_code
        for data in ({**POINTS, "do": "send", "key": "k"}, {"do": "discard", "typing": "1"})
    ]
    assert (answers, PaperSheet.objects.get().state) == ([409, 403], SheetState.TYPED)


# --- The person's yes and no ----------------------------------------------------------------------------------


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


# --- After the end --------------------------------------------------------------------------------------------


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


# --- How much is asked ----------------------------------------------------------------------------------------


def test_the_helpers_list_asks_the_same_for_one_sheet_and_for_three(town, open_round, printer, typist):
    visitor = browser(typist)
    asked = []
    for person in town.members["C"]:
        typed(printed(open_round, person, printer), typist)
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address(open_round, "paper_help"))
        asked.append(len(queries))
    assert asked[0] == asked[-1]


def test_finding_somebody_asks_the_same_in_a_small_group_and_a_large_one(town, open_round, printer):
    visitor = browser(printer)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            visitor.post(address(open_round, "paper_print"), {"name": "Nobody", "group": "C"})
        return len(queries)

    few = asked()
    for number in range(10, 20):
        person = make.add_member(town.jurisdiction, town.groups["C"], number)
        open_round.roll.create(group=town.groups["C"], person=person)
    assert asked() == few


def test_codes_open_sheets_by_any_spelling(town, sheet):
    assert codes_of(town, sheet)["code"] == paper_codes.read(paper_codes.shown(sheet.code).lower(), paper_codes.CODE)
