"""Several beats at the same moment, on threads of their own: a due step of a case is taken once, at its legal time."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from assessments.actions import publication, rounds
from deliberation.actions import cases, changes, timing
from deliberation.models import Case
from deliberation.notices import names
from deliberation.notices.clocks import warn_of_clocks
from deliberation.notices.rounds import tell_of_ending_statements
from deliberation.notices.timing import tell_of_ended_pauses
from deliberation.states import CaseState
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from stakeholders.models import Notice, ToldStep
from stakeholders.notices.telling import STEP
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.proofs.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
BEATS = 3
SECOND = dt.timedelta(seconds=1)
LATE = dt.timedelta(hours=5)
"""So long after an end the beats come. What they write down still says when it was over by law."""


@dataclass
class Play:
    """A case, and what was written down about it and owed for it before the beats came."""

    world: w.World
    now: dt.datetime

    @property
    def one(self):
        return t.talks_of(self.world)

    def due(self, kind):
        return self.one.clocks.get(kind=kind).due_at

    def at_once(self, act: Callable[[dt.datetime], object], *others: Callable[[dt.datetime], object]):
        """Have every beat do its acts at the same moment; return what was new, and how much the first acts did."""
        events, told = AuditEvent.objects.order_by("pk").last().pk, set(ToldStep.objects.values_list("pk", flat=True))
        OutboxItem.objects.all().delete()
        outcomes = together([partial(one, self.now) for one in (act,) * BEATS + others])
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
        steps = AuditEvent.objects.filter(pk__gt=events).order_by("pk")
        owed = ToldStep.objects.exclude(pk__in=told).values_list("kind", flat=True)
        items = OutboxItem.objects.filter(kind__startswith=STEP).values_list("kind", flat=True)
        assert Counter(items) == Counter(f"{STEP}{kind}" for kind in owed)
        return [(row.kind, row.effective_at) for row in steps], Counter(owed), sum(outcomes)

    def advance(self):
        """Have the beats ask for every case, and two workers for this one alone."""
        alone = partial(cases.advance_case, self.world.assessment.pk)
        return self.at_once(cases.advance_due_cases, alone, alone)


def split(now=make.NOW):
    """A case whose groups differ and whose first answers are published, which nobody has judged yet."""
    town = make.make_town(size=5)
    world = w.opened(town, values=t.GRAVE)
    t.weigh(world, world.weight_round, t.SPLIT, now)
    return Play(world, t.publish(world, world.weight_round) + LATE)


def begin(now):
    """What is written down when talks begin: the days of their answers, and why they were convened."""
    return [("round.announced", now), ("case.convened", now)]


def test_every_due_step_of_a_case_is_taken_once_by_several_beats_at_once():
    play = split()
    new = {names.TALKS_CONVENED: 1, names.TALKS_TO_PREPARE: 1}
    assert play.advance() == ([("case.opened", play.now), *begin(play.now)], new, 1)

    for kind, step, state in (
        ("statements", "case.statements_ended", "session"), ("session", "case.sessions_ended", "answers"),
    ):  # fmt: skip
        play.now = play.due(kind) + LATE
        assert play.advance() == ([(step, play.due(kind))], {}, 1)
        assert (play.one.state, play.one.clocks.get(kind=kind).stopped_at) == (state, play.due(kind))

    first = play.one.follow_up
    play.now = first.closes_at - LATE
    steps, _told, count = play.at_once(rounds.open_due_rounds)
    assert (steps, count) == ([("round.opened", first.opens_at), ("round.answers_carried", play.now)], 1)
    play.now = first.closes_at + LATE
    steps, _told, count = play.at_once(rounds.close_due_rounds)
    assert (steps, count) == ([("round.closed", first.closes_at)], 1)

    publication.count_and_publish(play.world.assessment.pk, play.now)
    ended = ("case.round_ended", first.closes_at)
    assert play.advance() == ([ended, *begin(play.now)], new, 2)
    assert (play.one.number, t.case_of(play.world).rounds_ended) == (2, 1)

    second = play.one.follow_up
    rounds.open_due_rounds(second.opens_at)
    play.now = t.publish(play.world, second) + LATE
    steps, told, count = play.advance()
    ends = [("case.statements_ended", play.due("statements")), ("case.sessions_ended", play.due("session")),
            ("case.round_ended", second.closes_at)]  # fmt: skip
    assert (steps, count) == ([*ends, ("case.settled", play.now), ("case.protected", play.now)], 4)
    assert told == {names.CASE_SETTLED: 1, names.CASE_AWAITS: 1}
    assert t.case_of(play.world).state == "awaiting"


@pytest.mark.parametrize("share", [50, 80, 100])
def test_a_share_of_a_term_is_warned_of_once(share):
    play = split()
    cases.advance_case(play.world.assessment.pk, play.now)
    began, ends = play.now, play.due("statements")
    play.now = began + (ends - began) * share / 100 + SECOND
    kind = f"{names.CLOCK}{share}"
    _steps, told, count = play.at_once(warn_of_clocks)
    assert (told[kind], count) == (1, sum(told.values()))
    assert_told_once(play, kind)


def assert_told_once(play, kind):
    """Have the beats also write the notices at the same moment."""
    subject = OutboxItem.objects.get(kind=f"{STEP}{kind}").subject_id
    deliver = partial(outbox.deliver, f"{STEP}{kind}", subject, play.now)
    outcomes = together([deliver] * BEATS)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    people = list(Notice.objects.filter(kind=kind, subject_id=subject).values_list("person_id", flat=True))
    assert people
    assert len(people) == len(set(people))
    assert not OutboxItem.objects.filter(kind=f"{STEP}{kind}").exists()


def test_the_last_days_of_the_statements_and_the_end_of_a_pause_are_told_once():
    play = split()
    cases.advance_case(play.world.assessment.pk, play.now)
    last = (play.now + 2 * make.DAY).date()
    timing.pause_talks(
        one=play.one, reason="court", explanation="Wait.", last_day=last, by=play.world.staff(Role.SECRETARIAT),
        now=play.now,
    )  # fmt: skip
    play.now += 4 * make.DAY
    assert play.at_once(tell_of_ended_pauses) == ([], {names.TALKS_GO_ON: 1}, 1)
    assert_told_once(play, names.TALKS_GO_ON)
    play.now = play.due("statements") - 2 * make.DAY
    assert play.at_once(tell_of_ending_statements) == ([], {names.STATEMENTS_ENDING: 1}, 1)
    assert_told_once(play, names.STATEMENTS_ENDING)


def test_of_several_who_move_the_same_case_as_they_read_it_one_does():
    """Without the lock of the assessment, the compare-and-set alone lets one through."""
    play = split()
    cases.advance_case(play.world.assessment.pk, play.now)
    read = [Case.objects.get() for _beat in range(BEATS)]
    revision = read[0].revision
    outcomes = together([partial(changes.move_case, case, CaseState.WEIGHING, rounds_ended=1) for case in read])
    refused = [outcome.code for outcome in outcomes if isinstance(outcome, Refused)]
    assert (refused, outcomes.count(None)) == (["already_changed"] * (BEATS - 1), 1)
    assert Case.objects.get().revision == revision + 1
