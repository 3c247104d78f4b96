"""Lines in force, how it works, the words, contact, privacy, accessibility, and the page of a round."""

import datetime as dt

import pytest

from assessments.actions import policies
from assessments.models import RoundRecord
from assessments.scoring.lines import lines_in_month
from assessments.scoring.parameters import Parameters
from deliberation.glossary import PAPER_FACTORS, PARTS
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db

PAGES = ["", "cases/", "lines/", "how-it-works/", "glossary/", "contact/", "privacy/", "accessibility/"]


def test_pages_have_one_heading_and_a_title_of_their_own():
    world = w.published()
    urls = [f"/testville/{page}" for page in PAGES]
    urls += [world.case_url, world.case_url + "score/working/", world.case_url + "rounds/1/"]
    pages = [w.soup(w.get(url, at=w.CLOSED)) for url in urls]
    assert [len(page.select("h1")) for page in pages] == [1] * len(urls)
    assert len({page.title.get_text() for page in pages}) == len(urls)
    backs = [page.select("nav[aria-label='Previous page'] a") for page in pages]
    assert [len(back) for back in backs] == [0] + [1] * (len(urls) - 1)


def test_lines_are_those_of_the_month():
    make.make_town(size=1)
    page = w.get("/testville/lines/", at=dt.datetime(2029, 1, 15, 12, tzinfo=dt.UTC))
    today = lines_in_month(36, Parameters())
    shown = [cell.get_text(" ", strip=True) for cell in w.soup(page).select("td[data-label=Today]")]
    assert shown == [f"{today.s[level] * 100:.1f} ({today.s[level]})" for level in "LMH"]
    assert "On 15 January 2029 the roadmap is in month 36 of 72." in w.text_of(page)
    assert "Worked out with t = 0.5000 and phi = 0.5000" in w.text_of(page)


def test_lines_before_the_roadmap_are_its_first():
    make.make_town(size=1)
    page = w.get("/testville/lines/", at=dt.datetime(2026, 1, 1, 0, 30, tzinfo=dt.UTC) - dt.timedelta(days=1))
    assert w.text_of(page, ".empty") == "No policy is in force yet, so there are no lines."


def test_lines_show_every_version_with_the_one_in_force():
    town = make.make_town(size=1)
    body = make.policy_body(voices="eq7")
    body["parameters"]["measures_line"] = "0.65"
    policies.adopt_policy(
        jurisdiction=town.jurisdiction, body=body, reason=make.text("More care."), effective_from=dt.date(2026, 7, 1),
        proposed_by=town.staff[Role.ADMIN], adopted_by=town.staff[Role.CHAIR], now=make.NOW,
    )  # fmt: skip
    powers = "table:nth-of-type(2) td[data-label=Score]"
    before, after = (w.get("/testville/lines/", at=make.NOW + days * make.DAY) for days in (0, 31))
    assert [w.text_of(before, powers), w.text_of(after, powers)] == ["60.0 80.0", "65.0 80.0"]
    assert "Version 2" in w.text_of(before, "table:last-of-type")
    assert "The policy uses equation 7" in w.text_of(after)


def test_lines_say_where_the_paper_contradicts_itself():
    make.make_town(size=1)
    page = w.text_of(w.get("/testville/lines/"))
    assert "the Low and Moderate lines rise. Only the High line falls." in page
    assert "At the end a score can be High from 75.0 on, while a suspension needs more than 80.0." in page


def test_how_it_works_answers_what_readers_of_the_paper_ask():
    make.make_town(size=1, voices="eq7")
    page = w.soup(w.get("/testville/how-it-works/"))
    anchors = {part["id"] for part in page.select("main [id]")}
    assert {"secret", "method", "categories", "voices", "levels", "conflict", "provisional", "check"} <= anchors
    assert "No voice is more than 3 times another." in page.get_text()


def test_glossary_names_every_term_and_what_the_paper_calls_it():
    make.make_town(size=1)
    page = w.text_of(w.get("/testville/glossary/"))
    missing = [str(term.name) for part in PARTS for term in part.terms if f"({term.paper})" not in page]
    assert missing == []
    assert [paper for paper in PAPER_FACTORS.values() if str(paper) not in page] == []
    assert "Group C People of group C" in page


def test_contact_gives_the_address_of_the_secretariat():
    make.make_town(size=1)
    page = w.soup(w.get("/testville/contact/"))
    assert page.select_one("main a[href^=mailto]")["href"] == "mailto:office@testville.example"


def test_round_page_before_it_opens():
    world = w.rated()
    make.announce(world.town, world.assessment)
    page = w.get(world.case_url + "rounds/1/", at=make.NOW - make.DAY)
    assert w.text_of(page, ".summary dt") == "Opens Closes"
    assert "they cannot change after the first answer" in w.text_of(page).lower()


def test_round_page_while_open_shows_rules_and_bands_only():
    world = w.answered()
    page = w.get(world.case_url + "rounds/1/", at=make.NOW + make.DAY)
    assert "5 or more answers so far" in w.text_of(page)
    assert world.weight_round.frozen_sha256 in w.text_of(page, ".hash")
    voices = [cell.get_text(strip=True) for cell in w.soup(page).select("td[data-label=Voice]")]
    assert voices == ["14%"] * 7
    assert "Score string" not in w.text_of(page)


def test_round_page_after_publication_shows_turnout_and_record():
    world = w.published(silent=("F",))
    page = w.get(world.case_url + "rounds/1/", at=w.CLOSED)
    record = RoundRecord.objects.get()
    assert w.text_of(page, "td[data-label=Answers]").count("5 of 5 answered") == 6
    assert "Fewer than 5 answers, not counted" in w.text_of(page, "td[data-label=Answers]")
    assert {record.reference, record.sha256, record.score_string} <= set(w.text_of(page, ".summary dd").split(" "))
    moved = [cell.get_text(strip=True) for cell in w.soup(page).select("td[data-label='Weight moved']")]
    assert moved == ["0"] * 6


def test_round_closed_early_shows_the_reason():
    world = w.answered()
    proposal = w.rounds.propose_early_close(
        weight_round=world.weight_round,
        reason="Everybody has answered.",
        by=world.staff(Role.SECRETARIAT),
        now=make.NOW,
    )
    w.rounds.confirm_proposal(proposal=proposal, by=world.staff(Role.CHAIR), now=make.NOW)
    page = w.get(world.case_url + "rounds/1/")
    assert "Reason: Everybody has answered." in w.text_of(page, ".summary")
