"""The demo: what it loads, that it stays, and that no number depends on the day it was installed."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Count

from assessments import reads
from assessments.models import (
    AISystem,
    Assessment,
    ComputationRun,
    GroupSum,
    Incident,
    LabelledHistory,
    RatingValue,
    RoundRecord,
    ScoreRun,
    WeightRound,
)
from assessments.scoring import score_string
from assessments.states import ComputationKind, RoundState
from deliberation import rules
from deliberation.demo import files
from deliberation.demo.loader import load
from deliberation.models import DeliberationRound, ProtectiveFinding, Reply
from deliberation.states import CaseOutcome, DeliberationState
from deliberation.validation.past_cases import past_cases
from lastvote.audit.models import AuditEvent
from lastvote.jobs.models import OutboxItem
from stakeholders.models import Jurisdiction, Person

DAY = dt.timedelta(days=1)
LOADED_AT = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)


pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True, scope="module")
def _loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the demo once for this file and take it back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(now=LOADED_AT, say=[].append)
        yield
        transaction.set_rollback(True)


def northbrook() -> Jurisdiction:
    return Jurisdiction.objects.get(slug="northbrook")


def incident(reference: str) -> Incident:
    return Incident.objects.get(reference=reference)


def binding(assessment: Assessment) -> dict:
    return json.loads(assessment.runs.order_by("-rev").first().binding)


def open_round() -> WeightRound:
    return WeightRound.objects.get(state=RoundState.OPEN)


def talks(reference: str) -> DeliberationRound:
    return DeliberationRound.objects.get(case__assessment__incident__reference=reference)


def test_both_towns_are_marked_as_made_up():
    assert list(Jurisdiction.objects.order_by("slug").values_list("slug", "synthetic")) == [
        ("northbrook", True),
        ("southmere", True),
    ]
    assert set(Person.objects.values_list("synthetic", flat=True)) == {True}


def test_groups_have_nine_to_twelve_members():
    sizes = northbrook().groups.annotate(people=Count("memberships")).values_list("code", "people")
    assert dict(sizes) == {
        "democratic": 10,
        "civil": 11,
        "regulators": 9,
        "technical": 10,
        "affected": 12,
        "industry": 9,
        "academics": 10,
    }


def test_the_number_of_groups_is_data():
    assert Jurisdiction.objects.get(slug="southmere").groups.count() == 5


@pytest.mark.parametrize(
    ("reference", "known", "rows"), [("NB-2025-0001", 8, 13), ("NB-2025-0002", 8, 14), ("NB-2025-0003", 11, 15)]
)
def test_past_cases_know_what_was_public_at_the_cutoff(reference, known, rows):
    case = incident(reference)
    assert case.evidence.count() == rows
    assert reads.evidence_known(reads.current_assessment(case)).count() == known


def test_every_rating_rests_on_known_evidence_or_says_that_none_was_found():
    for value in RatingValue.objects.select_related("rating__assessment").prefetch_related("evidence"):
        known = set(reads.evidence_known(value.rating.assessment))
        assert bool(value.evidence.all()) != value.none_found
        assert set(value.evidence.all()) <= known


def test_past_rounds_give_these_scores():
    scores = {
        (row.incident.reference, row.scheme): binding(row)["score"]
        for row in Assessment.objects.filter(retrospective=True).select_related("incident")
    }
    assert scores == {
        ("NB-2025-0001", "classic"): "0.7063",
        ("NB-2025-0001", "taxonomy"): "0.2423",
        ("NB-2025-0002", "taxonomy"): "0.2638",
        ("NB-2025-0003", "classic"): "0.7125",
        ("NB-2025-0003", "taxonomy"): "0.3134",
        ("NB-2025-0004", "classic"): "0.2688",
        ("NB-2025-0004", "taxonomy"): "0.0167",
        ("NB-2025-0005", "classic"): "0.2375",
        ("NB-2025-0005", "taxonomy"): "0.0167",
        ("NB-2025-0006", "classic"): "0.5500",
        ("NB-2025-0006", "taxonomy"): "0.0262",
    }


def test_each_failure_has_a_control_and_one_of_them_is_a_false_alarm():
    found = past_cases(northbrook())
    assert (len(found.failures), len(found.controls)) == (3, 3)
    told = {(row.scheme, row.time): row.counts for row in found.tallies}
    assert {key: (one.hits, one.misses, one.false_alarms, one.quiet) for key, one in told.items()} == {
        ("classic", "t0"): (2, 0, 1, 2),
        ("classic", "t1"): (2, 0, 0, 3),
        ("taxonomy", "t0"): (0, 2, 0, 3),
        ("taxonomy", "t1"): (0, 2, 0, 3),
    }
    assert [case.incident.summary["texts"]["en"][-21:] for case in found.controls] == ["This case is made up."] * 3


def test_past_rounds_are_published_and_their_strings_recompute():
    records = list(RoundRecord.objects.all())
    assert len(records) == 6
    assert all(score_string.check(record.score_string).ok for record in records)


def test_a_group_with_three_answers_is_not_counted():
    assessment = reads.current_assessment(incident("NB-2025-0002"))
    groups = {row["code"]: row for row in binding(assessment)["groups"]}
    assert GroupSum.objects.get(round__assessment=assessment, group__code="industry").n == 3
    assert (groups["industry"]["n"], groups["industry"]["how"], groups["industry"]["position"]) == (
        None,
        "absent",
        None,
    )
    assert {row["how"] for code, row in groups.items() if code != "industry"} == {"mean"}


def test_voices_follow_the_adopted_table():
    voices = {row["code"]: row["voice"] for row in binding(open_round().assessment)["groups"]}
    assert {code: round(points / 10000, 3) for code, points in voices.items()} == {
        "democratic": 0.126,
        "civil": 0.151,
        "regulators": 0.126,
        "technical": 0.166,
        "affected": 0.207,
        "industry": 0.101,
        "academics": 0.123,
    }


def test_the_open_round_is_on_the_worked_example():
    assessment = open_round().assessment
    found = binding(assessment)
    assert assessment.month == 30
    assert found["ratings"] == {"I": "0.7000", "E": "0.4000", "R": "0.8500", "X": "0.5500"}
    assert found["score"] == "0.6382"
    above = {row["code"] for row in found["groups"] if row["score"] > "0.6000"}
    assert above == {"democratic", "civil", "regulators", "technical", "affected", "academics"}


def test_the_open_round_could_be_closed_early_and_is_not_published():
    assert reads.groups_short_of_answers(open_round()) == []
    assert [row.published for row in open_round().runs.all()] == [False]


def test_some_people_of_every_group_have_not_answered():
    waiting = reads.not_answered(open_round()).values_list("group__code", flat=True)
    assert set(waiting) == {group.code for group in northbrook().groups.all()}
    names = reads.not_answered(open_round()).filter(group__code="affected").values_list("person__name", flat=True)
    assert list(names) == ["Aisha Bello", "Omar Siddiqui", "Priya Nambiar"]


def test_the_open_round_ends_three_weeks_after_loading_at_five():
    assert open_round().closes_at == dt.datetime(2026, 12, 13, 17, tzinfo=dt.UTC)


def test_answers_of_the_day_before_are_in_the_public_bands():
    assert set(reads.answered_bands(open_round(), LOADED_AT).values()) == {5}


def test_nothing_is_left_to_count_and_no_mail_is_owed():
    assert OutboxItem.objects.count() == 0
    assert {row.scored_rev == row.input_rev for row in Assessment.objects.all()} == {True}


def test_labelled_past_cases_are_made_up_and_ready_to_train_on():
    history = LabelledHistory.objects.get()
    facts = (history.reference, history.case_count, history.scheme, history.synthetic)
    assert facts == ("NB-HIS-1", 40, "classic", True)
    assert set(history.cases.values_list("raters", flat=True)) == {2}
    assert not ComputationRun.objects.filter(kind=ComputationKind.TRAINING).exists()


def test_loading_again_keeps_everything():
    def state() -> dict[str, int]:
        models = (Person, Incident, WeightRound, ScoreRun, LabelledHistory, AuditEvent)
        return {model.__name__: model.objects.count() for model in models}

    before = state()
    load(now=LOADED_AT + dt.timedelta(days=20), say=[].append)
    assert state() == before


def test_loading_after_the_end_publishes_and_opens_a_new_round():
    first, later = open_round(), LOADED_AT + dt.timedelta(days=40)
    load(now=later, say=[].append)
    first.refresh_from_db()
    second = open_round()
    assert (first.state, second.number, second.assessment) == (RoundState.PUBLISHED, 2, first.assessment)
    assert second.closes_at == dt.datetime(2027, 1, 22, 17, tzinfo=dt.UTC)
    assert binding(second.assessment)["score"] == "0.6382"


def test_one_case_ended_in_the_most_protective_view_and_both_outcomes_differ():
    finding = ProtectiveFinding.objects.select_related("case").get()
    body = json.loads(finding.body)
    assert body["incident"] == "NB-2026-0002"
    assert (finding.case.outcome, finding.case.rounds_ended) == (CaseOutcome.PROTECTIVE_DEFAULT, 1)
    assert (body["score"], body["protective"], body["decided_by"]["code"]) == ("0.7294", "0.8418", "affected")
    (month,) = body["times"]
    assert (month["without"]["level"], month["with"]["level"]) == ("M", "H")
    assert (month["without"]["powers"]["suspension"], month["with"]["powers"]["suspension"]) == (False, True)
    assert score_string.check(finding.score_string).ok


def test_of_two_registered_communities_one_was_too_small_and_the_mean_of_the_other_would_tell_answers():
    body = json.loads(ProtectiveFinding.objects.get().body)
    assert [(term["kind"], term["code"]) for term in body["terms"]] == [("pooled", ""), ("group", "affected")]
    assert {row["community"]: row["reason"] for row in body["left_out"]} == {
        "newcomers": "earlier_publication_tells", "tenants": "too_few_members",
    }  # fmt: skip


def test_the_ended_talks_have_minutes_a_note_and_a_group_that_came_nearer():
    one = talks("NB-2026-0002")
    session = one.sessions.get()
    noted = bool(one.agreed and one.still_differ)
    assert (one.state, noted, bool(session.minutes)) == (DeliberationState.ENDED, True, True)
    assert session.attendance.filter(people__gte=1).count() == 7
    rounds = one.case.assessment.rounds.order_by("number")
    first, second = (json.loads(row.runs.get(published=True).binding) for row in rounds)
    assert (first["disagreement"]["index"], second["disagreement"]["index"]) == ("0.4781", "0.4446")
    assert {row["code"]: row["how"] for row in second["groups"]}["academics"] == "mean"
    since = json.loads(one.follow_up.record.body)["since"]
    assert since == {"academics": {"kept": 0, "changed": 8, "silent": 0, "new": 0}}
    assert first["times"][0]["fundamental"] is second["times"][0]["fundamental"] is True


def test_one_case_is_in_talks_with_reasons_of_several_groups():
    one = talks("NB-2026-0003")
    found = binding(one.case.assessment)
    assert (one.state, found["score"], one.agenda) == (DeliberationState.STATEMENTS, "0.6121", ["I", "E"])
    assert set(one.statements.values_list("group__code", flat=True)) == {
        "civil", "affected", "technical", "democratic", "industry", "academics",
    }  # fmt: skip
    assert Reply.objects.filter(statement__round=one).count() == 5
    assert one.sessions.get().facilitator.name == "Nadia Ferrand"
    assert rules.takes_statements(one, LOADED_AT)


@pytest.mark.parametrize(
    "now",
    [
        dt.datetime(2027, 3, 24, 0, 5, tzinfo=dt.UTC),  # the statements would end on a Sunday
        dt.datetime(2027, 3, 29, 22, 55, tzinfo=dt.UTC),  # the clocks have just changed
    ],
)
def test_whenever_it_is_loaded_talks_run_and_no_number_moves(now):
    before = binding(talks("NB-2026-0003").case.assessment)
    with transaction.atomic():
        AISystem.objects.filter(incidents__reference="NB-2026-0003").update(name="Loaded before")
        load(now=now, say=[].append)
        one = DeliberationRound.objects.select_related("case__assessment").latest("pk")
        assert (one.case.assessment.incident.reference, one.state) == ("NB-2026-0004", DeliberationState.STATEMENTS)
        assert rules.takes_statements(one, now + 3 * DAY)
        assert (one.statements.count(), one.sessions.count()) == (6, 1)
        after = binding(one.case.assessment)
        transaction.set_rollback(True)
    same = ("score", "groups", "disagreement", "times", "ratings")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_a_case_can_wait_for_its_ratings():
    assert reads.current_assessment(incident("SM-2026-0001")) is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2018-04-10", (dt.date(2018, 4, 10), dt.date(2018, 4, 10))),
        ("2020-02", (dt.date(2020, 2, 1), dt.date(2020, 2, 29))),
        ("2015", (dt.date(2015, 1, 1), dt.date(2015, 12, 31))),
        ("undated", None),
        ("", None),
    ],
)
def test_a_printed_date_covers_all_days_it_can_mean(words, days):
    assert files.days_of(words) == days


def test_a_row_that_goes_on_from_the_one_before_says_so_in_full():
    rows = files.evidence({"key": "us_2020_moderation"})
    assert rows[6].statement == (
        "Tweets labelled as disputed or misleading, 27 October to 11 November: as a share of election tweets"
    )
    assert rows[6].sources[0].title == "An update on our work around the 2020 US elections, as reported"
