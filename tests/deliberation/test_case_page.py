"""The page of one case in every stage."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.actions import evidence
from assessments.actions.follow_up import announce_follow_up
from assessments.states import EvidenceKind, Visibility
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db


def test_case_without_assessment_waits_for_one():
    town = make.make_town(size=1)
    incident = make.make_incident(town)
    page = w.get(f"/testville/cases/{incident.reference}/")
    assert w.text_of(page, "#score p") == "No score yet. The case waits to be assessed."
    assert w.text_of(page, "main > p .tag") == "Received"


def test_case_being_rated_has_no_score():
    world = w.rated(make.make_town(size=1), freeze=False)
    page = w.get(world.case_url)
    assert w.text_of(page, "#score p") == "No score yet. It is worked out when every item is rated from evidence."
    assert w.text_of(page, "main > p .tag") == "Being rated"


def test_rated_case_shows_the_first_score_by_its_name():
    world = w.rated(make.make_town(size=1))
    page = w.get(world.case_url)
    headline = w.text_of(page, "#score .chart-headline")
    assert "62.5 out of 100 with every item counting the same. No answers are counted yet." in headline
    assert w.soup(page).select("#score [data-group]") == []
    assert w.text_of(page, "#groups .empty") == "Nobody has been asked yet."


def test_announced_round_says_when_it_opens():
    world = w.rated()
    make.announce(world.town, world.assessment)
    page = w.get(world.case_url, at=make.NOW - make.DAY)
    assert w.text_of(page, "main > p .tag") == "Round announced"
    assert "1pm on Monday 1 June 2026 (Lisbon time)" in w.text_of(page, ".callout .deadline")


def test_open_round_shows_bands_of_yesterday_and_no_number_from_answers():
    world = w.answered()
    before = w.get(world.case_url, at=make.NOW + dt.timedelta(hours=1))
    assert w.text_of(before, "#groups td").split("Fewer than 5 answers so far")[1:] == [" "] * 6 + [""]
    after = w.get(world.case_url, at=make.NOW + make.DAY)
    assert w.text_of(after, "#groups td").count("5 or more answers so far") == 7
    assert w.soup(after).select("#score [data-group]") == []
    assert w.text_of(before, "#score") == w.text_of(after, "#score")


def test_open_round_asks_each_visitor_for_what_they_can_do():
    world = w.opened()
    member = world.town.members["A"][0]
    make.answer(world.weight_round, world.town.members["B"][0], (2500, 2500, 2500, 2500))
    asked = {
        "visitor": w.text_of(w.get(world.case_url), ".callout .button"),
        "member": w.text_of(w.get(world.case_url, by=member), ".callout .button"),
        "answered": w.text_of(w.get(world.case_url, by=world.town.members["B"][0]), ".callout .button"),
        "chair": w.text_of(w.get(world.case_url, by=world.staff(Role.CHAIR)), ".callout .button"),
    }
    assert asked == {
        "visitor": "Sign in and answer", "member": "Say what counts", "answered": "See your answers", "chair": "",
    }  # fmt: skip


def test_round_past_its_time_asks_nobody():
    world = w.opened()
    page = w.get(world.case_url, by=world.town.members["A"][0], at=make.NOW + 21 * make.DAY)
    assert "There is nothing for you to do here now." in w.text_of(page, ".callout")


def test_closed_round_says_that_it_is_being_counted():
    world = w.closed()
    page = w.get(world.case_url, at=w.CLOSED)
    assert w.text_of(page, "main > p .tag") == "Being counted"
    assert w.soup(page).select("#score [data-group]") == []
    assert w.text_of(page, "#groups td").count("Being counted") == 7


def test_published_round_shows_every_group_the_score_and_who_answered():
    world = w.published()
    page = w.get(world.case_url, at=w.CLOSED)
    marks = {mark["data-group"]: mark["data-score"] for mark in w.soup(page).select("#score [data-group]")}
    assert sorted(marks) == ["Aa", "Bb", "Cc", "Dd", "Ee", "Ff", "Gg"]
    lowest, highest = min(marks.values(), key=Decimal), max(marks.values(), key=Decimal)
    assert f"{lowest} to {highest} out of 100, depending on whose weights you use." in w.text_of(page, "#score")
    assert "6 of 7 groups put it above 60, the line for extra measures." in w.text_of(page, "#score")
    assert w.text_of(page, "#groups td").count("5 of 5 answered") == 7


def test_group_with_few_answers_is_neither_counted_nor_numbered():
    world = w.published(silent=("F",))
    page = w.get(world.case_url, at=w.CLOSED)
    assert "Fewer than 5 answers, not counted" in w.text_of(page, "#groups")
    assert "Ff" not in {mark["data-group"] for mark in w.soup(page).select("#score [data-group]")}
    assert "2 of 5 answered" not in w.text_of(page)


def test_group_without_answers_is_told_in_words():
    world = w.opened()
    for code, people in world.town.members.items():
        for person in people if code != "G" else []:
            make.answer(world.weight_round, person, w.LEANINGS[code])
    w.rounds.close_due_rounds(w.CLOSED)
    w.publication.count_and_publish(world.assessment.pk, w.CLOSED)
    assert "No one from Group G has answered" in w.text_of(w.get(world.case_url, at=w.CLOSED), "#groups")


def test_result_without_affected_communities_is_provisional_and_opens_nothing():
    world = w.published(silent=("C",))
    page = w.text_of(w.get(world.case_url, at=w.CLOSED), "#score")
    assert "Provisional." in page
    assert "Whatever the missing groups had said, the score would lie between" in page
    assert "The result is provisional, so it opens no powers." in page


def test_retrospective_case_tells_both_ends_of_the_roadmap():
    town = make.make_town(size=5)
    incident = make.make_incident(town, retrospective=True)
    world = w.published(town, incident=incident)
    page = w.get(world.case_url, at=w.CLOSED)
    assert w.text_of(page, "#score dt").startswith("Lines at the start of the roadmap Lines at the end of the roadmap")
    assert "Test on a past case" in w.text_of(page, "main > p .tag")
    assert "Nothing follows from this score." in w.text_of(page, ".callout")


def test_second_round_keeps_the_score_of_the_first():
    world = w.published()
    first = w.text_of(w.get(world.case_url, at=w.CLOSED), "#score .chart-headline")
    opens = w.CLOSED + 9 * make.DAY
    second = announce_follow_up(after=world.weight_round, opens_at=opens, closes_at=opens + 21 * make.DAY, now=w.CLOSED)
    later = second.opens_at + make.DAY
    w.rounds.open_due_rounds(later)
    make.answer(second, world.town.members["A"][0], (10000, 0, 0, 0), now=later)
    page = w.get(world.case_url, at=later)
    assert w.text_of(page, "#score .chart-headline") == first
    assert "This is the score of the last round." in w.text_of(page, "#score")


def test_withheld_evidence_shows_why_and_how_to_challenge():
    town = make.make_town(size=1)
    incident = make.make_incident(town)
    evidence.add_evidence(
        incident=incident, kind=EvidenceKind.EVIDENCE, statement="SECRET words", as_of_words="2026-05",
        as_of_from=dt.date(2026, 5, 1), as_of_to=dt.date(2026, 5, 31), low=Decimal(11000), high=Decimal(15000),
        unit="trips",
        sources=[incident.evidence.get().sources.get()], visibility=Visibility.RESTRICTED,
        visibility_reason="It names a child.", by=town.staff[Role.SECRETARIAT], now=make.NOW,
    )  # fmt: skip
    page = w.get(f"/testville/cases/{incident.reference}/")
    assert "Reason: It names a child." in w.text_of(page, "#evidence-2")
    assert w.soup(page).select_one("#evidence-2 a")["href"] == "/testville/contact/"
    assert b"SECRET" not in page.content
    assert b"11,000" not in page.content


def test_evidence_shows_its_date_source_and_whether_ratings_may_rest_on_it():
    world = w.rated(make.make_town(size=1))
    row = w.text_of(w.get(world.case_url), "#evidence-1")
    assert row == (
        "1. 120 tenants got wrong answers. "
        "Evidence, as of 2026-04-30. Ratings may rest on it. Council report (2026-05-01)"
    )


def test_merged_case_leads_to_the_one_it_went_into():
    town = make.make_town(size=1)
    kept, merged = make.make_incident(town), make.make_incident(town)
    merged.merged_into = kept
    merged.save()
    page = w.get(f"/testville/cases/{merged.reference}/")
    assert (page.status_code, page["Location"]) == (302, f"/testville/cases/{kept.reference}/")


def test_case_of_another_town_does_not_exist_here():
    make.make_town(size=1)
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    incident = make.make_incident(other)
    assert w.get(f"/testville/cases/{incident.reference}/").status_code == 404
    assert w.get(f"/elsewhere/cases/{incident.reference}/").status_code == 200


def test_timeline_tells_no_single_answer():
    world = w.answered()
    page = w.get(world.case_url + "?all", at=make.NOW + make.DAY)
    told = [part.get_text(" ", strip=True) for part in w.soup(page).select("#timeline strong")]
    assert told == [
        "The round was opened.", "The round was announced.", "The ratings were fixed.",
        "An assessment of the case was opened.", "Evidence was added.", "The case was created.",
    ]  # fmt: skip


def test_every_link_of_the_case_page_leads_somewhere():
    world = w.published()
    page = w.get(world.case_url, at=w.CLOSED)
    links = {link["href"] for link in w.soup(page).select("main a[href^='/']")}
    assert reverse("assessment_working", args=["testville", world.assessment.incident.reference, 1]) in links
    assert {url: w.get(url, at=w.CLOSED).status_code for url in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(("impact", "said"), [("0.0499", True), ("0.05", False)])
def test_page_says_when_a_score_comes_without_harm(impact, said):
    world = w.rated(make.make_town(size=1), values={"I": impact, "E": "1", "R": "1", "X": "1"})
    assert ("Hardly any harm was found." in w.text_of(w.get(world.case_url), "#score")) is said
