"""The desk's records: cases, evidence, systems and sources are written, changed and searched by those who may."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import import_progress
from assessments.actions import incidents
from assessments.actions.changes_seen import fingerprint
from assessments.actions.import_runs import fail_import, import_step, start_import
from assessments.actions.incidents import IncidentFacts
from assessments.models import AISystem, ComputationRun, Deployer, EvidenceItem, Incident, PendingImport, Source
from deliberation.casework.texts import revised
from deliberation.demo import files
from lastvote.access import Role
from lastvote.texts import text
from tests import case_files
from tests import factories as make
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

DESK = "/testville/desk/"
CASES = f"{DESK}cases/"
MINE = "Housing chatbot, described anew"


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def secretary(town):
    return w.visitor(town.staff[Role.SECRETARIAT])


@pytest.fixture
def incident(town):
    return make.make_incident(town)


@pytest.fixture
def item(incident):
    return incident.evidence.get()


def errors(page):
    return [part.get_text(" ", strip=True) for part in w.soup(page).select(".error-summary li")]


def filled(page):
    """Return what the page's form would send as it stands."""
    form = w.soup(page).select_one("main form[method=post]")
    sent = {}
    for box in form.select("input"):
        if box.get("type") in {"radio", "checkbox"} and not box.has_attr("checked"):
            continue
        sent.setdefault(box["name"], []).append(box.get("value", ""))
    for box in form.select("textarea"):
        sent[box["name"]] = [box.get_text().lstrip("\n")]
    for box in form.select("select"):
        sent[box["name"]] = [option["value"] for option in box.select("option[selected]")]
    sent.pop("csrfmiddlewaretoken")
    return sent


def send(url, by, **changes):
    """Open a form, change some fields and send it."""
    return w.post(url, by=by, **{**filled(w.get(url, by=by)), **changes})


def new_case(secretary, **changes):
    facts = {
        "kind": "hazard", "title_en": "A risk", "summary_en": "It may fail.", "affected_en": "Tenants",
        "system": AISystem.objects.get().token, "happened_from": "1 April 2026", **changes,
    }  # fmt: skip
    return send(f"{CASES}new/", secretary, **facts)


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


def evidence_url(incident):
    return f"{CASES}{incident.reference}/evidence/"


def new_evidence(secretary, incident, **changes):
    facts = {
        "kind": "evidence", "statement": "130 tenants got wrong answers.", "as_of_words": "May 2026",
        "as_of_from": "1 May 2026", "as_of_to": "31 May 2026", "low": "130", "unit": "tenants",
        "figure_of": "tenants told wrongly", "sources": [Source.objects.first().token], **changes,
    }  # fmt: skip
    return send(f"{evidence_url(incident)}new/", secretary, **facts)


def test_evidence_is_added_with_dates_figure_and_several_sources(town, incident, secretary):
    send(f"{DESK}sources/new/", secretary, title="A letter", addresses="https://example.org/a\n\nhttps://example.org/b")
    tokens = list(Source.objects.values_list("token", flat=True))
    assert new_evidence(secretary, incident, low="1 200,5", high="1 500", sources=tokens).status_code == 302
    item = EvidenceItem.objects.get(number=2)
    assert (str(item.low), str(item.high), item.as_of_from, item.as_of_to) == (
        "1200.5000", "1500.0000", dt.date(2026, 5, 1), dt.date(2026, 5, 31),
    )  # fmt: skip
    assert item.sources.count() == 2
    assert Source.objects.get(title="A letter").addresses == ["https://example.org/a", "https://example.org/b"]


def test_one_figure_and_one_day_are_both_ends(town, incident, secretary):
    new_evidence(secretary, incident, as_of_to="", high="")
    item = EvidenceItem.objects.get(number=2)
    assert (item.low, item.high, item.as_of_from, item.as_of_to) == (130, 130, dt.date(2026, 5, 1), dt.date(2026, 5, 1))


@pytest.mark.parametrize(("typed", "sentences"), [
    ({"statement": ""}, ["Enter the statement"]),
    ({"as_of_words": " "}, ["Enter the date as the source prints it"]),
    ({"sources": []}, ["Name at least one source for this evidence."]),
    ({"sources": ["none"]}, ["Choose one of the list"]),
    ({"low": "many"}, ["Enter a number, like 1200 or 0.5"]),
    ({"low": "1,200"}, ["Leave out the marks between thousands, like 1200, so that nobody reads 1.2"]),
    ({"low": "50,000,000"}, ["Leave out the marks between thousands, like 1200, so that nobody reads 1.2"]),
    ({"low": "2", "high": "1"}, ["The lower figure must not be above the higher one."]),
    ({"as_of_to": "1 April 2026"}, ["The first date must not be after the last one."]),
    ({"as_of_from": "31 June 2026"}, ["This must be a real date, like 3 June 2025"]),
    ({"visibility": "restricted"}, ["Say why this evidence is withheld."]),
    ({"visibility": "secret"}, ["Choose one of the list"]),
    ({"kind": "rumour"}, ["Choose one of the list"]),
])  # fmt: skip
def test_evidence_that_cannot_be_used_comes_back_whole(town, incident, secretary, typed, sentences):
    page = new_evidence(secretary, incident, **typed)
    assert (page.status_code, errors(page), EvidenceItem.objects.count()) == (422, sentences, 1)
    assert filled(page)["unit"] == ["tenants"]


def test_changed_evidence_is_a_new_version_and_shows_the_old_one(town, incident, secretary):
    url = f"{evidence_url(incident)}1/"
    assert send(url, secretary, statement="121 tenants got wrong answers.").status_code == 302
    page = w.get(url, by=secretary)
    assert filled(page)["statement"] == ["121 tenants got wrong answers."]
    assert "120 tenants got wrong answers." in w.text_of(page, "details")
    public = w.text_of(w.get(f"/testville/cases/{incident.reference}/"), "#evidence")
    assert "121 tenants" in public
    assert "120 tenants" not in public


def test_whoever_changes_evidence_second_sees_both_versions(town, incident, secretary):
    url = f"{evidence_url(incident)}1/"
    form = filled(w.get(url, by=secretary))
    send(url, secretary, unit="people")
    clash = w.post(url, by=secretary, **{**form, "unit": "tenants", "visibility": "restricted",
                                         "visibility_reason": "Names people."})  # fmt: skip
    assert clash.status_code == 409
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in w.soup(clash).select("section tbody tr")
    ]
    assert rows == [
        ["Unit", "people", "tenants"], ["Who may read it", "Public", "Withheld"],
        ["Why it is withheld, if it is", "nothing", "Names people."],
    ]  # fmt: skip
    assert w.post(url, by=secretary, **filled(clash)).status_code == 302
    assert EvidenceItem.objects.count() == 3


def test_figures_that_differ_stand_beside_each_other_and_are_never_merged(town, incident, secretary):
    new_evidence(secretary, incident, low="130")
    new_evidence(secretary, incident, low="120", high="150", figure_of="Tenants  told wrongly")
    new_evidence(secretary, incident, low="9", unit="offices")
    for place in (f"/testville/cases/{incident.reference}/", evidence_url(incident)):
        page = w.get(place, by=secretary)
        table = w.soup(page).find("caption", string="tenants told wrongly (tenants)").parent
        rows = [" ".join(row.get_text(" ").split()) for row in table.select("tbody tr")]
        assert rows == ["Evidence 2 130 May 2026", "Evidence 3 120 to 150 May 2026"], place


def test_a_withheld_figure_is_not_told_beside_others(town, incident, secretary):
    new_evidence(secretary, incident, low="130")
    new_evidence(secretary, incident, low="999", visibility="restricted", visibility_reason="Names people.")
    page = w.text_of(w.get(f"/testville/cases/{incident.reference}/"))
    assert "Figures that differ" not in page
    assert "999" not in page
    assert "Names people." in page


def test_systems_and_deployers_are_added_and_changed(town, incident, secretary):
    assert send(f"{DESK}deployers/new/", secretary, name="Harbour Office").status_code == 302
    deployer = Deployer.objects.get(name="Harbour Office")
    send(f"{DESK}systems/new/", secretary, deployer=deployer.token, name="Crane", description_en="Lifts.")
    system = AISystem.objects.get(name="Crane")
    assert (system.description, system.publicly_procured) == (text("Lifts."), False)
    send(f"{DESK}systems/{system.token}/", secretary, publicly_procured="on", description_en="Lifts boxes.")
    system.refresh_from_db()
    assert (system.description, system.publicly_procured) == (text("Lifts boxes."), True)
    send(f"{DESK}deployers/{deployer.token}/", secretary, name="Port Office")
    assert "Port Office" in w.text_of(w.get(f"{DESK}systems/", by=secretary))


def test_a_name_that_is_taken_comes_back(town, incident, secretary):
    page = send(f"{DESK}deployers/new/", secretary, name="City housing office")
    assert (page.status_code, errors(page)) == (409, ["This name is on the list already."])
    page = send(f"{DESK}systems/new/", secretary, name="Crane", description_en="Lifts.")
    assert (page.status_code, errors(page)) == (422, ["Choose who uses it"])


def test_whoever_changes_a_system_second_sees_both_versions(town, incident, secretary):
    url = f"{DESK}systems/{incident.system.token}/"
    form = filled(w.get(url, by=secretary))
    send(url, secretary, description_en="Answers people.", covered_by_mandate="on")
    clash = w.post(url, by=secretary, **{**form, "description_en": "Answers."})
    assert clash.status_code == 409
    assert "Answers people." in w.text_of(clash, "section")
    assert w.post(url, by=secretary, **filled(clash)).status_code == 302


def test_sources_are_added_and_corrected_until_ratings_rest_on_them(town, incident, secretary):
    source = Source.objects.get()
    page = send(f"{DESK}sources/new/", secretary, title="A letter", addresses="http://example.org/a")
    assert page.status_code == 422
    assert errors(page)[0].startswith("Use an address that begins with https://")
    assert send(f"{DESK}sources/{source.token}/", secretary, publisher="The council").status_code == 302
    make.make_assessment(town, incident=incident)
    page = send(f"{DESK}sources/{source.token}/", secretary, publisher="Somebody else")
    assert page.status_code == 409
    assert errors(page)[0].startswith("Fixed ratings rest on this source.")


def test_rows_of_another_town_do_not_exist_here(town, incident, secretary):
    other = make.make_incident(make.make_town(slug="elsewhere", code="EW", size=1))
    source = other.evidence.get().sources.get()
    for path in (
        f"cases/{other.reference}/overview/", f"cases/{other.reference}/evidence/", f"systems/{other.system.token}/",
        f"cases/{incident.reference}/evidence/9/", f"deployers/{other.system.deployer.token}/",
        f"sources/{source.token}/",
    ):  # fmt: skip
        assert w.get(DESK + path, by=secretary).status_code == 404, path
    page = new_evidence(secretary, incident, sources=[source.token])
    assert (page.status_code, errors(page)) == (422, ["Choose one of the list"])


def choose(client, content):
    file = SimpleUploadedFile("cases.csv", content, "text/csv")
    return w.post(f"{CASES}import/", by=client, file=file)


def test_a_file_is_read_shown_row_by_row_and_brought_in_once(town, secretary):
    url = choose(secretary, case_files.aiid_file(60))["Location"]
    page = w.get(url, by=secretary)
    assert [cell.get_text(strip=True) for cell in w.soup(page).select("dl dd")] == ["60", "60", "0", "0"]
    assert len(w.soup(page).select("tbody tr")) == 50
    assert len(w.soup(w.get(url, by=secretary, page="2")).select("tbody tr")) == 10
    assert not Incident.objects.exists()
    following = w.post(url, by=secretary)["Location"]
    assert (following, w.post(url, by=secretary)["Location"]) == (f"{url}progress/",) * 2
    assert w.get(url, by=secretary)["Location"] == following
    page = w.text_of(w.get(following, by=secretary))
    assert ("0 of 60 (0%)" in page, "Look again" in page, Incident.objects.exists()) == (True, True, False)
    import_step(ComputationRun.objects.get().pk, make.NOW)
    assert Incident.objects.count() == 60
    page = w.text_of(w.get(following, by=secretary))
    assert ("60 of 60 (100%)" in page, "Look again" in page) == (True, False)
    assert w.post(url, by=secretary)["Location"] == following
    again = choose(secretary, case_files.aiid_file(60))["Location"]
    assert "is here as TV-2026-0001" in w.text_of(w.get(again, by=secretary))


def test_how_far_an_import_is_is_shown_while_it_runs(town, secretary, monkeypatch):
    following = w.post(choose(secretary, case_files.aiid_file(150))["Location"], by=secretary)["Location"]
    seen = []

    def tell(*arguments):
        told(*arguments)
        page = w.text_of(w.get(following, by=secretary))
        seen.append(re.search(r"\d+ of 150 \(\d+%\)", page)[0])

    told = import_progress.tell
    monkeypatch.setattr(import_progress, "tell", tell)
    import_step(ComputationRun.objects.get().pk, make.NOW)
    assert seen == ["0 of 150 (0%)", "100 of 150 (66%)", "150 of 150 (100%)"]


def test_an_import_that_failed_says_why_and_is_listed_where_the_next_begins(town, secretary):
    following = w.post(choose(secretary, case_files.own_file())["Location"], by=secretary)["Location"]
    fail_import(ComputationRun.objects.get(), "given_up", make.NOW)
    page = w.text_of(w.get(following, by=secretary))
    assert "It failed again and again" in page
    assert "No case was brought in." in page
    page = w.text_of(w.get(f"{CASES}import/", by=secretary))
    assert "Newest imports 1pm on Monday 1 June 2026 (Lisbon time) , Secretariat 1 : Failed" in page


def test_an_import_of_another_town_does_not_exist_here(town, secretary):
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    by = other.staff[Role.SECRETARIAT]
    upload = PendingImport.objects.create(
        jurisdiction=other.jurisdiction, token="theirs", content=case_files.own_file(), uploaded_by=by
    )
    start_import(upload=upload, by=by, now=make.NOW)
    assert [w.get(f"{CASES}import/theirs/{page}", by=secretary).status_code for page in ("", "progress/")] == [404] * 2


def test_what_a_file_says_otherwise_is_told_and_stays(town, secretary):
    w.post(choose(secretary, case_files.own_file())["Location"], by=secretary)
    import_step(ComputationRun.objects.get().pk, make.NOW)
    row = list(case_files.OWN_ROW)
    row[1] = "Another title"
    page = w.get(choose(secretary, case_files.own_file(tuple(row)))["Location"], by=secretary)
    assert "is here as TV-2026-0001, with other words; stays" in w.text_of(page)
    assert "Cases that are here already stay as they are." in w.text_of(page)


def test_a_file_with_forty_spoilt_rows_lists_all_forty_and_is_not_kept(town, secretary):
    rows = case_files.aiid_rows(80)
    for row in rows[::2]:
        row[1] = "soon"
    page = choose(secretary, case_files.written(case_files.AIID_HEADING, rows))
    assert (page.status_code, len(w.soup(page).select("section tbody tr"))) == (422, 40)
    assert (Incident.objects.count(), PendingImport.objects.count()) == (0, 0)


def test_no_file_and_a_foreign_file_come_back(town, secretary):
    page = w.post(f"{CASES}import/", by=secretary)
    assert (page.status_code, errors(page)) == (422, ["Choose a file"])
    assert choose(secretary, b"\xff\xfe\x00").status_code == 422
    assert w.get(f"{CASES}import/none/", by=secretary).status_code == 404


def test_a_file_too_large_for_a_form_is_refused(town, secretary, monkeypatch):
    monkeypatch.setattr("assessments.actions.case_imports.MOST_BYTES", 10)
    page = choose(secretary, case_files.own_file())
    assert page.status_code == 422
    assert errors(page)[0].startswith("This file is larger than 2 MB.")


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


def test_the_demo_lays_both_figures_of_profiles_taken_side_by_side():
    data = files.case("cambridge_analytica")
    rows = files.evidence(data)
    told = {number: rows[int(number) - 1].low for number in data["figure_of"]}
    assert told == {"2": "50000000", "3": "87000000"}
    assert len(set(data["figure_of"].values())) == 1
    assert {rows[int(number) - 1].unit for number in told} == {"profiles"}
