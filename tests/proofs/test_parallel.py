"""Many requests at the same moment: one act each, whatever they race with."""

import os
from collections import Counter
from dataclasses import replace
from functools import partial

import pytest

from assessments import reads
from assessments.actions import answers, publication, rating_drafts, ratings, rounds, scores
from assessments.actions.answers import Accepted, Answer
from assessments.models import CurrentAnswer, GroupSum, Rating, ScoreRun, Submission, WeightRound
from assessments.states import AnswerMethod, RoundState
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.jobs.models import IdempotencyKey, OutboxItem
from tests import factories as make
from tests import rating_world as rw
from tests.proofs.stages import AFTER_CLOSE, CLOSES_AT, PLANS, build
from tests.proofs.together import together

REQUESTS = 200
ROUNDS = int(os.environ.get("PARALLEL_ROUNDS", "3"))
"""How often the identical requests race here; the full measure is 50."""
ALIKE = Answer(points=(4000, 3000, 2000, 1000), method=AnswerMethod.POINTS, raw={"points": ["4", "3", "2", "1"]})

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage():
    return build(replace(PLANS[0], sizes=(8, 8, 8, 8, 8, 8, 8)))


def submit(stage, person, key, *, answer=ALIKE, now=make.NOW):
    return answers.submit_answer(weight_round=stage.round, by=person, answer=answer, key=key, now=now)


def faults(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception) and not isinstance(outcome, Refused)]


def owed(stage):
    return OutboxItem.objects.filter(kind="recompute", subject_id=stage.round.assessment_id).count()


def test_identical_requests_are_one_act(stage):
    for number, person in enumerate(stage.people[:ROUNDS]):
        stage.round.assessment.refresh_from_db()
        before, owed_before = stage.round.assessment.input_rev, owed(stage)
        outcomes = together([partial(submit, stage, person, f"same-{number}")] * REQUESTS)

        assert faults(outcomes) == []
        assert [outcome for outcome in outcomes if isinstance(outcome, Refused)] == []
        entry = reads.roll_entry_of(stage.round, person)
        only = Submission.objects.get(roll_entry=entry)
        assert {outcome.receipt for outcome in outcomes} == {only.detail.receipt}
        assert CurrentAnswer.objects.get(roll_entry=entry).submission == only
        assert IdempotencyKey.objects.filter(scope=f"answer:{entry.round_id}:{entry.pk}").count() == 1
        assert owed(stage) == owed_before + 1
        stage.round.assessment.refresh_from_db()
        assert stage.round.assessment.input_rev == before + 1
    assert AuditEvent.objects.filter(kind="answer.accepted").count() == ROUNDS


def test_one_person_with_different_answers_at_once_ends_with_one(stage):
    person = stage.people[0]
    rolled = [
        replace(ALIKE, points=(10_000 - number, number, 0, 0), raw={"points": [str(number)]}) for number in range(40)
    ]
    outcomes = together(
        [partial(submit, stage, person, f"mine-{number}", answer=answer) for number, answer in enumerate(rolled)]
    )
    assert faults(outcomes) == []
    accepted = [outcome.submission for outcome in outcomes if isinstance(outcome, Accepted)]
    assert sorted(submission.version for submission in accepted) == list(range(1, len(accepted) + 1))
    last = max(accepted, key=lambda submission: submission.version)
    assert CurrentAnswer.objects.get().submission == last
    scores.recompute(assessment_id=stage.round.assessment_id, now=make.NOW)
    row = GroupSum.objects.get(round=stage.round, group=stage.town.groups["A"])
    assert (row.n, row.s) == (1, last.points)


def test_fifty_people_and_two_counts_at_once(stage):
    people = stage.people[:50]
    count = partial(scores.recompute, assessment_id=stage.round.assessment_id, now=make.NOW)
    outcomes = together([*[partial(submit, stage, person, "own") for person in people], count, count])
    assert faults(outcomes) == []
    assert [outcome for outcome in outcomes if isinstance(outcome, Refused)] == []
    assert Submission.objects.count() == len(people)
    revisions = Submission.objects.order_by("rev").values_list("rev", flat=True)
    assert list(revisions) == list(range(revisions[0], revisions[0] + len(people)))

    count()
    stored = {row.group_id: (row.n, tuple(row.s)) for row in GroupSum.objects.filter(round=stage.round)}
    scratch = scores.sums_from_scratch(stage.round)
    assert stored == {pk: (one.n, one.s) for pk, one in scratch.items()}
    assert sum(n for n, _sums in stored.values()) == len(people)


def test_what_races_with_the_close_is_counted_or_refused(stage):
    """Answers that arrived in time wait for the same lock as the close; after it, nothing gets in."""
    last_moment = CLOSES_AT - make.DAY / 86_400
    acts = [partial(submit, stage, person, "own", now=last_moment) for person in stage.people]
    middle = len(acts) // 2
    acts[middle:middle] = [partial(rounds.close_due_rounds, AFTER_CLOSE)] * 3
    outcomes = together(acts)

    assert faults(outcomes) == []
    assert sum(outcome for outcome in outcomes if isinstance(outcome, int)) == 1
    accepted = [outcome for outcome in outcomes if isinstance(outcome, Accepted)]
    refused = Counter(outcome.code for outcome in outcomes if isinstance(outcome, Refused))
    assert refused == Counter(round_closed=len(stage.people) - len(accepted))

    publication.count_and_publish(stage.round.assessment_id, AFTER_CLOSE)
    stage.round.refresh_from_db()
    run = ScoreRun.objects.get(round=stage.round)
    assert (stage.round.state, stage.round.closed_at) == (RoundState.PUBLISHED, CLOSES_AT)
    assert sum(GroupSum.objects.filter(round=stage.round).values_list("n", flat=True)) == len(accepted)
    assert run.rev == Submission.objects.count() + first_revision(stage)
    assert AuditEvent.objects.filter(kind="round.closed").count() == 1


def first_revision(stage):
    """The revision at which the round opened."""
    stage.round.assessment.refresh_from_db()
    return stage.round.assessment.input_rev - Submission.objects.count()


def test_several_publish_at_once_and_one_record_comes_of_it(stage):
    for person in stage.people[:6]:
        submit(stage, person, "own")
    rounds.close_due_rounds(AFTER_CLOSE)
    outcomes = together([partial(publication.count_and_publish, stage.round.assessment_id, AFTER_CLOSE)] * 6)
    assert faults(outcomes) == []
    assert ScoreRun.objects.filter(round=stage.round).count() == 1
    assert AuditEvent.objects.filter(kind="round.published").count() == 1
    assert WeightRound.objects.get(pk=stage.round.pk).record.round_id == stage.round.pk


def test_two_people_confirm_one_proposal_and_one_of_them_did(stage):
    town = stage.town
    second = make._official(town.jurisdiction, town.jurisdiction.slug, Role.CHAIR, town.staff, number=2)
    for person in stage.people:
        submit(stage, person, "own")
    proposal = rounds.propose_early_close(
        weight_round=stage.round, reason="Everybody has answered.", by=town.staff[Role.SECRETARIAT], now=make.NOW
    )
    outcomes = together(
        [
            partial(rounds.confirm_proposal, proposal=proposal, by=chair, now=make.NOW)
            for chair in (town.staff[Role.CHAIR], second)
        ]
    )
    assert faults(outcomes) == []
    assert Counter(getattr(outcome, "code", "closed") for outcome in outcomes) == Counter(
        ["closed", "already_confirmed"]
    )
    assert [outcome.status for outcome in outcomes if isinstance(outcome, Refused)] == [409]
    assert AuditEvent.objects.filter(kind="round.closed").count() == 1


def test_one_rating_sent_many_times_at_once_is_handed_in_once():
    town = make.make_town(size=1)
    assessment, by = rw.unrated(town), town.evaluators[0]
    draft = rating_drafts.save_rating_draft(assessment=assessment, item="I", entries={}, by=by, now=make.NOW)
    send = partial(ratings.submit_rating, assessment=assessment, by=by, now=make.NOW, draft=draft)
    outcomes = together([partial(send, values=rw.rows(assessment))] * 20)
    assert faults(outcomes) == []
    only = Rating.objects.get()
    assert {outcome.pk for outcome in outcomes} == {only.pk}
    assert AuditEvent.objects.filter(kind="rating.submitted").count() == 1
