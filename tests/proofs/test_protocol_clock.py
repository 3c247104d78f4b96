"""Whatever the clock, the beats and the people do: every due step of a case is taken once, in order, at its legal time.

Each example plays one case on a clock that jumps as it likes. Sweeps come late, early, doubled or three at once; terms
are extended, paused, credited and counted anew; answers are closed early; days on which the clocks change and a leap
day lie in the way.
"""

import datetime as dt
import os
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessments.actions import publication, rounds
from assessments.actions.answers import keep_answer
from deliberation.actions import cases, timing
from deliberation.actions.calendars import adopt_calendar
from deliberation.models import Case, Clock, DeliberationRound
from deliberation.states import DeliberationState
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.texts import text
from tests import factories as make
from tests.deliberation import talks_world as t

EXAMPLES = int(os.environ.get("PROTOCOL_EXAMPLES", "5"))
"""Histories for each beginning; more of them by command, as docs/proofs.md says."""
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600 + 20 * EXAMPLES)]
LATE = 24 * 7 + 6
"""Hours after which the statements have been over for a little, and no sweep may have come."""
STEPS = {
    "case.opened": 0, "case.convened": 1, "case.statements_ended": 2, "case.sessions_ended": 3, "case.round_ended": 4,
    "case.settled": 5, "case.protected": 6,
}  # fmt: skip


class Play:
    """One case and the moment it is now."""

    def __init__(self, world, now):
        self.world = world
        self.now = now
        self.over = {}

    @property
    def one(self):
        return DeliberationRound.objects.select_related("case", "follow_up").latest("number")

    def act(self, name, amount):
        """Do one thing; an end that had come before stays where it was."""
        getattr(self, name)(amount)
        ends = dict(Clock.objects.filter(case__assessment=self.world.assessment).values_list("pk", "due_at"))
        assert self.over == {pk: ends[pk] for pk in self.over}
        self.over = {pk: due_at for pk, due_at in ends.items() if due_at <= self.now}

    def wait(self, hours):
        self.now += dt.timedelta(hours=hours)

    def sweep(self, times):
        """Do what a sweep does, that often at the same moment."""
        for _beat in range(times):
            rounds.open_due_rounds(self.now)
            rounds.close_due_rounds(self.now)
            publication.publish_closed_rounds(self.now)
            publication.count_and_publish(self.world.assessment.pk, self.now)
            cases.advance_due_cases(self.now)

    def early(self, hours):
        """A beat whose clock is slow."""
        cases.advance_due_cases(self.now - dt.timedelta(hours=hours))

    def attempt(self, act: Callable[..., object], **wanted):
        """Do what may be refused: too late, twice, or more than is allowed."""
        try:
            act(by=self.world.staff(Role.SECRETARIAT), now=self.now, **wanted)
        except Refused:
            return

    def extend(self, days):
        self.attempt(timing.extend_talks, one=self.one, days=days, reason="More time.")

    def extend_answers(self, days):
        """The round of answers has no extension beside that of the talks."""
        weight_round, longer = self.one.follow_up, dt.timedelta(days=days)
        later = weight_round.closes_at + longer
        self.attempt(rounds.extend_round, weight_round=weight_round, closes_at=later, reason="More time.")

    def close_early(self, after):
        """Have everybody keep their answer, and two people close the round; they publish it after so many hours."""
        weight_round = self.one.follow_up
        try:
            for place in weight_round.roll.all():
                keep_answer(weight_round=weight_round, by=place.person, key="kept", now=self.now)
            by = self.world.staff(Role.SECRETARIAT)
            early = rounds.propose_early_close(weight_round=weight_round, reason="All are in.", by=by, now=self.now)
            rounds.confirm_proposal(proposal=early, by=self.world.staff(Role.CHAIR), now=self.now)
        except Refused:
            return
        self.now += dt.timedelta(hours=after)
        publication.count_and_publish(self.world.assessment.pk, self.now)

    def pause(self, days):
        last = self.now.date() + dt.timedelta(days=days)
        self.attempt(timing.pause_talks, one=self.one, reason="court", explanation="Wait.", last_day=last)

    def go_on(self, _amount):
        self.attempt(timing.end_pause, one=self.one, reason="It is over.")

    def outage(self, days):
        town = self.world.town.jurisdiction
        last = self.now.astimezone(town.zone).date()
        first = last - dt.timedelta(days=days)
        self.attempt(
            timing.record_outage, jurisdiction=town, first_day=first, last_day=last, explanation="It was down."
        )

    def holidays(self, country):
        adopt_calendar(
            jurisdiction=self.world.town.jurisdiction, country=country, part="", reason=text("As the law says."),
            proposed_by=self.world.staff(Role.ADMIN), adopted_by=self.world.staff(Role.CHAIR), now=self.now,
        )  # fmt: skip


acts = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 24 * 9)),
    st.tuples(st.just("sweep"), st.integers(1, 3)),
    st.tuples(st.just("early"), st.integers(1, 48)),
    st.tuples(st.just("extend"), st.integers(1, 10)),
    st.tuples(st.just("extend_answers"), st.integers(1, 10)),
    st.tuples(st.just("close_early"), st.integers(0, 12)),
    st.tuples(st.just("pause"), st.integers(0, 6)),
    st.tuples(st.just("go_on"), st.just(0)),
    st.tuples(st.just("outage"), st.integers(0, 3)),
    st.tuples(st.just("holidays"), st.sampled_from(["PT", "GB", "IN"])),
)


@pytest.fixture(params=["2026-06-01", "2026-10-05", "2028-02-07", "2027-03-08"])
def convened(request, monkeypatch):
    """A case in conflict whose talks begin before summer, a change of the clocks, a leap day, or the other change."""
    start = dt.datetime.fromisoformat(f"{request.param}T12:00:00+00:00")
    moved = start - make.NOW
    world, now = t.judged(t.SPLIT, later=moved)
    return Play(world, now)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(acts=[("wait", LATE), ("extend", 5), ("wait", LATE), ("pause", 2)])
@example(acts=[("pause", 6), ("wait", 24), ("go_on", 0), ("pause", 2), ("extend", 3), ("wait", 24), ("go_on", 0)])
@example(acts=[("wait", LATE), ("sweep", 1), ("extend", 5), ("extend_answers", 5), ("outage", 1)])
@example(acts=[("wait", LATE), ("sweep", 1), ("close_early", 1), ("holidays", "PT"), ("outage", 1)])
@given(acts=st.lists(acts, max_size=25))
def test_every_due_step_is_taken_once_in_order_and_at_its_legal_time(convened, acts):
    with transaction.atomic():
        play = Play(convened.world, convened.now)
        for name, amount in acts:
            play.act(name, amount)
        end(play)
        check(play)
        transaction.set_rollback(True)


def end(play):
    """Let so much time pass, with one sweep now and then, that whatever is due has come."""
    for _month in range(12):
        play.act("wait", 24 * 31)
        play.act("sweep", 1)


def check(play):
    case = Case.objects.get(assessment=play.world.assessment)
    told = AuditEvent.objects.filter(subject="case", subject_id=case.pk, kind__in=STEPS).order_by("id")
    kinds = [event.kind for event in told]
    one_round = ["case.convened", "case.statements_ended", "case.sessions_ended", "case.round_ended"]
    count = kinds.count("case.convened")
    assert kinds[:-1] == ["case.opened", *one_round * count, "case.settled"]
    assert (kinds[-1], case.state, 1 <= count <= 2) == ("case.protected", "awaiting", True)
    for before, after in pairwise(told):
        assert before.effective_at <= after.effective_at
    assert not DeliberationRound.objects.exclude(state=DeliberationState.ENDED).exists()
    for one in case.rounds.order_by("number"):
        at = {event.kind: event.effective_at for event in told if event.facts.get("round") == one.number}
        due = dict(one.clocks.values_list("kind", "due_at"))
        assert at["case.statements_ended"] == due["statements"]
        assert at["case.sessions_ended"] == due["session"]
        one.follow_up.refresh_from_db()
        assert at["case.round_ended"] == max(due["session"], one.follow_up.closed_at)
        assert due["answers"] == one.follow_up.closes_at
        zone = play.world.town.jurisdiction.zone
        assert {moment.astimezone(zone).hour for moment in due.values()} == {17}
