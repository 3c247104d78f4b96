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
