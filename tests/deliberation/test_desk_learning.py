"""The desk of the learned score: past cases come in by form, trainings are started, followed and stopped."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import computations, training
from assessments.actions.training import STEP, cancel_training, start_training, training_step
from assessments.models import ComputationRun, LabelledHistory, PendingImport
from assessments.training import steps
from lastvote.access import Role
from lastvote.jobs.models import OutboxItem
from tests import factories as make
from tests import learning_world as lw
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

DESK = "/testville/desk/learning/"
CSV = "Case;I;E;R;X;judged;people\n" + "".join(f"Case {n};0,{n};0,5;0,{n};1;{n};2\n" for n in range(1, 5))
USES = {"use_0": "name", "use_1": "I", "use_2": "E", "use_3": "R", "use_4": "X", "use_5": "label", "use_6": "raters"}
ABOUT = {"name": "Past cases", "source": "A test", "licence": "CC0", "worst_5": "10"}


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def secretary(town):
    return w.visitor(town.staff[Role.SECRETARIAT])


@pytest.fixture
def run(town):
    return start_training(history=lw.imported(town, number=3), by=town.staff[Role.SECRETARIAT], now=make.NOW)


def choose(client, content=CSV, name="past.csv"):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content, "text/csv")
    return w.post(f"{DESK}import/", by=client, file=file)


def chosen(client, content=CSV):
    """Choose a file and return the address of the next page."""
    return choose(client, content)["Location"]


def errors(page):
    return [part.get_text(" ", strip=True) for part in w.soup(page).select(".error-summary li")]


def faults(page):
    rows = w.soup(page).select("section table tbody tr")
    return [" | ".join(cell.get_text(" ", strip=True) for cell in row.select("th, td")) for row in rows]


@pytest.mark.parametrize(
    ("role", "desk", "acts"),
    [
        (Role.SECRETARIAT, 200, 200), (Role.CHAIR, 200, 403), (Role.COMMITTEE, 200, 403), (Role.AUDITOR, 403, 403),
        (Role.ADMIN, 403, 403), (None, 403, 403),
    ],
)  # fmt: skip
def test_desk_opens_for_roles_only(town, run, role, desk, acts):
    client = w.visitor(town.staff[role] if role else town.members["A"][0])
    found = {path: w.get(DESK + path, by=client).status_code for path in ("", f"trainings/{run.token}/")}
    assert set(found.values()) == {desk}
    paths = ("import/", "histories/1/train/", f"trainings/{run.token}/cancel/")
    assert {w.get(DESK + path, by=client).status_code for path in paths} == {acts}
    if acts != 200:
        assert {w.post(DESK + path, by=client).status_code for path in paths} == {acts}
        run.refresh_from_db()
        assert (run.cancel_requested_at, ComputationRun.objects.count()) == (None, 1)


def test_visitor_is_asked_to_sign_in(town, run):
    for path in ("", "import/", "histories/1/train/", f"trainings/{run.token}/", f"trainings/{run.token}/cancel/"):
        page = w.get(DESK + path)
        assert (page.status_code, page["Location"].split("?")[0]) == (302, "/sign-in/"), path


def test_empty_desk_says_so_and_leads_on(town, secretary):
    page = w.get(DESK, by=secretary)
    words = w.text_of(page)
    assert "No past cases have been brought in yet." in words
    assert "No training has been started yet." in words
    assert "Experimental: not used for any decision." in words
    assert w.soup(page).select_one("a.button")["href"] == f"{DESK}import/"


def test_desk_shows_the_committee_nothing_to_do(town, run):
    page = w.get(DESK, by=town.staff[Role.COMMITTEE])
    assert w.soup(page).select_one("a.button") is None
    assert "Train on these cases" not in w.text_of(page)
    assert "Training on TV-HIS-1" in w.text_of(page)


def test_file_then_columns_then_every_row_is_in(town, secretary):
    url = chosen(secretary)
    form = w.get(url, by=secretary)
    assert "The file has 4 rows below its heading." in w.text_of(form)
    assert [cell.get_text() for cell in w.soup(form).select("tbody tr:first-child td")] == [
        "Case 1", "0,1", "0,5", "0,1", "1", "1", "2",
    ]  # fmt: skip
    guessed = [option["value"] for option in w.soup(form).select("option[selected]")]
    assert guessed == ["name", "I", "E", "R", "X", "", ""]
    done = w.post(url, by=secretary, **ABOUT, **USES)
    assert (done.status_code, done["Location"]) == (302, DESK)
    history = LabelledHistory.objects.get()
    assert (history.case_count, history.scheme, history.cases.get(number=4).ratings) == (
        4, "classic", ["0.4", "0.5", "0.4", "1"],
    )  # fmt: skip
    assert str(history.cases.get(number=4).label) == "0.4000000000"
    assert not PendingImport.objects.exists()
    assert "The past cases are in: TV-HIS-1." in w.text_of(w.get(DESK, by=secretary))


def test_same_file_once_more_gives_the_first_import(town, secretary):
    w.post(chosen(secretary), by=secretary, **ABOUT, **USES)
    w.post(chosen(secretary), by=secretary, at=make.NOW + dt.timedelta(hours=1), **{**ABOUT, "name": "Others"}, **USES)
    assert LabelledHistory.objects.count() == 1
    words = "Exactly these cases came in before, as TV-HIS-1. Nothing was added."
    assert words in w.text_of(w.get(DESK, by=secretary))


def test_form_that_is_sent_twice_leads_to_the_list(town, secretary):
    url = chosen(secretary)
    w.post(url, by=secretary, **ABOUT, **USES)
    again = w.post(url, by=secretary, **ABOUT, **USES)
    assert (again.status_code, again["Location"], LabelledHistory.objects.count()) == (302, DESK, 1)
    words = "The file is not here any more. Its cases are in this list, or choose the file again."
    assert words in w.text_of(w.get(DESK, by=secretary))
    assert w.get(url, by=secretary).status_code == 404


def test_factors_follow_their_scheme_whatever_the_order_of_columns(town, secretary):
    content = "Case,X,R,I,E,label\nOne,0.1,0.2,0.3,0.4,0.5\n"
    uses = {"use_0": "name", "use_1": "X", "use_2": "R", "use_3": "I", "use_4": "E", "use_5": "label"}
    w.post(chosen(secretary, content), by=secretary, name="One", source="A test", **uses)
    history = LabelledHistory.objects.get()
    assert (history.factors, history.cases.get().ratings) == (["I", "E", "R", "X"], ["0.3", "0.4", "0.2", "0.1"])


def test_columns_can_be_factors_of_their_own(town, secretary):
    content = "Case,left,right,label\nOne,0.1,0.2,0.3\n"
    uses = {"use_0": "name", "use_1": "own", "use_2": "own", "use_3": "label"}
    w.post(chosen(secretary, content), by=secretary, name="One", source="A test", **uses)
    assert (LabelledHistory.objects.get().factors, LabelledHistory.objects.get().scheme) == (["left", "right"], "")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("", "The file is empty. Choose another one"), (None, "Choose a file")],
)
def test_no_file_comes_back_with_a_sentence(town, secretary, content, sentence):
    page = w.post(f"{DESK}import/", by=secretary) if content is None else choose(secretary, content)
    assert (page.status_code, errors(page)) == (422, [sentence])
    assert w.soup(page).title.get_text(" ", strip=True).startswith("Error:")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"one,two\n", b'a,b\n"open,1\n'])
def test_unreadable_file_comes_back_with_a_report(town, secretary, content):
    page = choose(secretary, content)
    assert (page.status_code, len(faults(page)), PendingImport.objects.count()) == (422, 1, 0)


def test_file_too_wide_for_a_form_is_refused(town, secretary):
    page = choose(secretary, ",".join(f"c{n}" for n in range(61)) + "\n" + ",".join("1" for n in range(61)) + "\n")
    assert page.status_code == 422
    assert errors(page)[0].startswith("This file has too many columns")


def test_file_too_large_for_a_form_is_refused(town, secretary, monkeypatch):
    monkeypatch.setattr("assessments.actions.uploads.MOST_BYTES", 10)
    page = choose(secretary)
    assert (page.status_code, PendingImport.objects.count()) == (422, 0)
    assert errors(page)[0].startswith("This file is larger than 2 MB.")


def test_rows_with_faults_are_listed_and_the_form_keeps_what_was_typed(town, secretary):
    url = chosen(secretary, CSV.replace("Case 2;0,2", "Case 2;two").replace("Case 3;0,3", "Case 3;3"))
    page = w.post(url, by=secretary, **ABOUT, **USES)
    assert page.status_code == 422
    assert faults(page)[0].startswith("Row 3 I | “two” is no number.")
    assert faults(page)[1].startswith("Row 4 I | “3” is outside the scale.")
    assert w.soup(page).select_one("#id_source")["value"] == "A test"
    assert w.soup(page).select_one("#id_use_5 option[selected]")["value"] == "label"
    assert (LabelledHistory.objects.count(), PendingImport.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("other", "sentences"),
    [
        ({"name": ""}, ["Give the history a name"]),
        ({"source": " "}, ["Say where the cases come from"]),
        ({"use_0": ""}, ["Say which column names the cases."]),
        ({"use_5": ""}, ["Say which one column is the label."]),
        ({"use_6": "label"}, ["Say which one column is the label."]),
        ({"use_2": "I"}, ["Two columns are given to the same factor."]),
        ({"use_5": "raters", "use_4": "label"}, ["Only one column can say how many people labelled the case."]),
        ({"worst_5": "ten"}, ["Enter a number above 0, like 1 or 10"]),
        ({"worst_5": "0"}, ["Enter a number above 0, like 1 or 10"]),
        ({"use_1": "nonsense"}, ["Choose one of the list"]),
    ],
)
def test_columns_without_sense_come_back(town, secretary, other, sentences):
    page = w.post(chosen(secretary), by=secretary, **(ABOUT | USES | other))
    assert (page.status_code, errors(page), LabelledHistory.objects.count()) == (422, sentences, 0)


def test_too_few_factors_are_reported(town, secretary):
    page = w.post(chosen(secretary), by=secretary, **(ABOUT | {"use_0": "name", "use_1": "I", "use_5": "label"}))
    assert (page.status_code, faults(page)) == (422, ["The whole file | 1 factor is mapped. | At least 2 factors."])


def test_nobody_else_sees_a_kept_file(town, secretary):
    url = chosen(secretary)
    town.staff[Role.CHAIR].role_grants.create(role=Role.SECRETARIAT, valid_from=make.START)
    assert w.get(url, by=town.staff[Role.CHAIR]).status_code == 404
    assert w.get(url.replace("testville", "elsewhere"), by=secretary).status_code == 404


def test_training_is_started_from_its_page_and_only_once(town, secretary):
    lw.imported(town, number=3)
    url = f"{DESK}histories/1/train/"
    assert "It changes no score" in w.text_of(w.get(url, by=secretary))
    places = {w.post(url, by=secretary)["Location"] for _time in range(2)}
    run = ComputationRun.objects.get()
    assert places == {f"{DESK}trainings/{run.token}/"}
    assert OutboxItem.objects.filter(kind=STEP).count() == 1


def test_training_on_one_case_is_refused_in_words(town, secretary):
    lw.imported(town, number=1)
    page = w.post(f"{DESK}histories/1/train/", by=secretary)
    assert (page.status_code, errors(page)) == (409, ["A training needs between 2 and 5000 past cases."])


def test_running_training_tells_its_steps_and_offers_to_look_again(town, secretary, run, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS", 0)
    training_step(run.pk, make.NOW)
    page = w.get(f"{DESK}trainings/{run.token}/", by=secretary)
    assert f"1 of {run.steps_total} steps (1%)" in w.text_of(page)
    assert [link.get_text(strip=True) for link in w.soup(page).select(".actions a")] == [
        "Look again", "Stop this training",
    ]  # fmt: skip
    assert w.soup(page).select("meta[http-equiv]") == []


def test_training_stops_when_asked(town, secretary, run):
    url = f"{DESK}trainings/{run.token}/"
    assert w.get(f"{url}cancel/", by=secretary).status_code == 200
    assert w.post(f"{url}cancel/", by=secretary)["Location"] == url
    page = w.get(url, by=secretary)
    assert "It stops after the step that runs now." in w.text_of(page)
    assert [link.get_text(strip=True) for link in w.soup(page).select(".actions a")] == ["Look again"]
    training_step(run.pk, make.NOW)
    page = w.get(url, by=secretary)
    assert (w.text_of(page, ".kicker"), w.soup(page).select(".actions a")) == ("Cancelled", [])
    again = w.post(f"{url}cancel/", by=secretary)
    assert (again.status_code, errors(again)) == (409, ["This training has ended already."])


def test_failed_training_is_told_at_the_desk_until_it_is_tried_again(town, secretary, run):
    training.fail(run, computations.GIVEN_UP, make.NOW)
    for place in ("/testville/desk/", DESK):
        assert "The last training on TV-HIS-1 could not be finished." in w.text_of(w.get(place, by=secretary)), place
    page = w.get(f"{DESK}trainings/{run.token}/", by=secretary)
    assert "One step failed again and again" in w.text_of(page)
    start_training(history=run.history, by=town.staff[Role.SECRETARIAT], now=make.NOW + make.DAY)
    for place in ("/testville/desk/", DESK):
        assert "could not be finished" not in w.text_of(w.get(place, by=secretary)), place


def test_finished_training_leads_to_its_record(town, secretary, run):
    while run.unfinished:
        training_step(run.pk, make.NOW)
        run.refresh_from_db()
    page = w.get(f"{DESK}trainings/{run.token}/", by=secretary)
    assert (
        w.soup(page).select_one(f'a[href="/testville/learning/{run.token}/"]').get_text(strip=True) == "Read the record"
    )


def test_desk_keeps_its_query_count(town, secretary):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert w.get(DESK, by=secretary).status_code == 200
        return len(queries)

    by = town.staff[Role.SECRETARIAT]
    start_training(history=lw.imported(town, number=2), by=by, now=make.NOW)
    one = count()
    for number in (3, 4):
        run = start_training(history=lw.imported(town, number=number), by=by, now=make.NOW)
        cancel_training(run=run, by=by, now=make.NOW)
    assert count() == one
