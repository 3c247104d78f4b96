"""Rows 47 to 49: a day in digits is read day first, and every page says in words which day that is."""

import pytest
from bs4 import BeautifulSoup

from assessments.models import Incident, Source
from assessments.states import Visibility
from stakeholders.models import Jurisdiction
from tests.bad_input.typist import Typist, boxes

TWO_WAYS = "%s was read as %s. If you mean another day, type it with the month as a word."


@pytest.fixture
def place():
    return Jurisdiction.objects.get(slug="testville")


def said(response, *selectors):
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(found.get_text().split()) for found in page.select(", ".join(selectors))]


def notices(response):
    return said(response, "main p.notice")


def typist(world, state):
    return Typist.of(world, "secretariat", state=state)


def test_the_check_page_of_a_round_says_which_day_was_understood(world):
    announcer = typist(world, "rated")
    response = announcer.post(f"{announcer.desk}announce/", {"opens_at": "07/06/2026", "closes_at": "26.06.2026"})
    assert notices(response) == [TWO_WAYS % ("07/06/2026", "7 June 2026")]
    assert [day for day in said(response, "dl.summary dd") if "7 June 2026" in day] != []


@pytest.mark.parametrize("typed", ["7 June 2026", "7 Jun 2026", "2026-06-07", "06/06/2026"])
def test_what_nobody_can_read_in_two_ways_is_left_alone(world, typed):
    announcer = typist(world, "rated")
    response = announcer.post(f"{announcer.desk}announce/", {"opens_at": typed, "closes_at": "26/06/2026"})
    assert (response.status_code, notices(response)) == (200, [])


def test_the_check_page_of_a_longer_round_says_so(secretariat):
    response = secretariat.post(f"{secretariat.desk}extend/", {"closes_at": "01-07-2026", "reason": "More time."})
    assert notices(response) == [TWO_WAYS % ("01-07-2026", "1 July 2026")]


def test_the_check_page_of_an_assessment_says_so(world):
    opener = typist(world, "received")
    url = f"{opener.desk.removesuffix('rounds/')}ratings/open/"
    response = opener.post(url, {"scheme": "classic", "evidence_cutoff": "12/01/2026"})
    assert notices(response) == [TWO_WAYS % ("12/01/2026", "12 January 2026")]


def test_a_form_that_comes_back_says_next_to_the_field_how_it_was_read(world):
    announcer = typist(world, "rated")
    response = announcer.post(f"{announcer.desk}announce/", {"opens_at": "٠٧/٠٦/٢٠٢٦", "closes_at": "2026-06-01"})
    assert response.status_code == 422
    assert said(response, ".hint strong") == [
        TWO_WAYS % ("٠٧/٠٦/٢٠٢٦", "7 June 2026"),
        "2026-06-01 was read as 1 June 2026.",
    ]
    assert boxes(response) == {"opens_at": "٠٧/٠٦/٢٠٢٦", "closes_at": "2026-06-01"}
    box = BeautifulSoup(response.content, "html.parser").select_one("#id_opens_at")
    assert "id_opens_at_helptext" in box["aria-describedby"].split()


def test_a_day_that_is_none_was_not_understood(world):
    announcer = typist(world, "rated")
    response = announcer.post(f"{announcer.desk}announce/", {"opens_at": "31/06/2026", "closes_at": "0001-01-01"})
    assert (response.status_code, said(response, ".hint strong")) == (422, [])


def test_the_page_after_saving_says_so_where_nothing_is_confirmed_first(world, place):
    writer = typist(world, "received")
    url = f"/{place.slug}/desk/sources/new/"
    for typed, told in (("12/01/2026", [TWO_WAYS % ("12/01/2026", "12 January 2026")]), ("13/01/2026", [])):
        response = writer.post(url, {"title": f"Report {typed}", "published_on": typed}, follow=True)
        assert [line for line in said(response, "main li, main p, .notice p") if "was read as" in line][:1] == told
    days = Source.objects.filter(title__startswith="Report 1").order_by("pk").values_list("published_on", flat=True)
    assert [day.isoformat() for day in days] == ["2026-01-12", "2026-01-13"]


def test_a_case_and_its_evidence_say_so_too(world, place):
    writer = typist(world, "received")
    case = Incident.objects.get(reference=world.cases["received"].reference)
    records = writer.desk.removesuffix("rounds/")
    source = Source.objects.create(jurisdiction=place, title="Of a day")
    response = writer.post(
        f"{records}evidence/new/",
        {
            "kind": "evidence", "statement": "It was seen.", "as_of_words": "early 2026", "as_of_from": "02/01/2026",
            "as_of_to": "05.01.2026", "sources": [source.token], "visibility": Visibility.PUBLIC.value,
        },
        follow=True,
    )  # fmt: skip
    assert case.evidence.latest("pk").as_of_to.isoformat() == "2026-01-05"
    words = response.content.decode()
    assert TWO_WAYS % ("02/01/2026", "2 January 2026") in words
    assert TWO_WAYS % ("05.01.2026", "5 January 2026") in words
