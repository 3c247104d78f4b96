"""Bringing in cases from a file at the desk."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments import import_progress
from assessments.actions.import_runs import fail_import, import_step, start_import
from assessments.models import ComputationRun, Incident, PendingImport
from lastvote.access import Role
from tests import case_files
from tests import factories as make
from tests.deliberation import world as w
from tests.deliberation.casework.forms import CASES, errors

pytestmark = pytest.mark.django_db


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
