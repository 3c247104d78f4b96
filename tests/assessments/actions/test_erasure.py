"""Erasing a person: words and the link to them go, points that counted stay, public acts are kept."""

import pytest

from assessments.actions import publication, rounds
from assessments.models import CurrentAnswer, Draft, RollEntry, Submission, SubmissionDetail
from assessments.verification import verify
from lastvote.errors import Refused
from stakeholders import actions as people
from stakeholders.models import Person
from tests import factories as make
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
AFTER = make.NOW + 22 * make.DAY


built = kept(lambda: make.make_town(size=5))


@pytest.fixture
def town(built, db):
    return copied(built)


def answered_round(town):
    weight_round = make.open_round(town)
    for person in town.members["C"]:
        make.answer(weight_round, person, (4000, 3000, 2000, 1000))
    return weight_round


def test_erasing_while_the_round_is_open_takes_the_answer_back(town):
    weight_round, person = answered_round(town), town.members["C"][0]
    entry = RollEntry.objects.get(round=weight_round, person=person)
    people.erase_person(person=person, by=None, now=make.NOW)
    kinds = Submission.objects.filter(roll_entry=entry).order_by("version").values_list("kind", flat=True)
    assert list(kinds) == ["answer", "withdrawal"]
    assert CurrentAnswer.objects.get(roll_entry=entry).submission is None
    assert SubmissionDetail.objects.filter(submission__roll_entry=entry).count() == 0


def test_erasing_after_the_close_keeps_the_points_and_every_proof(town):
    weight_round, person = answered_round(town), town.members["C"][0]
    rounds.close_due_rounds(AFTER)
    publication.count_and_publish(weight_round.assessment_id, AFTER)
    entry = RollEntry.objects.get(round=weight_round, person=person)
    people.erase_person(person=person, by=None, now=AFTER)
    entry.refresh_from_db()
    weight_round.assessment.refresh_from_db()
    assert (entry.person, entry.current.submission.points) == (None, [4000, 3000, 2000, 1000])
    assert {finding.problem for finding in verify(weight_round.assessment)} == {""}


def test_erasing_drops_the_draft_of_somebody_who_has_not_answered(town):
    weight_round, person = make.open_round(town), town.members["C"][0]
    Draft.objects.create(roll_entry=RollEntry.objects.get(round=weight_round, person=person), updated_at=make.NOW)
    people.erase_person(person=person, by=None, now=make.NOW)
    assert (Draft.objects.count(), Submission.objects.count()) == (0, 0)


def test_somebody_whose_public_act_stands_is_kept_and_said_to_be(town):
    make.make_assessment(town)
    with pytest.raises(Refused) as refusal:
        people.erase_person(person=town.evaluators[0], by=None, now=make.NOW)
    assert (refusal.value.code, refusal.value.status) == ("holds_public_acts", 409)
    assert Person.objects.filter(pk=town.evaluators[0].pk).exists()
