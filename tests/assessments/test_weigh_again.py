"""The form in a second round: what was answered before is shown, kept by one press, or changed."""

import pytest

from assessments.actions import follow_up, publication, rounds
from assessments.models import CurrentAnswer
from assessments.states import SubmissionKind
from tests import factories as make
from tests.architecture.world import send
from tests.assessments.weighers import Weigher, hidden, soup

POINTS = (4000, 3000, 2000, 1000)
FIRST = make.NOW - 40 * make.DAY


@pytest.fixture
def again(db, clock):
    """Somebody who answered the first round, before the second one."""
    town = make.make_town(size=2, codes=("C", "D"))
    assessment = make.make_assessment(town)
    first = rounds.open_round(weight_round=make.announce(town, assessment, opens_at=FIRST, days=15), now=FIRST)
    send(first, town.members["C"][0], POINTS, now=FIRST)
    later = FIRST + 16 * make.DAY
    rounds.close_due_rounds(later)
    publication.count_and_publish(assessment.pk, later)
    first.refresh_from_db()
    after = follow_up.announce_follow_up(after=first, opens_at=make.NOW, closes_at=make.NOW + 25 * make.DAY, now=later)
    second = rounds.open_round(weight_round=after, now=make.NOW)
    return Weigher(second, town.members["C"][0]), Weigher(second, town.members["C"][1])


def standing(weigher):
    return CurrentAnswer.objects.get(roll_entry__round=weigher.round, roll_entry__person=weigher.person).submission


def test_the_first_page_shows_the_earlier_answer_and_two_ways_of_the_same_weight(again):
    page = soup(again[0].get())
    acts = [(one.name, one.get_text(strip=True)) for one in page.select("main .actions .button")]
    assert acts == [("button", "Keep my answers"), ("a", "Change")]
    assert "They were carried over" in page.main.get_text()
    assert page.select_one("main form")["action"] == f"{again[0].base}keep/"


def test_one_press_keeps_them_and_leads_to_a_receipt(again):
    weigher = again[0]
    done = weigher.post("keep/", **hidden(weigher.get()))
    assert (done.status_code, standing(weigher).kind, standing(weigher).points) == (
        302, SubmissionKind.ANSWER, list(POINTS),
    )  # fmt: skip
    assert weigher.client.get(done.headers["Location"]).status_code == 200
    assert "Keep my answers" not in soup(weigher.get()).main.get_text()


def test_keeping_twice_from_one_page_keeps_once(again):
    weigher = again[0]
    form = hidden(weigher.get())
    places = {weigher.post("keep/", **form).headers["Location"] for _press in range(2)}
    assert (len(places), standing(weigher).version) == (1, 2)


def test_change_opens_the_form_with_what_was_typed_before(again):
    weigher = again[0]
    assert weigher.get("change/").headers["Location"] == f"{weigher.base}points/"
    boxes = soup(weigher.get("points/")).select("main input[type=text]")
    assert sorted(box["value"] for box in boxes) == ["10.00", "20.00", "30.00", "40.00"]


def test_somebody_new_starts_as_ever_and_has_nothing_to_keep(again):
    newcomer = again[1]
    assert "Keep my answers" not in soup(newcomer.get()).main.get_text()
    assert newcomer.post("keep/", key="k").status_code == 409
    assert newcomer.get("keep/").headers["Location"] == newcomer.base


MOVED = {"I": "20.00", "E": "40.00", "R": "30.00", "X": "10.00"}


def moved(weigher):
    """Change the answers as far as the check page."""
    weigher.post("points/", **MOVED)
    weigher.post("why/")
    return weigher.get("check/")


def test_the_check_page_shows_old_beside_new_and_asks_why(again):
    page = soup(moved(again[0]))
    table = page.select_one("table.stack")
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [
        ["Harm done", "40%", "20%", "less"], ["Ease of misuse", "30%", "40%", "more"],
        ["Spread", "20%", "30%", "more"], ["Reach", "10%", "10%", "the same"],
    ]  # fmt: skip
    labels = page.select("label[for^=id_change_reason_]")
    assert [one.get_text(strip=True) for one in labels] == [
        "New evidence", "I made a mistake", "To help us agree, though my own view is the same", "Something else",
    ]  # fmt: skip


def test_a_change_without_a_reason_stays_on_the_page_and_says_so(again):
    weigher = again[0]
    wrong = weigher.post("check/", **hidden(moved(weigher)))
    page = soup(wrong)
    assert (wrong.status_code, standing(weigher).version) == (422, 1)
    assert page.title.get_text(strip=True).startswith("Error:")
    summary = page.select_one(".error-summary a")
    assert summary.get_text(strip=True) == "Choose why you changed your answers"
    assert summary["href"] == "#id_change_reason_0"
    sent = weigher.post("check/", **hidden(wrong), change_reason="agree")
    assert (sent.status_code, standing(weigher).detail.change_reason) == (302, "agree")


def test_sending_the_same_again_asks_nothing_and_says_that_it_keeps(again):
    weigher = again[0]
    weigher.post("points/", **{code: f"{value / 100}" for code, value in zip("IERX", POINTS, strict=True)})
    weigher.post("why/")
    page = weigher.get("check/")
    assert "If you send them, you keep them." in page.content.decode()
    assert "change_reason" not in page.content.decode()
    assert weigher.post("check/", **hidden(page)).status_code == 302


def test_the_check_page_of_a_first_answer_compares_with_nothing(again):
    assert "Before and now" not in moved(again[1]).content.decode()
