"""A training runs in steps: one at a time, any of them twice, stopped when asked, and always with the same bytes."""

import itertools
import json
import math

import pytest

from assessments.actions import computations, policies, training
from assessments.actions.training import STEP, cancel_training, look_after_runs, start_training, training_step
from assessments.models import ComputationRun
from assessments.scoring.errors import ScoringError
from assessments.scoring.record import digest
from assessments.states import ComputationState
from assessments.training import steps
from assessments.training.steps import work_on
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from lastvote.texts import text
from tests import factories as make
from tests import learning_world as lw
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
CASES = 4


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def history(town):
    return lw.imported(town, number=CASES)


@pytest.fixture
def run(town, history):
    return start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)


@pytest.fixture
def one_unit_a_step(monkeypatch):
    monkeypatch.setattr(steps, "SECONDS", 0)


def finish(run):
    """Deliver what is owed until nothing is; returns how many deliveries that took."""
    for count in itertools.count():
        if not outbox.deliver(STEP, run.pk, make.NOW):
            run.refresh_from_db()
            return count
    return None


def events(run):
    found = AuditEvent.objects.filter(subject="computation", subject_id=run.pk).order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_start_owes_the_first_step_and_says_how_many_there_are(town, history, run):
    assert (run.state, run.steps_done, run.steps_total) == ("waiting", 0, 6 * (6 + CASES) + 6 + 1)
    assert OutboxItem.objects.filter(kind=STEP, subject_id=run.pk).count() == 1
    event = AuditEvent.objects.get(kind="training.started")
    assert event.facts == {"token": run.token, "history": 1, "policy": 1}
    assert (event.actor_id, event.formula_version) == (town.staff[Role.SECRETARIAT].pk, "1")
    assert run.settings["learning"]["lambda_path"] == ["0.01", "0.003", "0.001", "0.0003", "0.0001"]
    assert run.settings["policy"] == town.policy.reference


def test_starting_again_returns_the_run_that_is_there(town, history, run):
    again = start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    assert (again.pk, ComputationRun.objects.count(), OutboxItem.objects.filter(kind=STEP).count()) == (run.pk, 1, 1)


def test_run_ends_with_a_record_whose_hash_is_kept(run):
    finish(run)
    assert (run.state, run.steps_done, run.ended_at) == ("done", run.steps_total, make.NOW)
    assert (run.checkpoint, run.result_sha256) == ({}, digest(run.result.encode()))
    assert events(run) == ["training.started", "training.finished"]
    assert AuditEvent.objects.get(kind="training.finished").facts["sha256"] == run.result_sha256
    assert not OutboxItem.objects.filter(kind=STEP).exists()


def test_bytes_do_not_depend_on_how_the_work_was_cut(town, history, monkeypatch):
    results = []
    for seconds in (0, 60):
        monkeypatch.setattr(steps, "SECONDS", seconds)
        one = start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
        results.append((finish(one), one.result))
    (small_steps, first), (one_step, second) = results
    assert (small_steps, one_step) == (one.steps_total, 1)
    assert first == second


def test_a_step_that_dies_is_repeated_and_nothing_is_lost(town, history, monkeypatch):
    """Every third try ends after its work is done and before it is stored, as when a worker is killed."""
    whole = start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    finish(whole)
    monkeypatch.setattr(steps, "SECONDS", 0)
    tries = itertools.count(1)

    def dying(run):
        progress = work_on(run)
        if next(tries) % 3 == 0:
            raise RuntimeError
        return progress

    monkeypatch.setattr(training, "work_on", dying)
    run = start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    later = make.NOW
    while run.unfinished:
        outbox.deliver(STEP, run.pk, later)
        later += make.DAY  # past every pause after a failure
        run.refresh_from_db()
    assert next(tries) > run.steps_total
    assert (run.state, run.result) == (ComputationState.DONE, whole.result)


def test_a_step_done_by_two_workers_counts_once(run, one_unit_a_step, monkeypatch):
    """The second worker stores its step while the first one still works on the same one."""

    def overtaken(mine):
        progress = work_on(mine)
        monkeypatch.setattr(training, "work_on", work_on)
        training_step(mine.pk, make.NOW)
        return progress

    monkeypatch.setattr(training, "work_on", overtaken)
    training_step(run.pk, make.NOW)
    run.refresh_from_db()
    assert (run.steps_done, len(run.checkpoint["ends"]["printed 0.01"])) == (1, 1)
    assert OutboxItem.objects.filter(kind=STEP).count() == 2  # the first step's and, once, the second's


def test_cancelling_takes_effect_between_steps(town, run, one_unit_a_step):
    training_step(run.pk, make.NOW)
    cancel_training(run=run, by=town.staff[Role.SECRETARIAT], now=make.NOW + make.DAY)
    run.refresh_from_db()
    assert (run.state, run.cancel_requested_by) == (ComputationState.RUNNING, town.staff[Role.SECRETARIAT])
    finish(run)
    assert (run.state, run.steps_done, run.result, run.checkpoint) == (ComputationState.CANCELLED, 1, "", {})
    assert events(run) == ["training.started", "training.cancel_requested", "training.cancelled"]


def test_cancelling_is_heard_while_the_last_step_runs(town, run, monkeypatch):
    def asked_to_stop(mine):
        progress = work_on(mine)
        cancel_training(run=mine, by=town.staff[Role.SECRETARIAT], now=make.NOW)
        return progress

    monkeypatch.setattr(steps, "SECONDS", 60)
    monkeypatch.setattr(training, "work_on", asked_to_stop)
    finish(run)
    assert (run.state, run.result) == (ComputationState.CANCELLED, "")


def test_cancelling_twice_is_cancelling_once_and_not_after_the_end(town, run):
    by = town.staff[Role.SECRETARIAT]
    for moment in (make.NOW, make.NOW + make.DAY):
        cancel_training(run=run, by=by, now=moment)
    assert events(run).count("training.cancel_requested") == 1
    finish(run)
    with pytest.raises(Refused) as caught:
        cancel_training(run=run, by=by, now=make.NOW)
    assert (caught.value.code, caught.value.status) == ("already_ended", 409)


def test_input_that_the_core_refuses_ends_the_run_with_its_code(run, monkeypatch):
    def refusing(_run):
        raise ScoringError("E_NONFINITE", "A mean loss is not a finite number.")

    monkeypatch.setattr(training, "work_on", refusing)
    finish(run)
    assert (run.state, run.error_code, run.ended_at) == (ComputationState.FAILED, "E_NONFINITE", make.NOW)
    assert AuditEvent.objects.get(kind="training.failed").facts["code"] == "E_NONFINITE"


def test_step_that_is_given_up_ends_the_run(run, monkeypatch):
    def broken(_run):
        raise RuntimeError

    monkeypatch.setattr(training, "work_on", broken)
    later = make.NOW
    for _try in range(outbox.MAX_ATTEMPTS):
        outbox.deliver(STEP, run.pk, later)
        later += make.DAY
    assert AuditEvent.objects.filter(kind="outbox.died").count() == 1
    assert look_after_runs(later) == 1
    run.refresh_from_db()
    assert (run.state, run.error_code) == (ComputationState.FAILED, computations.GIVEN_UP)
    assert look_after_runs(later) == 0


def test_run_whose_step_nobody_owes_is_taken_up_again(run):
    assert look_after_runs(make.NOW) == 0
    OutboxItem.objects.all().delete()
    assert look_after_runs(make.NOW) == 1
    finish(run)
    assert run.state == ComputationState.DONE


def test_step_of_a_run_that_has_ended_or_never_was_does_nothing(run):
    finish(run)
    before = run.result
    training_step(run.pk, make.NOW)
    training_step(run.pk + 1, make.NOW)
    run.refresh_from_db()
    assert (run.result, OutboxItem.objects.filter(kind=STEP).count()) == (before, 0)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMITTEE, Role.AUDITOR, Role.ADMIN, Role.DEPLOYER])
def test_only_the_secretariat_starts_and_cancels(town, history, run, role):
    for act in (
        lambda by: start_training(history=history, by=by, now=make.NOW),
        lambda by: cancel_training(run=run, by=by, now=make.NOW),
    ):
        with pytest.raises(Refused) as caught:
            act(town.staff[role])
        assert (caught.value.code, caught.value.status) == ("not_allowed", 403)


def test_secretariat_of_another_town_is_nobody_here(history, run):
    stranger = make.make_town(slug="elsewhere", code="EW", size=1).staff[Role.SECRETARIAT]
    with pytest.raises(Refused):
        start_training(history=history, by=stranger, now=make.NOW)
    with pytest.raises(Refused):
        cancel_training(run=run, by=stranger, now=make.NOW)


def test_one_case_or_too_many_are_not_trained_on(town, monkeypatch):
    single = lw.imported(town, number=1)
    monkeypatch.setattr(training, "MOST_CASES", 2)
    for history in (single, lw.imported(town, number=3)):
        with pytest.raises(Refused) as caught:
            start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
        assert (caught.value.code, caught.value.status) == ("case_count", 409)


def test_town_without_a_policy_in_force_trains_nothing(town, history, monkeypatch):
    monkeypatch.setattr(training, "policy_in_force", lambda _jurisdiction, _day: None)
    with pytest.raises(Refused) as caught:
        start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    assert (caught.value.code, caught.value.status) == ("no_policy", 409)


def test_failing_event_undoes_the_start(town, history, monkeypatch):
    def fail(**_facts):
        raise RuntimeError

    monkeypatch.setattr(training, "record", fail)
    with pytest.raises(RuntimeError):
        start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    assert (ComputationRun.objects.count(), OutboxItem.objects.filter(kind=STEP).count()) == (0, 0)


def test_record_holds_no_name_of_a_person(town, run):
    finish(run)
    assert town.staff[Role.SECRETARIAT].name not in run.result
    assert json.loads(run.result)["history"]["reference"] == "TV-HIS-1"


def test_numbers_of_the_policy_decide(town, history):
    """Each number of the policy's part on learning shows in the record."""
    body = make.policy_body()
    body["parameters"]["learning"] |= {
        "lambda_path": ["0.02", "0.002"], "printed_lambda": "0.05", "zero_risk_score": "0.2", "reliability_bins": 2,
        "raters_per_label": 3, "cases_per_number": 1, "standard_errors": "2", "delta": "0.2",
    }  # fmt: skip
    policies.adopt_policy(
        jurisdiction=town.jurisdiction, body=body, reason=text("Another try."), effective_from=make.START,
        proposed_by=town.staff[Role.ADMIN], adopted_by=town.staff[Role.CHAIR], now=make.NOW,
    )  # fmt: skip
    run = start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    finish(run)
    record = json.loads(run.result)
    reasons = {one["code"]: one["numbers"] for one in record["admission"]["reasons"]}
    assert [row["lambda"] for row in record["path"]] == ["0.02", "0.002"]
    assert (record["fits"]["printed"]["lambda"], len(record["reliability"])) == ("0.05", 2)
    assert (reasons["enough_cases"]["needed"], reasons["two_raters"]["raters_needed"]) == (15, 3)
    assert (reasons["two_raters"]["with_enough"], reasons["beats_linear"]["standard_errors_needed"]) == (0, "2.0")
    assert float(reasons["bounds_hold"]["bias_limit"]) == pytest.approx(math.log(0.2 / 0.8))
    assert (record["settings"]["learning"]["delta"], run.settings["policy_number"]) == ("0.2", 2)
