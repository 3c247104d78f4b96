"""The whole narrow way: rated, announced, opened, answered, closed, counted, published."""

import datetime as dt
import json

import pytest

from assessments import reads
from assessments.actions import publication, rounds, upkeep
from assessments.models import ScoreRun
from assessments.scoring.score_string import check
from assessments.states import RoundState
from lastvote.access import Role
from lastvote.errors import Refused
from lastvote.jobs.models import OutboxItem
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = make.NOW + dt.timedelta(days=22)


def close(weight_round, now=LATER):
    rounds.close_due_rounds(now)
    publication.count_and_publish(weight_round.assessment_id, now)
    weight_round.refresh_from_db()


def test_a_frozen_rating_has_a_public_score_from_equal_weights():
    town = make.make_town()
    assessment = make.make_assessment(town)
    result = reads.published_result(assessment)
    assert (result.binding["score"], result.binding["weights_source"], result.round) == ("0.6250", "EQ", None)


def test_a_round_goes_from_announcement_to_a_published_score():
    town = make.make_town(size=5)
    weight_round = make.open_round(town)
    for letter, members in town.members.items():
        for person in members:
            make.answer(weight_round, person, (7000, 1000, 1000, 1000) if letter == "C" else (2500, 2500, 2500, 2500))
    close(weight_round)
    result = reads.published_result(weight_round.assessment)
    assert weight_round.state == RoundState.PUBLISHED
    assert result.binding["weights_source"] == "RO"
    assert [row["n"] for row in result.binding["groups"]] == [5] * 7
    assert check(result.record.score_string).ok
    assert json.loads(result.record.body)["result"] == result.binding


def test_publication_leaves_one_run_of_the_round():
    town = make.make_town(size=5)
    weight_round = make.open_round(town)
    for person in town.members["C"]:
        make.answer(weight_round, person, (10000, 0, 0, 0))
        publication.count_and_publish(weight_round.assessment_id, make.NOW)
    before = ScoreRun.objects.filter(round=weight_round).count()
    close(weight_round)
    assert (before, ScoreRun.objects.filter(round=weight_round).count()) == (5, 1)


def test_publication_refuses_while_something_is_not_counted_and_then_goes_on():
    town = make.make_town(size=5)
    weight_round = make.open_round(town)
    make.answer(weight_round, town.members["A"][0], (10000, 0, 0, 0))
    rounds.close_due_rounds(LATER)
    with pytest.raises(Refused) as refusal:
        publication.publish_round(weight_round=weight_round, now=LATER)
    assert (refusal.value.code, refusal.value.status, refusal.value.details["waiting"]) == ("pending_inputs", 409, 2)
    publication.count_and_publish(weight_round.assessment_id, LATER)
    weight_round.refresh_from_db()
    assert weight_round.state == RoundState.PUBLISHED


def test_the_chair_closes_early_what_the_secretariat_proposed():
    town = make.make_town(size=5)
    weight_round = make.open_round(town)
    for members in town.members.values():
        for person in members:
            make.answer(weight_round, person, (2500, 2500, 2500, 2500))
    proposal = rounds.propose_early_close(
        weight_round=weight_round, reason="Everybody has answered.", by=town.staff[Role.SECRETARIAT], now=make.NOW
    )
    closed = rounds.confirm_proposal(proposal=proposal, by=town.staff[Role.CHAIR], now=make.NOW)
    assert (closed.state, closed.closed_at) == (RoundState.CLOSED, make.NOW)


def test_a_closed_round_scored_with_older_formulas_is_scored_again_and_published():
    town = make.make_town(size=5)
    weight_round = make.open_round(town)
    make.answer(weight_round, town.members["A"][0], (10000, 0, 0, 0))
    publication.count_and_publish(weight_round.assessment_id, make.NOW)
    ScoreRun.objects.filter(round=weight_round).update(engine="0")
    rounds.close_due_rounds(LATER)
    OutboxItem.objects.all().delete()
    assert publication.publish_closed_rounds(LATER) == 0
    assert upkeep.owe_missing_scores(LATER) == 1
    publication.count_and_publish(weight_round.assessment_id, LATER)
    weight_round.refresh_from_db()
    assert (weight_round.state, upkeep.owe_missing_scores(LATER)) == (RoundState.PUBLISHED, 0)
