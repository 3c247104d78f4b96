"""Means of communities and of their groups are held against each other, whichever was told first (P9)."""

import json

import pytest

from assessments.actions import rounds
from assessments.actions.positions import Stance, adopt_position
from assessments.models import RoundRecord
from deliberation.actions.cases import advance_due_cases
from deliberation.community_means import communities_in
from lastvote.access import Role
from lastvote.texts import text
from stakeholders.actions import add_group, erase_person, grant_role
from stakeholders.communities import join_community, register_community
from stakeholders.models import Group
from stakeholders.states import PositionMode
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db


def own(place):
    """An answer like nobody else's."""
    return (7000 + 100 * place, 1000, 1600 - 100 * place, 400)


def ended_again(world, answers, opens, later=None, adopts=None):
    """Play a case to the protective default; group C answers as given, the others as far apart as ever."""
    world.weight_round = rounds.open_round(
        weight_round=make.announce(world.town, world.assessment, opens_at=opens), now=opens
    )
    t.weigh(world, world.weight_round, {code: answer for code, answer in t.SPLIT.items() if code != "C"}, opens)
    answer_all(world.weight_round, answers, opens)
    if adopts:
        stance = Stance(t.HARM, "We met on Monday.", "en")
        adopt_position(weight_round=world.weight_round, by=adopts, stance=stance, key="key", now=opens)
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


@pytest.mark.parametrize(("changed", "expected"), [(0, LEFT_OUT), (5, (["river"], []))])
def test_a_community_of_which_somebody_was_erased_since_is_held_against_what_was_told(changed, expected):
    """Which answers were behind a mean outlives who gave them."""
    world = w.rated(make.make_town(size=14), values=t.GRAVE)
    people = world.town.members["C"]
    river_of(people[:7], world)
    answers = {person: own(place) for place, person in enumerate(people)}
    first, now = ended_again(world, answers, make.NOW)
    assert told(first) == (["river"], [])
    del answers[people[0]]
    erase_person(person=people[0], by=None, now=now)
    anew = answers | {person: (3000, 3000 + 100 * place, 3000 - 100 * place, 1000)
                      for place, person in enumerate(people[1 : 1 + changed])}  # fmt: skip
    second, _now = ended_again(t.rated_again(world, now), anew, now + 9 * make.DAY)
    assert told(second) == expected


def position_of_c(reference):
    result = json.loads(RoundRecord.objects.get(reference=reference).body)["result"]
    return next((row["how"], row["position"]) for row in result["groups"] if row["code"] == "C")


@pytest.mark.parametrize(("joins", "how"), [(1, "held"), (0, "mean"), (7, "mean")])
def test_a_group_is_held_against_the_means_of_its_communities(joins, how):
    """When everybody else has left and one has joined, the mean of the group is the community's and that one answer.

    When nobody joins, it is what was told of the community already, and so tells nothing new.
    """
    world = w.rated(make.make_town(size=22), values=t.GRAVE)
    people = world.town.members["C"]
    river_of(people[:5], world)
    answers = {person: own(place) for place, person in enumerate(people[:15])}
    first, now = ended_again(world, answers, make.NOW)
    assert told(first) == (["river"], [])
    for person in people[5:15]:
        erase_person(person=person, by=None, now=now)
    anew = {person: answers[person] for person in people[:5]}
    anew |= dict.fromkeys(people[15 : 15 + joins], (4000, 1000, 3000, 2000))
    again = t.rated_again(world, now)
    second, _now = ended_again(again, anew, now + 9 * make.DAY)
    before, after = position_of_c(first["round_record"]), position_of_c(again.weight_round.record.reference)
    assert (after[0], after[1] == before[1]) == (how, how == "held")
    assert position_of_c(second["round_record"]) == ("held", after[1])  # rounds that told nothing hide no round before


def test_a_group_that_has_no_mean_to_go_back_to_keeps_what_its_delegate_adopted():
    """A community was told of while a delegate spoke for the group; now its own answers count, and are too like it."""
    world = w.rated(make.make_town(size=16), values=t.GRAVE)
    members, mode = world.town.members["C"], Group.objects.filter(pk=world.town.groups["C"].pk)
    river_of(members[:5], world)
    delegated(world, mode, members[0])
    answers = {person: own(place) for place, person in enumerate(members[:15])}
    first, now = ended_again(world, answers, make.NOW, adopts=members[0])
    assert (told(first), position_of_c(first["round_record"])) == ((["river"], []), ("adopted", list(t.HARM)))
    mode.update(position_mode=PositionMode.MEAN)
    for person in members[5:15]:
        erase_person(person=person, by=None, now=now)
    again = t.rated_again(world, now)
    anew = {person: answers[person] for person in members[:5]} | {members[15]: (4000, 1000, 3000, 2000)}
    ended_again(again, anew, now + 9 * make.DAY)
    record = json.loads(again.weight_round.record.body)
    assert position_of_c(again.weight_round.record.reference) == ("adopted", list(t.HARM))
    assert record["adopted"]["C"]["points"] == list(t.HARM)
    assert "C" not in record["standing"]


def delegated(world, mode, person):
    mode.update(position_mode=PositionMode.DELEGATE)
    grant_role(
        person=person, role=Role.DELEGATE, valid_from=make.START, now=make.NOW,
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip


def test_communities_of_groups_that_came_later_and_communities_that_came_later_are_not_of_a_round():
    world = w.rated(make.make_town(size=6), values=t.GRAVE)
    river_of([], world)
    weight_round = make.open_round(world.town, world.assessment)
    later = add_group(
        jurisdiction=world.town.jurisdiction, code="H", name=text("Later"), description=text("Later"), label="L",
        position_order=20, slot=20, is_affected=True, now=make.NOW,
    )  # fmt: skip
    for group, code in ((later, "coast"), (world.town.groups["C"], "hill")):
        register_community(
            group=group, code=code, name=text(code), now=make.NOW + make.DAY,
            proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
        )  # fmt: skip
    t.weigh(world, weight_round, t.SPLIT, make.NOW)
    t.publish(world, weight_round)
    assert [one.registered.code for one in communities_in(weight_round)] == ["river"]


def test_of_a_group_that_is_not_counted_for_the_sake_of_its_community_no_part_is_told_either():
    """The group needs ten answers. Seven of a community were told of; with three more it is too like them."""
    world = w.rated(make.make_town(size=10, min_size=10), values=t.GRAVE)
    members = world.town.members["C"]
    river_of(members[:7], world)
    answers = {person: own(place) for place, person in enumerate(members[:7])}
    first, now = ended_again(world, answers, make.NOW)
    assert (told(first), position_of_c(first["round_record"])[0]) == ((["river"], []), "absent")
    again = t.rated_again(world, now)
    more = {person: (5000 + 37 * place, 2100, 1900 - 37 * place, 1000) for place, person in enumerate(members[7:])}
    second, _now = ended_again(again, answers | more, now + 9 * make.DAY)
    assert position_of_c(again.weight_round.record.reference)[0] == "absent"
    assert told(second) == ([], [{"community": "river", "reason": "too_few_members"}])
