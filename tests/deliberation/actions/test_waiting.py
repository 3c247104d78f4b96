"""Nothing of the conflict protocol closes on incomplete input, and it goes on by itself once everything is counted."""

import datetime as dt

import pytest

from assessments.actions import publication, rounds
from assessments.models import ScoreRun
from deliberation.actions.cases import advance_case, advance_due_cases
from deliberation.models import ProtectiveFinding
from deliberation.states import CaseOutcome, CaseState, DeliberationState
from lastvote.errors import Refused
from lastvote.jobs.models import OutboxItem
from lastvote.jobs.outbox import MAX_ATTEMPTS
from lastvote.jobs.sweeper import sweep
from tests.deliberation import talks_world as t

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    """The last talks that are allowed: answers came in and nobody has counted them when they close."""
    world, _now = t.judged(t.SPLIT, values=t.MILD)
    one = t.talks_of(world)
    rounds.open_due_rounds(one.follow_up.opens_at + dt.timedelta(seconds=1))
    one.follow_up.refresh_from_db()
    t.weigh(world, one.follow_up, {"A": t.MISUSE}, one.follow_up.opens_at + dt.timedelta(seconds=1))
    now = one.follow_up.closes_at + dt.timedelta(minutes=1)
    rounds.close_due_rounds(now)
    advance_due_cases(now)  # its first parts are over as well
    return world, now


def test_talks_do_not_end_while_accepted_answers_wait(closed):
    world, now = closed
    assert OutboxItem.objects.filter(kind="recompute", subject_id=world.assessment.pk).exists()
    for _beat in range(3):
        publication.publish_closed_rounds(now)
        advance_case(world.assessment.pk, now)
        advance_due_cases(now)
    one = t.talks_of(world)
    assert (one.state, one.follow_up.state) == (DeliberationState.ANSWERS, "closed")
    assert (t.case_of(world).state, ProtectiveFinding.objects.count()) == (CaseState.DELIBERATING, 0)
    with pytest.raises(Refused) as refusal:
        publication.publish_round(weight_round=one.follow_up, now=now)
    assert refusal.value.code == "pending_inputs"


def test_a_sweep_counts_them_and_the_case_goes_on_to_its_end(closed):
    world, now = closed
    for _beat in range(3):
        sweep(now)
    one, case = t.talks_of(world), t.case_of(world)
    assert (one.state, one.follow_up.state) == (DeliberationState.ENDED, "published")
    assert (case.state, case.outcome) == (CaseState.AWAITING_DECISION, CaseOutcome.PROTECTIVE_DEFAULT)
    finding = ProtectiveFinding.objects.get(case=case)
    run = ScoreRun.objects.get(round=finding.weight_round, published=True)
    world.assessment.refresh_from_db()
    assert (finding.weight_round, run.rev) == (one.follow_up, world.assessment.input_rev)


def test_work_that_was_given_up_holds_the_talks_until_somebody_revives_it(closed):
    world, now = closed
    work = OutboxItem.objects.filter(kind="recompute", subject_id=world.assessment.pk)
    work.update(dead_at=now, attempts=MAX_ATTEMPTS)
    for _beat in range(3):
        sweep(now)
    assert (t.talks_of(world).state, t.case_of(world).outcome) == (DeliberationState.ANSWERS, "")
    work.update(dead_at=None, attempts=0, next_attempt_at=now)
    for _beat in range(3):
        sweep(now)
    assert t.talks_of(world).state == DeliberationState.ENDED
