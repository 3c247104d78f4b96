"""What everybody can read about trainings: the list, each record, and the record as a file."""

import json

import pytest

from assessments.actions.training import fail
from assessments.scoring.learning.polynomial import Coefficients, learned_scores
from assessments.scoring.record import digest
from assessments.training.steps import rows_of
from deliberation.learning.reasons import CONDITIONS, FINDINGS, reason_of
from deliberation.learning.record import four
from lastvote.access import Role
from tests import factories as make
from tests import learning_world as lw
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

PUBLIC = "/testville/learning/"
CASES = 4


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def run(town):
    return lw.trained(town, number=CASES)


def rows(page, caption):
    table = next(table for table in w.soup(page).select("table") if caption in table.caption.get_text())
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def test_list_says_that_there_is_nothing_yet(town):
    assert "No training has been finished yet." in w.text_of(w.get(PUBLIC))


def test_list_names_finished_trainings_alone(town, run):
    lw.started(town, number=3)
    failed = lw.started(town, number=2)
    fail(failed, "E_RANGE", make.NOW)
    page = w.get(PUBLIC)
    assert [link["href"] for link in w.soup(page).select("tbody a")] == [f"{PUBLIC}{run.token}/"]
    assert rows(page, "Finished trainings")[0][1:] == ["4", "No: a condition is not met."]


def test_record_carries_its_banner_and_where_it_comes_from(town, run):
    words = w.text_of(w.get(f"{PUBLIC}{run.token}/"))
    for expected in (
        "Experimental: not used for any decision.", "These past cases are made up.", run.history.sha256,
        run.result_sha256, "Written for a test.", "Policy version 1", "by the secretariat",
        "Harm done, Ease of misuse, Spread, Reach",
    ):  # fmt: skip
        assert expected in words, expected
    assert town.staff[Role.SECRETARIAT].name not in words  # names are read at the desk alone


def test_record_says_which_conditions_are_met(run):
    found = {row[0]: row[1:] for row in rows(w.get(f"{PUBLIC}{run.token}/"), "Conditions (D15)")}
    assert found[str(CONDITIONS["enough_cases"])] == ["no", "4 cases are there, 30 are needed."]
    assert found[str(CONDITIONS["two_raters"])] == ["yes", "4 of 4 labels are known to come from 2 people or more."]
    assert found[str(CONDITIONS["bounds_hold"])][0] == "yes"
    assert found[str(CONDITIONS["reliability_shown"])] == ["yes", "4 of 4 cases are in it."]
    assert len(found) == len(CONDITIONS) == len(FINDINGS) == 5


def test_record_shows_the_numbers_of_its_file(run):
    page, data = w.get(f"{PUBLIC}{run.token}/"), json.loads(run.result)
    errors = {(row[0], row[1]): row[2:] for row in rows(page, "Errors of each way")}
    for name, words in (("printed", "Learned as printed (eq. 4, 5)"), ("default", "Learned by default (D14)")):
        for kind, cases in (("left_out", "left out"), ("fitted", "fitted to")):
            numbers = data["errors"][name][kind]
            expected = [four(numbers[key]) for key in ("loss", "mae", "r2", "lowest", "highest")]
            assert errors[words, cases] == expected
    assert [row[0] for row in rows(page, "Penalties")] == [
        f"{row['lambda']} chosen" if row["lambda"] == data["lambda"] else row["lambda"] for row in data["path"]
    ]
    matrix = rows(page, f"b = {four(data['fits']['printed']['coefficients']['b'])}")
    theta = data["fits"]["printed"]["coefficients"]
    assert matrix[1][1:] == [four(number) for number in (theta["w"][1], *theta["W"][1])]
    assert [row[1] for row in rows(page, "bins of equal count")] == ["1"] * CASES


def test_coefficients_of_a_record_give_its_predictions_again(run):
    """Whoever has the cases and the record can work the score out: nothing is kept back."""
    data, cases = json.loads(run.result), rows_of(run.history)
    coefficients = Coefficients.from_json(data["fits"]["default"]["coefficients"])
    scores = learned_scores(cases.ratings, coefficients)
    fitted = data["errors"]["default"]["fitted"]
    assert (repr(float(scores.min())), repr(float(scores.max()))) == (fitted["lowest"], fitted["highest"])


def test_file_is_the_record_to_the_byte(run):
    response = w.get(f"{PUBLIC}{run.token}/record.json")
    assert (response.status_code, response["Content-Type"], response["ETag"]) == (
        200, "application/json", f'"{run.result_sha256}"',
    )  # fmt: skip
    assert digest(response.content) == run.result_sha256
    assert json.loads(response.content)["format"] == "lastvote training 1"


def test_unknown_unfinished_and_foreign_records_are_not_found(town, run):
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    waiting = lw.started(town, number=3)
    assert other.jurisdiction.slug == "elsewhere"
    for path in (f"{PUBLIC}{waiting.token}/", f"/elsewhere/learning/{run.token}/", f"{PUBLIC}no-such-token/"):
        assert (w.get(path).status_code, w.get(f"{path}record.json").status_code) == (404, 404), path
    desk = f"/elsewhere/desk/learning/trainings/{run.token}/"
    assert w.get(desk, by=other.staff[Role.SECRETARIAT]).status_code == 404
    assert w.post(f"{desk}cancel/", by=other.staff[Role.SECRETARIAT]).status_code == 404
    foreign = "/elsewhere/desk/learning/histories/1/train/"
    assert w.post(foreign, by=other.staff[Role.SECRETARIAT]).status_code == 404


def test_number_that_does_not_exist_is_a_dash():
    numbers = {"learned_loss": None, "linear_loss": "0.01", "gain": None, "standard_error": None}
    reason = reason_of({"code": "beats_linear", "is_met": False, "numbers": numbers})
    assert reason.finding == "Mean loss – against 0.010000: better by –, standard error –."
    assert four(None) == "–"
