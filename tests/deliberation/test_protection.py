"""The protective default on real rows: communities count as they stood at the opening, and nobody is given away."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from assessments.models import RollEntry
from assessments.scoring.record import digest
from deliberation.actions.cases import advance_due_cases
from deliberation.community_means import communities_in
from deliberation.models import CommunityMean, ProtectiveFinding
from lastvote.access import Role
from lastvote.texts import text
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
    (river,) = (one.as_input for one in communities_in(world.weight_round))
    assert (river.code, river.group, river.sums.n, river.sums.position()) == ("river", "C", 5, t.HARM)


def test_people_added_after_the_round_opened_do_not_count():
    world = with_community(MIXED, members=5, later=True)
    (river,) = (one.as_input for one in communities_in(world.weight_round))
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
    rows = ProtectiveFinding.objects.filter(pk=finding.pk)
    for act in (lambda: rows.update(score="0.1"), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_what_a_finding_told_of_a_community_cannot_be_changed_or_removed():
    finding = to_the_end(with_community(MIXED, members=5))
    row = finding.community_means.get()
    entries = RollEntry.objects.filter(pk__in=row.places)
    assert {entry.current.submission.points == list(t.HARM) for entry in entries} == {True}
    for act in (lambda: CommunityMean.objects.update(places=[]), row.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
