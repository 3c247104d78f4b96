"""A town with second rounds, one open and one published, in which one group leaves its position to a delegate."""

import datetime as dt

from assessments.actions import follow_up, publication, rounds
from assessments.actions.positions import Stance, adopt_position
from assessments.models import Assessment, WeightRound
from lastvote.access import Role
from stakeholders import actions as people
from stakeholders.models import Account, Group
from stakeholders.states import PositionMode
from tests import factories as make
from tests.architecture.world import answer_number, send

FIRST = make.NOW - 40 * make.DAY
REASON = "We met twice and agreed on this."


def build(now: dt.datetime) -> tuple[dict[str, str], dict[str, Account | None]]:
    """Found the town; return addresses by state, and who can look at them."""
    town = make.make_town(slug="secondville", code="SC", codes=("A", "C", "D"), size=6)
    Group.objects.filter(pk=town.groups["D"].pk).update(position_mode=PositionMode.DELEGATE)
    delegate = town.members["D"][0]
    people.grant_role(
        person=delegate, role=Role.DELEGATE, valid_from=make.START, now=make.NOW - 80 * make.DAY,
        proposed_by=town.staff[Role.SECRETARIAT], confirmed_by=town.staff[Role.CHAIR],
    )  # fmt: skip
    again = _followed(town, "A case asked about again", opens_at=now - make.DAY)
    _followed(town, "A case asked about twice", opens_at=FIRST + 20 * make.DAY, publish=True)
    _adopt(_first(town, "A case a delegate spoke on", opens_at=make.NOW, answered=False), town, make.NOW)
    cases = {row.incident.title["texts"]["en"]: row for row in Assessment.objects.filter(policy=town.policy)}
    assert again.assessment_id == cases["A case asked about again"].pk
    return {
        "again": _case(cases["A case asked about again"]), "twice": _case(cases["A case asked about twice"]),
        "adopting": _case(cases["A case a delegate spoke on"]), "second": "/secondville/",
    }, {"delegate": delegate.account, "carried": town.members["C"][0].account}  # fmt: skip


def _case(assessment: Assessment) -> str:
    return f"/secondville/cases/{assessment.incident.reference}/"


def _first(town: make.Town, title: str, *, opens_at: dt.datetime, answered: bool = True) -> WeightRound:
    assessment = make.make_assessment(town, incident=make.make_incident(town, title=title))
    announced = make.announce(town, assessment, opens_at=opens_at, days=15)
    weight_round = rounds.open_round(weight_round=announced, now=opens_at)
    if answered:
        for place, person in enumerate([*town.members["A"], *town.members["C"]]):
            send(weight_round, person, answer_number(place), now=opens_at + make.DAY)
    return weight_round


def _adopt(weight_round: WeightRound, town: make.Town, now: dt.datetime) -> None:
    adopt_position(
        weight_round=weight_round, by=town.members["D"][0], stance=Stance((4000, 3000, 2000, 1000), REASON, "en"),
        key="adopted", now=now,
    )  # fmt: skip


def _followed(town: make.Town, title: str, *, opens_at: dt.datetime, publish: bool = False) -> WeightRound:
    """A published round and the one that follows it, in which one group changes much and another little."""
    first = _first(town, title, opens_at=FIRST)
    _adopt(first, town, FIRST)
    _end(first)
    after = follow_up.announce_follow_up(
        after=first, opens_at=opens_at, closes_at=opens_at + 15 * make.DAY, now=opens_at
    )
    second = rounds.open_round(weight_round=after, now=opens_at)
    if publish:
        for place, person in enumerate([*town.members["A"][:5], town.members["C"][0]]):
            send(second, person, answer_number(12 + place), now=opens_at + make.DAY)
        _end(second)
    return second


def _end(weight_round: WeightRound) -> None:
    late = weight_round.closes_at + make.DAY
    rounds.close_round(weight_round=weight_round, now=late)
    publication.count_and_publish(weight_round.assessment_id, late)
    weight_round.refresh_from_db()
