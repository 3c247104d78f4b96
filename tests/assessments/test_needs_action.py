"""What waits for somebody follows from how things stand: it is there until they have acted, and gone afterwards."""

import pytest

from assessments.actions import policy_proposals, rounds
from assessments.needs_action import waiting_for as waiting_now
from lastvote.access import Role
from lastvote.texts import text
from stakeholders.needs_action import asker
from tests import factories as make
from tests import rating_world as rw
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(make.open_town)
NOW, DAY = make.NOW, make.DAY
POINTS = (6100, 1900, 1000, 1000)


@pytest.fixture
def world(built):
    return copied(built)


@pytest.fixture
def town(world):
    return world[0]


def waiting_for(person, now):
    return waiting_now(asker(person, now))


def words(person, now=NOW):
    return [row.words for row in waiting_for(person, now)]


def test_an_open_round_waits_for_those_on_its_list_until_they_answer(town, world):
    member = town.members["A"][0]
    (row,) = waiting_for(member, NOW)
    reference = world[1].assessment.incident.reference
    assert (row.words, row.url) == ("Answer the questions", f"/testville/cases/{reference}/weigh/")
    assert (row.about, row.until) == (f"Housing chatbot ({reference})", world[1].closes_at)
    make.answer(world[1], member, POINTS)
    assert (words(member), words(town.members["B"][0], world[1].closes_at)) == ([], [])
    assert words(town.staff[Role.SECRETARIAT]) == []


def test_a_case_waits_for_an_evaluator_until_it_is_rated(town):
    unrated = rw.unrated(town)
    evaluator = town.evaluators[0]
    (row,) = waiting_for(evaluator, NOW)
    url = f"/testville/cases/{unrated.incident.reference}/assessments/1/rating/"
    assert (row.words, row.url) == ("Rate this case", url)
    rw.rate(unrated, evaluator)
    assert words(evaluator) == []


def test_a_proposed_round_waits_for_the_chair_and_not_for_others(town):
    assessment = make.make_assessment(town)
    opens = NOW + 10 * DAY
    proposal = rounds.propose_announcement(
        assessment=assessment, opens_at=opens, closes_at=opens + 20 * DAY, by=town.staff[Role.SECRETARIAT], now=NOW
    )
    chair = town.staff[Role.CHAIR]
    assert (words(chair), words(town.staff[Role.SECRETARIAT])) == (["Confirm what was proposed"], [])
    assert words(chair, proposal.expires_at) == []
    rounds.confirm_proposal(proposal=proposal, by=chair, now=NOW)
    assert words(chair) == []


def test_a_change_of_the_policy_waits_for_the_chair(town):
    body = town.policy.body.replace('"max_days":30', '"max_days":29')
    proposal = policy_proposals.propose_policy(
        base=town.policy, body=body, reason=text("Shorter rounds."), effective_from=(NOW + 30 * DAY).date(),
        by=town.staff[Role.ADMIN], now=NOW,
    )  # fmt: skip
    chair = town.staff[Role.CHAIR]
    assert [(row.words, row.url) for row in waiting_for(chair, NOW)] == [
        ("Decide on a change of the policy", "/testville/desk/policy/decide/")
    ]
    policy_proposals.adopt_proposal(proposal=proposal, seen=proposal.digest, by=chair, now=NOW)
    assert words(chair) == []
