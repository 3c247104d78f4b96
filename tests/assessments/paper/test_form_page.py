"""The form on paper: for everybody to read, and printed with a code by the person themself."""

from django.test import Client
from django.urls import reverse

from assessments import paper_codes
from assessments.models import PaperSheet
from assessments.states import SchemeName
from tests import factories as make
from tests.assessments.paper.pages import (
    address,
    browser,
    words,
    words_of,
)
from tests.assessments.weighers import hidden, soup


def test_everybody_reads_the_form_without_a_code(open_round):
    page = Client().get(address(open_round, "weigh_paper"))
    said = words(page)
    assert page.status_code == 200
    wanted = (
        "Suppose all four were at their lowest", "from: needs rare skills · to: anyone in minutes",
        "A bit more than half", "They all matter the same", "Part B", "Part C", "Why? If you like",
        "Cards for workshops", "open until",
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
        "Fill in one part only: A, B or C", "In general", "fixed shares, from the first to the last 42%, 30%, 19%, 9%",
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
