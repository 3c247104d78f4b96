"""Finding cases by words, alike on both databases."""

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import evidence, merges
from assessments.actions.changes_seen import fingerprint
from assessments.actions.evidence import Statement, seen_of
from assessments.models import Incident, Source
from assessments.states import EvidenceKind, Visibility
from deliberation.reads import CaseFilter, cases_of, wider_words
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make.make_town(size=1)


@pytest.fixture
def incident(town):
    Source.objects.create(jurisdiction=town.jurisdiction, title="Of another case")  # so that no two keys are the same
    return make.make_incident(town, title="Éclat at the Straße, школа")


def found(town, words, **wanted):
    return [case.reference for case in cases_of(town.jurisdiction, CaseFilter(words=words, **wanted))]


@pytest.mark.parametrize("words", [
    "éclat", "ÉCLAT", unicodedata.normalize("NFD", "éclat"), "STRASSE".replace("SS", "ß"), "ШКОЛА", "tv-2026-0001",
    "chatbot", "city HOUSING", "wrong answers", "120 tenants", "Council report", "éclat report 120",
])  # fmt: skip
def test_every_word_is_found_wherever_it_stands(town, incident, words):
    make.make_incident(make.make_town(slug="elsewhere", code="EW", size=1), title="Éclat, школа")
    assert found(town, words) == [incident.reference]


@pytest.mark.parametrize("words", ["éclat zeppelin", "100%", "_", "eclat", "answers120", "another"])
def test_all_words_must_be_there_as_they_are(town, incident, words):
    assert found(town, words) == []


def test_a_case_is_found_by_what_a_merged_case_says(town, incident):
    gone = make.make_incident(town, title="Zeppelin")
    merges.merge_incident(
        incident=gone, into=incident, reason="The same.", by=town.staff[Role.SECRETARIAT], now=make.NOW
    )
    for words in ("zeppelin", gone.reference, "zeppelin éclat"):
        assert found(town, words) == [incident.reference]


def withhold(town, incident):
    evidence.add_evidence(
        incident=incident, kind=EvidenceKind.EVIDENCE, statement="Dirigible 7 was seen.", as_of_words="2026",
        as_of_from=None, as_of_to=None, by=town.staff[Role.SECRETARIAT], now=make.NOW,
        sources=[Source.objects.create(jurisdiction=town.jurisdiction, title="A secret letter")],
        visibility=Visibility.RESTRICTED, visibility_reason="It names somebody.",
    )  # fmt: skip


@pytest.mark.parametrize("words", ["dirigible", "letter"])
def test_withheld_evidence_is_found_only_by_those_who_may_read_it(town, incident, words):
    withhold(town, incident)
    for path in (f"/testville/cases/?q={words}", f"/testville/cases.csv?q={words}"):
        assert incident.reference not in w.get(path).content.decode()
    for role, finds in ((Role.SECRETARIAT, True), (Role.CHAIR, False), (Role.COMMITTEE, False)):
        page = w.get(f"/testville/desk/cases/?q={words}", by=w.visitor(town.staff[role]))
        assert (incident.reference in w.text_of(page)) is finds


def test_an_earlier_version_of_evidence_is_not_searched(town, incident):
    item = incident.evidence.get()
    evidence.change_evidence(
        item=item, content=replace(Statement.of(item), statement="130 people."), sources=list(item.sources.all()),
        seen=fingerprint(seen_of(item)),
        by=town.staff[Role.SECRETARIAT], now=make.NOW + dt.timedelta(days=1),
    )  # fmt: skip
    assert (found(town, "120"), found(town, "130")) == ([], [incident.reference])


def test_where_nothing_fits_the_page_says_what_each_word_finds(town, incident):
    make.make_incident(town, title="Another")
    page = w.get("/testville/cases/?q=ÉCLAT+tenants+zeppelin&stage=scored")
    told = [line.get_text(" ", strip=True) for line in w.soup(page).select("main ul li")]
    for line in ("éclat 1 case", "tenants 2 cases", "zeppelin 0 cases"):
        assert line in told
    assert wider_words(town.jurisdiction, CaseFilter(words="zeppelin")) == []


def test_the_number_of_questions_does_not_grow_with_cases(town, incident):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert w.get("/testville/cases/?q=tenants+council").status_code == 200
        return len(queries)

    asked()
    once = asked()
    for number in range(3):
        make.make_incident(town, title=f"Another {number}")
    assert asked() == once


def test_every_language_of_the_place_is_searched(town, incident):
    Incident.objects.filter(pk=incident.pk).update(title={**text("Title"), "texts": {"en": "Title", "pt": "Ação"}})
    assert found(town, "ação") == []
    town.jurisdiction.languages = ["en", "pt", "de", "fr", "ar", "es", "it"]
    assert found(town, "AÇÃO") == [incident.reference]
