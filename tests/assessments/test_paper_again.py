"""Paper in a second round: it stays marked when it is carried over, and a change of it says why."""

import pytest
from django.core.cache import cache
from django.test import Client

from assessments.actions import follow_up, publication, rounds
from assessments.models import CurrentAnswer, PaperSheet
from assessments.states import Channel, SubmissionKind
from tests import factories as make
from tests.assessments.paper_world import ON_PAPER, confirmed, helper, printed, typed
from tests.assessments.weighers import soup, summary

FIRST = make.NOW - 40 * make.DAY
CONFIRM = "/testville/paper/"


@pytest.fixture
def again(db, clock):
    """Somebody who answered the first round on paper, and the second round."""
    cache.clear()
    town = make.make_town(size=2, codes=("C", "D"))
    helpers = helper(town), helper(town)
    assessment = make.make_assessment(town)
    first = rounds.open_round(weight_round=make.announce(town, assessment, opens_at=FIRST, days=15), now=FIRST)
    one = printed(first, town.members["C"][0], helpers[0], now=FIRST)
    typed(one, helpers[1], now=FIRST)
    confirmed(town, one, now=FIRST)
    later = FIRST + 16 * make.DAY
    rounds.close_due_rounds(later)
    publication.count_and_publish(assessment.pk, later)
    first.refresh_from_db()
    after = follow_up.announce_follow_up(after=first, opens_at=make.NOW, closes_at=make.NOW + 25 * make.DAY, now=later)
    return town, rounds.open_round(weight_round=after, now=make.NOW), helpers


def on_paper(again, answer):
    town, second, (printer, typist) = again
    one = printed(second, town.members["C"][0], printer)
    typed(one, typist, answer=answer)
    return {"number": one.sheet.number, "code": one.code}


def standing(again):
    return CurrentAnswer.objects.select_related("submission__detail").get(roll_entry__round=again[1]).submission


def changed():
    return type(ON_PAPER)(**{**vars(ON_PAPER), "points": (4321, 2179, 1613, 1887)})


def test_an_answer_on_paper_that_is_carried_over_stays_marked(again):
    assert (standing(again).kind, standing(again).detail.channel) == (SubmissionKind.CARRIED, Channel.PAPER)


def test_whoever_says_yes_to_a_change_says_why(again):
    codes = on_paper(again, changed())
    page = soup(Client().post(CONFIRM, codes)).main
    assert "It differs from your answer of the round before." in page.get_text()
    without = Client().post(CONFIRM, {**codes, "do": "confirm", "typing": "1"})
    said = [("#id_change_reason_0", "Choose why you changed your answers")]
    assert (without.status_code, summary(without)) == (422, said)
    nonsense = Client().post(CONFIRM, {**codes, "do": "confirm", "typing": "1", "change_reason": "x"})
    assert (nonsense.status_code, PaperSheet.objects.filter(state="confirmed").count()) == (422, 1)
    done = Client().post(CONFIRM, {**codes, "do": "confirm", "typing": "1", "change_reason": "mistake"})
    assert (done.status_code, standing(again).detail.change_reason) == (302, "mistake")
    assert standing(again).points == [4321, 2179, 1613, 1887]


def test_saying_the_same_again_on_paper_asks_nothing(again):
    codes = on_paper(again, ON_PAPER)
    assert "It differs" not in soup(Client().post(CONFIRM, codes)).main.get_text()
    done = Client().post(CONFIRM, {**codes, "do": "confirm", "typing": "1"})
    assert (done.status_code, standing(again).kind) == (302, SubmissionKind.ANSWER)
