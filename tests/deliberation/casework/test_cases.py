"""Cases at the desk are written, changed and searched by those who may."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import incidents
from assessments.actions.changes_seen import fingerprint
from assessments.actions.incidents import IncidentFacts
from assessments.models import AISystem, Incident, Source
from deliberation.casework.texts import revised
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make
from tests.deliberation import world as w
from tests.deliberation.casework.forms import (
    CASES,
    DESK,
    MINE,
    errors,
    evidence_url,
    filled,
    new_case,
    new_evidence,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [(Role.SECRETARIAT, 200, 200), (Role.CHAIR, 200, 403), (Role.COMMITTEE, 200, 403), (Role.ADMIN, 403, 403),
     (None, 403, 403)],
)  # fmt: skip
def test_records_open_for_the_desk_and_are_written_by_the_secretariat(town, incident, role, reads, writes):
    client = w.visitor(town.staff[role] if role else town.members["A"][0])
    case, source = f"{CASES}{incident.reference}/", Source.objects.get()
    reading = (CASES, f"{case}overview/", f"{case}evidence/", f"{DESK}systems/", f"{DESK}sources/")
    assert {w.get(path, by=client).status_code for path in reading} == {reads}
    writing = (
        f"{CASES}new/", f"{CASES}import/", f"{case}overview/edit/", f"{case}evidence/new/", f"{case}evidence/1/",
        f"{DESK}systems/new/", f"{DESK}systems/{incident.system.token}/", f"{DESK}deployers/new/",
        f"{DESK}deployers/{incident.system.deployer.token}/", f"{DESK}sources/new/", f"{DESK}sources/{source.token}/",
    )  # fmt: skip
    assert {w.get(path, by=client).status_code for path in writing} == {writes}
    if writes != 200:
        assert {w.post(path, by=client).status_code for path in writing} == {writes}


def test_a_new_case_is_public_under_its_reference(town, incident, secretary):
    done = new_case(secretary)
    case = Incident.objects.latest("pk")
    assert done["Location"] == f"{CASES}{case.reference}/overview/"
    assert (case.kind, case.title, case.happened_from, case.happened_to) == (
        "hazard", text("A risk"), dt.date(2026, 4, 1), None,
    )  # fmt: skip
    assert "A risk" in w.text_of(w.get(f"/testville/cases/{case.reference}/"))


def test_a_form_sent_twice_makes_one_case_and_another_content_is_asked_about(town, incident, secretary):
    form = filled(w.get(f"{CASES}new/", by=secretary))
    typed = {
        "kind": "incident", "title_en": "Once", "summary_en": "x", "affected_en": "y",
        "system": AISystem.objects.get().token,
    }  # fmt: skip
    places = {w.post(f"{CASES}new/", by=secretary, **{**form, **typed})["Location"] for _time in range(2)}
    assert (len(places), Incident.objects.count()) == (1, 2)
    other = w.post(f"{CASES}new/", by=secretary, **{**form, **typed, "title_en": "Twice"})
    assert (other.status_code, Incident.objects.count()) == (422, 2)
    assert filled(other)["title_en"] == ["Twice"]
    again = w.post(f"{CASES}new/", by=secretary, **filled(other))
    assert (again.status_code, Incident.objects.count()) == (302, 3)


@pytest.mark.parametrize(("typed", "sentences"), [
    ({"title_en": ""}, ["Enter a title"]),
    ({"title_en": "\u200b\u2060"}, ["Enter a title"]),
    ({"title_en": "x" * 10_001}, ["This has 10001 characters. Use 200 or fewer."]),
    ({"kind": ""}, ["Choose what it is"]),
    ({"kind": "control"}, ["Choose one of the list"]),
    ({"system": "0123456789abcdef"}, ["Choose one of the list"]),
    ({"happened_from": "2025-02-30"}, ["This must be a real date, like 3 June 2025"]),
    ({"happened_to": "1 March 2026"}, ["The last day must not be before the first one."]),
    ({"happened_from": "0001-01-01"}, ["This must be a real date, like 3 June 2025"]),
    ({"title_en": "be\x00fore"}, ["This holds a character that nobody can see. Type it again."]),
])  # fmt: skip
def test_a_case_that_cannot_be_stored_comes_back_whole(town, incident, secretary, typed, sentences):
    page = new_case(secretary, **typed)
    assert (page.status_code, errors(page), Incident.objects.count()) == (422, sentences, 1)
    assert filled(page)["summary_en"] == ["It may fail."]
    assert w.soup(page).title.get_text(" ", strip=True).startswith("Error:")


def test_signs_that_nobody_sees_are_taken_out_and_that_is_said(town, incident, secretary):
    done = new_case(secretary, title_en="be\u202efo\x07re")
    assert Incident.objects.latest("pk").title == text("before")
    assert "Signs that nobody can see were taken out" in w.text_of(w.get(done["Location"], by=secretary))


def test_markup_is_shown_and_never_run(town, incident, secretary):
    markup = "<script>alert(1)</script><img src=x onerror=alert(1)><div hx-get=/x>"
    done = new_case(secretary, title_en=markup, summary_en=markup)
    case = Incident.objects.latest("pk")
    for place in (done["Location"], CASES, f"/testville/cases/{case.reference}/"):
        page = w.get(place, by=secretary).content
        assert b"<script>alert" not in page
        assert b"<img src=x" not in page
        assert b"<div hx" not in page
        assert b"&lt;script&gt;alert(1)" in page


def edit_url(incident):
    return f"{CASES}{incident.reference}/overview/edit/"


def test_a_changed_case_shows_its_newest_version_and_keeps_the_rest_for_the_desk(town, incident, secretary):
    assert send(edit_url(incident), secretary, title_en=MINE)["Location"] == f"{CASES}{incident.reference}/overview/"
    overview = w.get(f"{CASES}{incident.reference}/overview/", by=secretary)
    assert w.text_of(overview, "h1") == MINE
    assert "Version 1, until Secretariat 1 changed it on 1 June 2026" in w.text_of(overview, "details")
    public = w.text_of(w.get(f"/testville/cases/{incident.reference}/"))
    assert MINE in public
    assert "The case was described anew" in public


def test_a_form_sent_as_it_stands_changes_nothing(town, incident, secretary):
    assert send(edit_url(incident), secretary).status_code == 302
    incident.refresh_from_db()
    assert incident.version == 1


def test_whoever_comes_second_sees_both_versions_and_decides(town, incident, secretary):
    url = edit_url(incident)
    form = filled(w.get(url, by=secretary))
    facts = IncidentFacts.of(incident)
    with time_machine.travel(make.NOW, tick=False):
        incidents.change_incident(
            incident=incident, facts=IncidentFacts(**{**vars(facts), "title": text("Theirs")}),
            seen=fingerprint(facts.plain()), by=town.staff[Role.SECRETARIAT], now=make.NOW,
        )  # fmt: skip
    clash = w.post(url, by=secretary, at=make.NOW + dt.timedelta(minutes=2), **{**form, "title_en": MINE})
    assert clash.status_code == 409
    words = w.text_of(clash)
    assert "Secretariat 1 changed this 2 minutes ago." in words
    row = w.soup(clash).select_one("section table tbody")
    assert [cell.get_text(" ", strip=True) for cell in row.select("th, td")] == ["Title", "Theirs", MINE]
    assert filled(clash)["title_en"] == [MINE]
    assert w.post(url, by=secretary, **filled(clash)).status_code == 302
    incident.refresh_from_db()
    assert (incident.version, incident.title) == (3, text(MINE))


def test_cases_are_found_by_words_of_title_system_and_reference(town, incident, secretary):
    new_case(secretary, title_en="Bridge sensors")
    for words, found in {"bridge": 1, "chatbot": 2, incident.reference: 1, "zeppelin": 0, "\x00": 2}.items():
        page = w.get(CASES, by=secretary, q=words)
        assert len(w.soup(page).select("tbody tr")) == found, words
    assert "0 results for “zeppelin”" in w.text_of(w.get(CASES, by=secretary, q="zeppelin"))


def test_a_place_with_two_languages_asks_for_both_and_marks_what_is_out_of_date(town, incident, secretary):
    town.jurisdiction.languages = ["en", "pt"]
    town.jurisdiction.save()
    send(edit_url(incident), secretary, title_pt="Chatbot de habitação")
    incident.refresh_from_db()
    assert incident.title == {
        "source": "en", "texts": {"en": "Housing chatbot", "pt": "Chatbot de habitação"}, "outdated": [],
    }  # fmt: skip
    send(edit_url(incident), secretary, title_en=MINE)
    incident.refresh_from_db()
    assert incident.title["outdated"] == ["pt"]


def test_a_translation_typed_anew_is_up_to_date():
    before = {"source": "en", "texts": {"en": "One", "pt": "Um", "fr": "Un"}, "outdated": ["pt"]}
    assert revised(before, {"en": "Two", "pt": "Dois"}, source="en") == {
        "source": "en", "texts": {"en": "Two", "pt": "Dois", "fr": "Un"}, "outdated": ["fr"],
    }  # fmt: skip
    assert revised(before, {"en": "One", "pt": ""}, source="en")["texts"] == {"en": "One", "fr": "Un"}


def test_pages_keep_their_query_count(town, incident, secretary):
    def count(url):
        with CaptureQueriesContext(connection) as queries:
            assert w.get(url, by=secretary).status_code == 200
        return len(queries)

    pages = (CASES, f"{DESK}systems/", f"{DESK}sources/", evidence_url(incident))
    new_evidence(secretary, incident)
    one = [count(url) for url in pages]
    for number in range(3):
        send(f"{DESK}sources/new/", secretary, title=f"Letter {number}")
        send(f"{DESK}deployers/new/", secretary, name=f"Office {number}")
        new_case(secretary, title_en=f"Case {number}")
        new_evidence(secretary, incident, statement=f"Fact {number}.")
    assert [count(url) for url in pages] == one
