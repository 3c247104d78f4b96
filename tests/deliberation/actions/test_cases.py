"""A case on its way through the conflict protocol: every end, every step once, at its legal time."""

import datetime as dt
import json

import pytest
from structlog.testing import capture_logs

from assessments.scoring.score_string import parse
from deliberation.actions import cases
from deliberation.models import Case, DeliberationRound, ProtectiveFinding
from deliberation.states import CaseOutcome, CaseState, DeliberationState
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db


def events(case):
    found = AuditEvent.objects.filter(subject="case", subject_id=case.pk).order_by("id")
    return [row.kind for row in found]


def test_groups_that_agree_need_no_talks():
    world, _now = t.judged(t.AGREED)
    case = t.case_of(world)
    assert (case.state, case.outcome) == (CaseState.AWAITING_DECISION, CaseOutcome.PROCEED)
    assert events(case) == ["case.opened", "case.settled"]


def test_a_difference_below_the_path_of_talks_is_settled_at_once():
    world, _now = t.judged(t.SPLIT, values=t.LOW)
    case = t.case_of(world)
    assert (case.path, case.outcome) == ("L", CaseOutcome.PROCEED_MARGINAL)


def test_conflict_convenes_a_round_with_its_days_and_its_agenda():
    world, now = t.judged(t.SPLIT)
    case, one = t.case_of(world), t.talks_of(world)
    assert (case.state, case.path, one.state, one.because) == ("deliberating", "H", "statements", "conflict")
    assert one.agenda == ["I", "E"]
    due = {clock.kind: clock for clock in case.clocks.all()}
    zone = world.town.jurisdiction.zone
    days = {
        kind: (clock.due_at.astimezone(zone).date() - now.astimezone(zone).date()).days for kind, clock in due.items()
    }
    assert days == {"longest": 60, "statements": 7, "session": 14, "answers": 15}
    assert {clock.due_at.astimezone(zone).hour for clock in due.values()} == {17}
    assert (one.follow_up.opens_at, one.follow_up.closes_at) == (due["statements"].due_at, due["answers"].due_at)
    assert due["statements"].trace[0]["why"] == "start"


def test_every_part_of_a_round_ends_once_at_its_legal_time_however_late_somebody_looks():
    world, now = t.judged(t.SPLIT)
    one = t.talks_of(world)
    late = now + dt.timedelta(days=14, hours=5)
    for _again in range(3):
        cases.advance_due_cases(late)
    case = t.case_of(world)
    assert events(case) == ["case.opened", "case.convened", "case.statements_ended", "case.sessions_ended"]
    ends = dict(AuditEvent.objects.filter(subject="case").values_list("kind", "effective_at"))
    due = dict(one.clocks.values_list("kind", "due_at"))
    assert (ends["case.statements_ended"], ends["case.sessions_ended"]) == (due["statements"], due["session"])
    assert dict(one.clocks.values_list("kind", "stopped_at"))["statements"] == due["statements"]


def test_silent_groups_are_recorded_and_not_imputed():
    _world, now = t.judged(t.SPLIT)
    cases.advance_due_cases(now + dt.timedelta(days=8))
    event = AuditEvent.objects.get(kind="case.statements_ended")
    assert event.facts["silent"] == list("ABCDEFG")


def test_groups_that_come_nearer_end_the_talks():
    world, _now = t.judged(t.SPLIT)
    t.answered_again(world, {"F": t.HARM, "G": t.HARM})
    case = t.case_of(world)
    assert (case.state, case.outcome, case.rounds_ended) == ("awaiting", CaseOutcome.CONVERGED, 1)
    assert case.clocks.filter(stopped_at=None).count() == 0


def test_a_difference_that_still_matters_after_two_rounds_ends_in_the_protective_default():
    world, _now = t.judged(t.SPLIT)
    t.answered_again(world, {"F": (1000, 7800, 800, 400)})
    assert (t.case_of(world).state, t.talks_of(world).number) == ("deliberating", 2)
    t.answered_again(world, {"G": (1000, 7800, 800, 400)})
    case = t.case_of(world)
    assert (case.outcome, case.rounds_ended) == (CaseOutcome.PROTECTIVE_DEFAULT, 2)
    finding = ProtectiveFinding.objects.get(case=case)
    body = json.loads(finding.body)
    assert (body["rule"], body["decided_by"]["kind"], body["decided_by"]["code"]) == ("D27", "group", "C")
    assert str(finding.score) == body["protective"] == "0.9120"
    assert body["score"] < body["protective"]
    assert {time["with"]["level"] for time in body["times"]} == {"H"}
    string = parse(finding.score_string)
    assert (string.source, string.stated) == ("AC", finding.score)
    assert events(case)[-2:] == ["case.settled", "case.protected"]


def test_past_cases_have_no_proceeding():
    town = make.make_town(size=5)
    world = w.opened(town, incident=make.make_incident(town, retrospective=True))
    t.weigh(world, world.weight_round, t.SPLIT, make.NOW)
    now = t.publish(world, world.weight_round)
    assert cases.advance_case(world.assessment.pk, now) == 0
    assert Case.objects.count() == 0


def test_nothing_is_opened_before_a_close_is_published():
    world = w.answered()
    assert cases.advance_case(world.assessment.pk, make.NOW) == 0
    assert Case.objects.count() == 0


def test_a_sweep_finds_a_case_that_nobody_woke():
    world = w.published()
    assert cases.advance_due_cases(w.CLOSED) == 1
    assert t.case_of(world).outcome == CaseOutcome.PROCEED_NEAR_LINE
    assert cases.advance_due_cases(w.CLOSED) == 0


SECRET = "Zqsecretzq"


@pytest.mark.parametrize(
    ("error", "logged"),
    [
        (Refused("case_merged", SECRET, status=409), {"event": "sweep_refused", "code": "case_merged"}),
        (ValueError(SECRET), {"event": "sweep_failed", "error": "ValueError"}),
    ],
)
def test_a_case_whose_step_is_refused_or_fails_keeps_no_other_from_its_own(monkeypatch, error, logged):
    town = make.make_town(size=5)
    stuck, other = (w.published(town, incident=make.make_incident(town, title=title)) for title in ("One", "Two"))
    take = cases.advance_case

    def advance(assessment_id, now):
        if assessment_id == stuck.assessment.pk:
            raise error
        return take(assessment_id, now)

    monkeypatch.setattr(cases, "advance_case", advance)
    with capture_logs() as written:
        assert cases.advance_due_cases(w.CLOSED) == 1
    assert t.case_of(other).state == CaseState.AWAITING_DECISION
    assert written == [logged | {"log_level": "warning", "sweep": "cases", "subject": stuck.assessment.pk}]


def test_a_round_of_talks_is_moved_by_one_step_at_a_time():
    world, now = t.judged(t.SPLIT)
    one = t.talks_of(world)
    DeliberationRound.objects.filter(pk=one.pk).update(state=DeliberationState.ANSWERS)
    assert cases.advance_case(world.assessment.pk, now + dt.timedelta(days=8)) == 0
