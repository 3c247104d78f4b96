"""What the close of a round publishes beside the score."""

import json

import pytest

from assessments.actions import answers, publication, rounds
from assessments.actions.answers import Answer
from assessments.models import RoundRecord
from assessments.states import AnswerMethod
from lastvote.texts import text
from stakeholders import actions as people
from tests import factories as make

pytestmark = pytest.mark.django_db
AFTER = make.NOW + 22 * make.DAY
FIRST, SENT = (4000, 3000, 2000, 1000), (3000, 4000, 2000, 1000)


def answer(weight_round, person, *, first):
    answers.submit_answer(
        weight_round=weight_round, by=person, key=f"{person.pk}", now=make.NOW,
        answer=Answer(points=SENT, method=AnswerMethod.POINTS, first_points=first),
    )  # fmt: skip


def test_the_record_says_how_far_a_group_moved_only_where_the_group_counts():
    town = make.make_town(size=5, codes=("C", "D"))
    town.groups["E"] = people.add_group(
        jurisdiction=town.jurisdiction, code="E", position_order=9, name=text("E"), description=text("E"), label="Ee",
        slot=9, min_size=7, now=make.NOW - 90 * make.DAY,
    )  # fmt: skip
    town.members["E"] = [make.add_member(town.jurisdiction, town.groups["E"], number) for number in range(6)]
    weight_round = make.open_round(town)
    for place, person in enumerate(town.members["C"]):
        answer(weight_round, person, first=SENT if place else FIRST)
    for person in (*town.members["D"][:4], *town.members["E"]):
        answer(weight_round, person, first=FIRST)
    rounds.close_due_rounds(AFTER)
    publication.count_and_publish(weight_round.assessment_id, AFTER)
    assert json.loads(RoundRecord.objects.get().body)["first_to_sent"] == {"C": "0.0200"}
