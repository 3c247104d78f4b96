"""An answer carried into a second round can be kept and opened again, however it was given in the first."""

import json

import pytest
import time_machine

from assessments.actions import follow_up, publication, rounds
from assessments.models import SubmissionDetail
from assessments.own_questionnaire import questionnaire_of
from assessments.reads import own_answer
from assessments.states import SubmissionKind
from tests import factories as make
from tests.assessments.weighers import Weigher

pytestmark = pytest.mark.django_db
AGAIN = make.NOW + 23 * make.DAY


def by_comparing(weigher):
    weigher.answer_four()
    weigher.send()


def alike(weigher):
    weigher.post("most/", most="equal")
    weigher.post("why/", all="")
    weigher.send()


def by_points(weigher):
    weigher.post("points/", I="50", E="", R="30", X="20")
    weigher.post("why/", all="")
    weigher.send()


def by_rank(weigher):
    weigher.post("rank/", places="R I=X E")
    weigher.post("why/", all="")
    weigher.send()


def by_program(**body):
    def send(weigher):
        url = weigher.base.replace("/testville/", "/api/v1/testville/", 1).replace("weigh/", "answer/")
        sent = weigher.client.post(url, json.dumps(body), "application/json", headers={"idempotency-key": "k"})
        assert sent.status_code == 201, sent.content

    return send


WAYS = {
    "comparing": by_comparing, "alike": alike, "points": by_points, "rank": by_rank,
    "points of a program": by_program(points=[4, 3, 2, 1]),
    "weights of a program": by_program(weights=["0.4", "0.3", "0.2", "0.1"]),
    "the tests' own": lambda weigher: make.answer(weigher.round, weigher.person, (4000, 3000, 2000, 1000)),
}  # fmt: skip


@pytest.mark.parametrize("answer", WAYS.values(), ids=WAYS)
def test_what_was_carried_can_be_kept_and_opened_however_it_was_answered(answer):
    town, first = make.open_town()
    person = town.members["C"][0]
    with time_machine.travel(make.NOW, tick=False):
        answer(Weigher(first, person))
    sent = SubmissionDetail.objects.get()
    second = opened_again(first)
    with time_machine.travel(AGAIN, tick=False):
        weigher = Weigher(second, person)
        assert weigher.get().status_code == 200
        kept = weigher.post("keep/", key="kept")
        assert (kept.status_code, weigher.client.get(kept["Location"]).status_code) == (302, 200)
        assert weigher.get("check/").status_code == 200
    versions = [(row.kind, row.points, row.detail.raw) for row in second.roll.get(person=person).submissions.all()]
    as_sent = (sent.submission.points, sent.raw)
    assert versions == [(SubmissionKind.CARRIED, *as_sent), (SubmissionKind.ANSWER, *as_sent)]
    opened = questionnaire_of(second, own_answer(second, person))
    assert opened.points() == tuple(sent.submission.points)


def opened_again(first):
    """Publish a round and open the one that follows it."""
    late = make.NOW + 22 * make.DAY
    rounds.close_round(weight_round=first, now=late)
    publication.count_and_publish(first.assessment_id, late)
    first.refresh_from_db()
    after = follow_up.announce_follow_up(after=first, opens_at=AGAIN, closes_at=AGAIN + 15 * make.DAY, now=AGAIN)
    return rounds.open_round(weight_round=after, now=AGAIN)
