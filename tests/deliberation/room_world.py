"""A round of talks with reasons and replies in it, for the pages that show them."""

from itertools import count

from assessments.models import EvidenceItem
from deliberation.actions.statements import Reason, Response, make_statement, reply
from deliberation.models import DeliberationRound, Statement
from lastvote.access import Role
from stakeholders import actions as people
from stakeholders.models import Group
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

BURDEN = Reason(item="I", difference="burden", words="We are the ones who lose the flat.", would_change="A refund.")
READING = Reason(item="E", difference="reading", words="The report says that anybody can do it.")
ALSO_MINE = Response("adopt")
_keys = count(1)


def facilitator_of(world: w.World):
    """Somebody who may lead sessions, and neither sells nor answers for such systems."""
    person = people.add_person(
        jurisdiction=world.town.jurisdiction, name="Fay", email="fay@testville.example", now=make.NOW
    )
    people.grant_role(
        person=person, role=Role.FACILITATOR, valid_from=make.START, now=make.NOW,
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip
    return person


def comes_to_sell(world: w.World, person) -> None:
    """Let somebody join a group that sells or runs such systems."""
    seller = world.town.groups["F"]
    Group.objects.filter(pk=seller.pk).update(is_deployer_side=True)
    people.join_group(person=person, group=seller, valid_from=make.START, now=make.NOW)


def room_url(world: w.World, number: int = 1) -> str:
    return f"{world.case_url}talks/{number}/"


def named_url(world: w.World, number: int = 1) -> str:
    """The same room under the address that names its assessment."""
    return f"{world.case_url}assessments/{world.assessment.number}/talks/{number}/"


def desk_url(world: w.World, number: int = 1) -> str:
    """Where the talks are organised and led."""
    return named_url(world, number).replace("/cases/", "/desk/cases/")


def in_talks():
    """A case whose first round of talks has just been convened; the world, the round, and the moment after."""
    world, now = t.judged(t.SPLIT)
    return world, t.talks_of(world), now


def say(one: DeliberationRound, by, now, reason: Reason = BURDEN) -> Statement:
    return make_statement(one=one, by=by, reason=reason, key=f"said-{next(_keys)}", now=now)


def respond(statement: Statement, by, now, response: Response = ALSO_MINE):
    return reply(statement=statement, by=by, response=response, key=f"said-{next(_keys)}", now=now)


def evidence_of(world: w.World) -> EvidenceItem:
    return EvidenceItem.objects.filter(incident=world.assessment.incident).earliest("number")


def ended(world: w.World):
    """Run both rounds of talks to their end without a word; the case ends in the protective default."""
    t.answered_again(world, {})
    return t.answered_again(world, {})
