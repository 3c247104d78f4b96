"""What follows from a close and takes long: in steps, any of them twice, always the same bytes, and never stale."""

import json
import re
from decimal import Decimal

import pytest

from assessments.models import ComputationRun, CurrentAnswer, Submission, SubmissionDetail
from assessments.scoring.errors import ScoringError
from assessments.scoring.record import digest
from assessments.states import ComputationKind, ComputationState
from deliberation.actions import computing
from deliberation.actions.computing import begin_all, begin_missing
from deliberation.computing import answers, look_out, panel
from deliberation.computing.kinds import STEPS
from deliberation.computing.look_out import LookOut, band
from deliberation.computing.subject import published_of
from deliberation.wiring import after_close
from lastvote.audit.models import AuditEvent
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from tests import computing as working
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
PANEL_STEP, LOOK_OUT_STEP = STEPS.values()
COPIED = (3300, 3300, 3300, 100)


def build():
    """A round of seven groups of five, and one of a group of 24 of whom 12 sent the same and 8 came late."""
    plain = w.published(make.make_town(slug="plainville", code="PV", size=5))
    crowd = w.opened(make.make_town(slug="crowdville", code="CV", codes=("A", "C", "D"), size=24))
    late = crowd.weight_round.closes_at - make.DAY / 2
    for code, people in crowd.town.members.items():
        for place, person in enumerate(people):
            if code == "C" and place < 12:
                make.answer(crowd.weight_round, person, COPIED)
            elif code == "D" and place < 8:
                make.answer(crowd.weight_round, person, (200, 200, 200, 9400), now=late)
            else:
                own = 1500 + 97 * place + 31 * len(code)
                make.answer(crowd.weight_round, person, (own, 4000 - own, 3100 + 7 * place, 2900 - 7 * place))
    t.publish(crowd, crowd.weight_round)
    return plain, crowd


built = kept(build)


@pytest.fixture
def plain(built):
    return copied(built[0])


@pytest.fixture
def crowd(built):
    return copied(built[1])


def current(world, code):
    return CurrentAnswer.objects.filter(roll_entry__round=world.weight_round, roll_entry__group__code=code)


def run_of(world, kind) -> ComputationRun:
    return ComputationRun.objects.get(round=world.weight_round, kind=kind)


def result_of(world, kind):
    return json.loads(run_of(world, kind).result)


def test_a_close_owes_both_computations_once(plain):
    for _ in range(2):
        after_close(plain.assessment.pk, w.CLOSED)
    runs = {run.kind: run for run in ComputationRun.objects.filter(round=plain.weight_round)}
    assert set(runs) == {"panel", "look_out"}
    assert {run.state for run in runs.values()} == {"waiting"}
    owed = OutboxItem.objects.filter(kind__in=(PANEL_STEP, LOOK_OUT_STEP)).values_list("kind", "subject_id")
    assert set(owed) == {(PANEL_STEP, runs["panel"].pk), (LOOK_OUT_STEP, runs["look_out"].pk)}


def test_the_panel_holds_shares_rules_and_what_could_not_be_left_out(plain):
    working.work_out(plain.assessment, w.CLOSED)
    run = run_of(plain, ComputationKind.PANEL)
    assert (run.state, run.steps_done, run.steps_total) == (ComputationState.DONE, 10, 10)
    found = json.loads(run.result)
    assert run.result_sha256 == digest(run.result.encode())
    published = json.loads(plain.assessment.runs.get(published=True, round__isnull=False).binding)
    parts = sum(Decimal(row["share"]) for row in found["brought"]["groups"])
    assert abs(Decimal(found["brought"]["start"]) + parts - Decimal(published["score"])) <= Decimal("0.0005")
    rules = {row["rule"]: row for row in found["rules"]}
    assert rules["default"]["score"] == published["score"]
    assert set(rules) == {
        "default", "multiplicative", "tempered", "median", "trimmed_mean", "upper_quartile", "rms",
    }  # fmt: skip
    assert rules["rms"]["why_not"] == "no_components"
    assert [row["why_not"] for row in found["left_out"]] == ["too_few", "too_few"]
    assert found["round_record"] == plain.weight_round.record.reference


def test_cut_into_single_units_or_done_at_once_gives_the_same_bytes(plain, crowd, monkeypatch):
    working.work_out(crowd.assessment, w.CLOSED)
    at_once = {kind: run_of(crowd, kind).result for kind in computing.CHAINS}
    ComputationRun.objects.all().delete()
    monkeypatch.setattr(computing, "SECONDS", 0)
    begin_all(crowd.assessment.pk, w.CLOSED)
    for kind in computing.CHAINS:
        run = run_of(crowd, kind)
        assert working.finish(run, w.CLOSED) == run.steps_total > 1
        assert run.result == at_once[kind]


def test_a_step_that_is_done_twice_counts_once(plain, monkeypatch):
    monkeypatch.setattr(computing, "SECONDS", 0)
    begin_all(plain.assessment.pk, w.CLOSED)
    run = run_of(plain, ComputationKind.PANEL)
    stale = copied(run)
    computing.panel_step(run.pk, w.CLOSED)
    computing.take_step(computing.CHAINS[ComputationKind.PANEL], stale, w.CLOSED)
    run.refresh_from_db()
    assert (run.state, run.steps_done, len(run.checkpoint["parts"])) == (ComputationState.RUNNING, 1, 1)


def test_input_that_the_core_refuses_ends_the_run_and_is_recorded(plain, monkeypatch):
    def refuse(_found, _unit):
        raise ScoringError("E_RANGE", "No.")

    monkeypatch.setattr(panel, "work_out", refuse)
    working.work_out(plain.assessment, w.CLOSED)
    run = run_of(plain, ComputationKind.PANEL)
    assert (run.state, run.error_code, run.result) == (ComputationState.FAILED, "E_RANGE", "")
    events = AuditEvent.objects.filter(subject="computation").values_list("kind", flat=True)
    assert set(events) == {"panel.failed", "report.finished"}


def test_any_other_fault_is_tried_again_and_the_run_goes_on(plain, monkeypatch):
    def die(_found, _unit):
        raise MemoryError

    begin_all(plain.assessment.pk, w.CLOSED)
    run = run_of(plain, ComputationKind.PANEL)
    with monkeypatch.context() as patched:
        patched.setattr(panel, "work_out", die)
        assert outbox.deliver(PANEL_STEP, run.pk, w.CLOSED) == 0
    assert outbox.deliver(PANEL_STEP, run.pk, w.CLOSED + make.DAY) == 1
    run.refresh_from_db()
    assert run.state == ComputationState.DONE


def test_the_sweep_begins_what_is_missing_and_owes_what_nobody_owes(plain, crowd):
    assert begin_missing(w.CLOSED) == 4
    assert begin_missing(w.CLOSED) == 0
    OutboxItem.objects.filter(kind=PANEL_STEP).delete()
    assert begin_missing(w.CLOSED) == 2
    assert OutboxItem.objects.filter(kind=PANEL_STEP).count() == 2


def test_other_formulas_have_everything_worked_out_anew(plain, monkeypatch):
    working.work_out(plain.assessment, w.CLOSED)
    monkeypatch.setitem(computing.VERSIONS, ComputationKind.PANEL, 2)
    begin_all(plain.assessment.pk, w.CLOSED)
    runs = ComputationRun.objects.filter(round=plain.weight_round, kind=ComputationKind.PANEL)
    assert sorted(runs.values_list("state", flat=True)) == ["done", "waiting"]
    assert len(set(runs.values_list("inputs_sha256", flat=True))) == 2


def test_answers_of_an_open_round_are_not_looked_at(plain):
    plain.weight_round.state = "open"
    with pytest.raises(LookupError):
        answers.answers_of(plain.weight_round, late_hours=24)


# --- The report on a round ------------------------------------------------------------------------------------------


def rows(world):
    working.work_out(world.assessment, w.CLOSED + make.DAY)
    found = result_of(world, ComputationKind.LOOK_OUT)
    return found, {row["group"]: row for row in found["groups"]}


def test_the_report_flags_copied_answers_and_a_late_swing_and_nothing_else(crowd):
    found, groups = rows(crowd)
    assert {code: row["alike"]["flag"] for code, row in groups.items()} == {"A": False, "C": True, "D": True}
    assert groups["C"]["alike"] == {"flag": True, "at_least": 10, "of": 20, "chance": "0.0002"}
    assert {code: row["late"].get("flag", row["late"].get("why_not")) for code, row in groups.items()} == {
        "A": "too_few", "C": "too_few", "D": True,
    }  # fmt: skip
    assert groups["D"]["late"]["at_least"] == 5
    assert found["comparisons"] == 4


def test_the_report_holds_no_vector_and_no_exact_small_number(crowd):
    rows(crowd)
    run = run_of(crowd, ComputationKind.LOOK_OUT)
    said = json.loads(run.result)
    assert (said.pop("record"), said["numbers"].pop("seed"), run.checkpoint) == ("lastvote.look_out", 20250, {})
    points = {one for row in Submission.objects.values_list("points", flat=True) if row for one in row}
    numbers = {int(found) for found in re.findall(r"(?<![\w.])\d{3,}(?![\w.])", json.dumps(said["groups"]))}
    assert len(points) > 50
    assert not points & numbers
    people = {row[check].get("at_least") for row in said["groups"] for check in ("alike", "late")}
    assert people == {None, 0, 5, 10}, "12 copied answers and 8 late ones are told in steps of five"


def test_answers_by_ranking_are_not_called_alike(crowd):
    SubmissionDetail.objects.filter(submission__roll_entry__group__code="C").update(method="rank")
    _found, groups = rows(crowd)
    assert groups["C"]["alike"] == {"why_not": "too_few"}


def test_a_group_whose_delegate_decided_is_not_looked_at(crowd):
    found = published_of(crowd.weight_round)
    changed = [copied(row) for row in found.score.groups]
    for row in changed:
        object.__setattr__(row, "how", "held" if row.group.code == "C" else row.how)
    found.score.__dict__.pop("counted", None)
    object.__setattr__(found.score, "groups", changed)
    assert list(LookOut(found).answers) == ["A", "D"]


@pytest.mark.parametrize(
    ("number", "value", "what"),
    [
        ("chance", "0.001", None),
        ("late_line", "0.9", "late"),
        ("late_hours", 1, "late"),
        ("alike_within", "0.01", None),
    ],
)
def test_numbers_of_the_policy_have_an_effect(crowd, number, value, what):
    found = published_of(crowd.weight_round)
    looked = LookOut(found)
    before = looked.answers
    changed = type(looked.numbers)(
        **{**vars(looked.numbers), number: Decimal(value) if isinstance(value, str) else value}
    )
    other = LookOut(found)
    other.numbers = changed
    units = [unit for unit in looked.units() if unit[0] in ("alike", "late") and unit[2] == 0]
    if what == "late":
        part = looked.work_out(["late", "D", 0])
        assert looked._late("D", part)["flag"]
        assert not other._late("D", other.work_out(["late", "D", 0])).get("flag")
    elif number == "chance":
        draws = looked.exploring.draws
        assert looked._alike("C", draws // 200)["flag"]
        assert not other._alike("C", draws // 200)["flag"]
    else:
        assert [looked.work_out(unit) for unit in units] != [other.work_out(unit) for unit in units]
    assert before == looked.answers


def test_numbers_of_what_hangs_on_one_group_have_an_effect(crowd):
    looked = LookOut(published_of(crowd.weight_round))
    before = looked.work_out(["one_group"])
    looked.numbers = type(looked.numbers)(one_group_line=Decimal(0), fewest_people=1000)
    after = looked.work_out(["one_group"])
    assert sum(row["moved_flag"] for row in before) <= 1 < sum(row["moved_flag"] for row in after)
    assert [row["people_flag"] for row in after] == [row["people"] is not None for row in after]


def test_bands_tell_fewer_than_five_apart_from_more():
    assert [band(people) for people in (0, 4, 5, 9, 10, 24)] == [0, 0, 5, 5, 10, 20]


# --- Kinds of answers left out --------------------------------------------------------------------------------------


def test_ranked_answers_are_left_out_where_enough_stay(crowd):
    ranked = current(crowd, "C").order_by("pk").values("submission")[:12]
    SubmissionDetail.objects.filter(submission__in=list(ranked.values_list("submission", flat=True))).update(
        method="rank"
    )
    working.work_out(crowd.assessment, w.CLOSED + make.DAY)
    left_out = {row["kind"]: row for row in result_of(crowd, ComputationKind.PANEL)["left_out"]}
    assert left_out["rank"]["groups"] == ["C"]
    published = json.loads(crowd.assessment.runs.get(published=True, round__isnull=False).binding)
    assert left_out["rank"]["score"] != published["score"]
    assert left_out["not_sure"] == {"kind": "not_sure", "why_not": "too_few"}


def test_four_ranked_answers_are_not_left_out(crowd):
    ranked = current(crowd, "C").order_by("pk")[:4]
    SubmissionDetail.objects.filter(submission__in=[one.submission_id for one in ranked]).update(method="rank")
    working.work_out(crowd.assessment, w.CLOSED + make.DAY)
    assert result_of(crowd, ComputationKind.PANEL)["left_out"][0] == {"kind": "rank", "why_not": "too_few"}


def test_answers_with_not_sure_are_found_by_their_labels(crowd):
    entries = current(crowd, "D").order_by("pk")[:6]
    raw = {"most": "I", "values": {"I": {"label": "most", "number": "100"}, "E": {"label": "unsure", "number": None}}}
    SubmissionDetail.objects.filter(submission__in=[one.submission_id for one in entries]).update(raw=raw)
    working.work_out(crowd.assessment, w.CLOSED + make.DAY)
    left_out = {row["kind"]: row for row in result_of(crowd, ComputationKind.PANEL)["left_out"]}
    assert left_out["not_sure"]["groups"] == ["D"]


def test_nothing_is_left_out_of_a_round_after_another_also_where_the_case_was_rated_again(crowd):
    """Such a round carries no answers over, and yet is compared with what was published before."""
    found = published_of(crowd.weight_round)
    frozen = json.loads(found.weight_round.frozen) | {"after": [crowd.weight_round.record.reference]}
    found.weight_round.frozen = json.dumps(frozen)
    assert found.weight_round.carried_from_id is None
    assert panel.work_out(found, ["left_out", "rank"]) == {"kind": "rank", "why_not": "second_round"}


def test_too_many_groups_leave_only_what_needs_no_sets(crowd, monkeypatch):
    monkeypatch.setattr(panel, "MOST_GROUPS", 2)
    monkeypatch.setattr(look_out, "MOST_GROUPS", 2)
    found = published_of(crowd.weight_round)
    assert panel.units_of(found) == [["left_out", "rank"], ["left_out", "not_sure"]]
    assert LookOut(found).work_out(["one_group"]) is None
