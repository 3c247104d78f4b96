"""The protective default on real rows: communities count as they stood at the opening, and nobody is given away."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from assessments.actions import rounds
from assessments.scoring.record import digest
from deliberation.actions.cases import advance_due_cases
from deliberation.models import ProtectiveFinding
from deliberation.protection import communities_of
from lastvote.access import Role
from lastvote.texts import text
from stakeholders.actions import erase_person
from stakeholders.communities import join_community, register_community
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db
MILDER = (3000, 5800, 800, 400)
MIXED = t.SPLIT | {"C": MILDER}


def with_community(leanings, *, members, size=10, later=False):
    """A case in conflict; the first ``members`` of group C are a community that leans to harm."""
    world = w.rated(make.make_town(size=size), values=t.GRAVE)
    community = register_community(
        group=world.town.groups["C"], code="river", name=text("River estate"),
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR), now=make.NOW - make.DAY,
    )  # fmt: skip
    world.weight_round = make.open_round(world.town, world.assessment)
    for person in world.town.members["C"][:members]:
        known = make.NOW + make.DAY if later else make.NOW - make.DAY
        join_community(person=person, community=community, valid_from=make.START, by=world.staff(Role.CHAIR), now=known)
    t.weigh(world, world.weight_round, leanings, make.NOW)
    for person in world.town.members["C"][:members]:
        make.answer(world.weight_round, person, t.HARM)
    t.publish(world, world.weight_round)
    return world


def test_communities_have_the_sums_of_their_own_people():
    world = with_community(MIXED, members=5)
    (river,) = communities_of(world.weight_round)
    assert (river.code, river.group, river.sums.n, river.sums.position()) == ("river", "C", 5, t.HARM)


def test_people_added_after_the_round_opened_do_not_count():
    world = with_community(MIXED, members=5, later=True)
    (river,) = communities_of(world.weight_round)
    assert river.sums.n == 0


def to_the_end(world):
    advance_due_cases(world.weight_round.closes_at + make.DAY)
    for _round in range(2):
        t.answered_again(world, {})
    return ProtectiveFinding.objects.get()


def test_the_most_protective_community_decides_and_everything_can_be_worked_out_again(capsys):
    finding = to_the_end(with_community(MIXED, members=5))
    body = json.loads(finding.body)
    assert (body["decided_by"]["kind"], body["decided_by"]["code"]) == ("community", "river")
    assert body["decided_by"]["weights"] == list(t.HARM)
    assert [term["code"] for term in body["terms"]] == ["", "C", "river"]
    assert digest(finding.body.encode()) == finding.sha256
    call_command("score", finding.score_string)
    assert str(finding.score) in capsys.readouterr().out


def test_a_community_that_would_give_others_away_is_left_out_and_named():
    finding = to_the_end(with_community(MIXED, members=7))
    body = json.loads(finding.body)
    assert body["left_out"] == [{"community": "river", "reason": "rest_of_group_too_few"}]
    assert "river" not in {term["code"] for term in body["terms"]}


def test_a_finding_cannot_be_changed_or_removed():
    finding = to_the_end(with_community(MIXED, members=5))
    for act in (lambda: ProtectiveFinding.objects.update(score="0.1"), finding.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def own(place):
    """An answer like nobody else's."""
    return (7000 + 100 * place, 1000, 1600 - 100 * place, 400)


def ended_again(world, answers, opens, later=None):
    """Play a case to the protective default; group C answers as given, the others as far apart as ever."""
    world.weight_round = rounds.open_round(
        weight_round=make.announce(world.town, world.assessment, opens_at=opens), now=opens
    )
    t.weigh(world, world.weight_round, {code: answer for code, answer in t.SPLIT.items() if code != "C"}, opens)
    answer_all(world.weight_round, answers, opens)
    now = t.publish(world, world.weight_round)
    advance_due_cases(now)
    second = t.talks_of(world).follow_up
    rounds.open_due_rounds(second.opens_at)
    second.refresh_from_db()
    answer_all(second, later or {}, second.opens_at)
    advance_due_cases(t.publish(world, second))
    now = t.answered_again(world, {})
    return json.loads(t.case_of(world).finding.body), now


def answer_all(weight_round, answers, now):
    for person, points in answers.items():
        make.answer(weight_round, person, points, now=now)


def river_of(people, world, community=None, now=make.NOW - make.DAY):
    community = community or register_community(
        group=world.town.groups["C"], code="river", name=text("River estate"),
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR), now=now,
    )  # fmt: skip
    for person in people:
        join_community(person=person, community=community, valid_from=make.START, by=world.staff(Role.CHAIR), now=now)
    return community


def told(body):
    return [term["code"] for term in body["terms"] if term["kind"] == "community"], body["left_out"]


LEFT_OUT = ([], [{"community": "river", "reason": "earlier_publication_tells"}])


@pytest.mark.parametrize(
    ("joins", "changed", "expected"),
    [
        pytest.param(1, 0, LEFT_OUT, id="one joined, and the difference would be their answer"),
        pytest.param(0, 1, LEFT_OUT, id="one answered otherwise"),
        pytest.param(0, 0, (["river"], []), id="nobody joined and nobody changed, so nothing new is told"),
        pytest.param(0, 5, (["river"], []), id="five changed"),
    ],
)
def test_a_case_rated_again_tells_no_communitys_mean_that_gives_somebody_away(joins, changed, expected):
    world = w.rated(make.make_town(size=12), values=t.GRAVE)
    people = world.town.members["C"]
    river = river_of(people[:5], world)
    answers = {person: own(place) for place, person in enumerate(people)}
    first, now = ended_again(world, answers, make.NOW)
    assert told(first) == (["river"], [])
    river_of(people[5 : 5 + joins], world, river, now)
    others = {person: (5000 + 37 * place, 2100, 1900 - 37 * place, 1000) for place, person in enumerate(people[6:])}
    otherwise = {person: (6000 - 90 * place, 2000 + 90 * place, 1000, 1000) for place, person in enumerate(people)}
    anew = answers | others | {person: otherwise[person] for person in people[:changed]}
    second, _now = ended_again(t.rated_again(world, now), anew, now + 9 * make.DAY)
    assert told(second) == expected


@pytest.mark.parametrize(("first", "expected"), [(6, LEFT_OUT), (11, (["river"], []))])
def test_a_community_is_also_held_against_the_means_of_its_group_in_rounds_before(first, expected):
    """Of six that were published once, the five of a community give the sixth away, however many joined since."""
    world = w.rated(make.make_town(size=11), values=t.GRAVE)
    people = world.town.members["C"]
    river_of(people[:5], world)
    answers = {person: own(place) for place, person in enumerate(people)}
    early = {person: answers[person] for person in people[:first]}
    body, _now = ended_again(world, early, make.NOW, later=answers)
    assert told(body) == expected


def test_a_community_of_which_somebody_was_erased_since_is_not_told_again():
    """What was published of it cannot be worked out any more, so nothing can be held against it."""
    world = w.rated(make.make_town(size=13), values=t.GRAVE)
    people = world.town.members["C"]
    river_of(people[:6], world)
    answers = {person: own(place) for place, person in enumerate(people)}
    first, now = ended_again(world, answers, make.NOW)
    assert told(first) == (["river"], [])
    del answers[people[0]]
    erase_person(person=people[0], by=None, now=now)
    second, _now = ended_again(t.rated_again(world, now), answers, now + 9 * make.DAY)
    assert told(second) == LEFT_OUT
