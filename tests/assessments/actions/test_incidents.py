"""Incidents, evidence and ratings: what their actions refuse, each with its own code, and nothing is left behind."""

import datetime as dt
from decimal import Decimal as D

import pytest
from django.db import OperationalError

from assessments.actions import changes, evidence, incidents, ratings, rounds
from assessments.models import Assessment, EvidenceItem, Incident, Rating, Source
from assessments.scoring.schemes import CLASSIC
from assessments.states import EvidenceKind, IncidentKind, RoundState, SchemeName
from lastvote.access import Role
from lastvote.errors import Refused
from lastvote.texts import text
from lastvote.transactions import locking
from tests import factories as make
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 30)


built = kept(lambda: make.make_town(size=5))


@pytest.fixture
def town(built, db):
    return copied(built)


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.code, refused.value.status


def test_a_system_of_another_town_is_not_on_the_list(town):
    system = make.make_incident(make.make_town(slug="elsewhere", code="EW", size=1)).system
    before = Incident.objects.count()
    assert refusal(
        incidents.create_incident, jurisdiction=town.jurisdiction, kind=IncidentKind.INCIDENT, system=system,
        title=text("Title"), summary=text("Summary"), affected=text("Tenants"), happened_from=None, happened_to=None,
        retrospective=False, by=town.staff[Role.SECRETARIAT], now=make.NOW,
    ) == ("unknown_system", 422)  # fmt: skip
    assert Incident.objects.count() == before


@pytest.mark.parametrize(("changes", "code"), [
    ({"sources": []}, "source_required"),
    ({"low": D(2), "high": D(1)}, "interval_order"),
    ({"low": D(2)}, "interval_order"),
    ({"as_of_from": DAY, "as_of_to": DAY - dt.timedelta(days=1)}, "date_order"),
    ({"as_of_from": None}, "date_order"),
    ({"as_of_to": dt.date(9999, 12, 31)}, "out_of_range"),
    ({"as_of_from": dt.date(1899, 12, 31)}, "out_of_range"),
    ({"visibility": "restricted"}, "reason_required"),
])  # fmt: skip
def test_evidence_needs_a_source_an_order_and_a_reason_to_be_withheld(town, changes, code):
    incident = make.make_incident(town)
    arguments = {
        "incident": incident, "kind": EvidenceKind.EVIDENCE, "statement": "A fact.", "as_of_words": "2026-04-30",
        "as_of_from": DAY, "as_of_to": DAY, "sources": [Source.objects.get()], "by": town.staff[Role.SECRETARIAT],
        "now": make.NOW,
    }  # fmt: skip
    assert refusal(evidence.add_evidence, **{**arguments, **changes}) == (code, 422)
    assert EvidenceItem.objects.count() == 1


def test_an_assessment_needs_a_policy_in_force_on_its_day(town):
    incident = make.make_incident(town)
    day = town.policy.effective_from - dt.timedelta(days=1)
    assert refusal(
        ratings.open_assessment, incident=incident, scheme=SchemeName.CLASSIC, policy_version=town.policy,
        opened_on=day, by=town.staff[Role.SECRETARIAT], now=make.NOW,
    ) == ("policy_not_in_force", 422)  # fmt: skip
    assert not Assessment.objects.exists()


def rated(assessment, **changes):
    item = assessment.incident.evidence.get()
    given = {"value": D("0.5"), "reason": "As the report says.", "evidence": [item], **changes}
    return [ratings.RatedValue(factor=factor, part=0, **given) for factor in CLASSIC.factors]


@pytest.fixture
def unrated(town):
    return ratings.open_assessment(
        incident=make.make_incident(town), scheme=SchemeName.CLASSIC, policy_version=town.policy,
        opened_on=dt.date(2026, 5, 10), by=town.staff[Role.SECRETARIAT], now=make.NOW,
    )  # fmt: skip


@pytest.mark.parametrize(("changes", "code"), [
    ({"reason": " "}, "rationale_required"),
    ({"evidence": []}, "evidence_required"),
    ({"none_found": True}, "evidence_required"),
    ({"value": D("1.1")}, "range"),
    ({"value": D("NaN")}, "range"),
    ({"value": D("0.12345")}, "max_decimal_places"),
])  # fmt: skip
def test_each_rating_needs_a_value_a_reason_and_evidence_or_the_word_that_there_is_none(town, unrated, changes, code):
    rows = rated(unrated, **changes)
    act = ratings.submit_rating
    assert refusal(act, assessment=unrated, values=rows, by=town.evaluators[0], now=make.NOW) == (code, 422)
    assert not Rating.objects.exists()


def test_a_rating_rests_on_evidence_of_its_own_case_alone(town, unrated):
    other = make.make_incident(town, title="Another").evidence.get()
    rows = rated(unrated, evidence=[other])
    act = ratings.submit_rating
    found = refusal(act, assessment=unrated, values=rows, by=town.evaluators[0], now=make.NOW)
    assert found == ("evidence_not_known", 422)


def test_ratings_are_frozen_after_two_and_with_a_third_where_two_are_far_apart(town, unrated):
    def freeze():
        return refusal(ratings.freeze_ratings, assessment=unrated, by=town.staff[Role.SECRETARIAT], now=make.NOW)

    def rate(evaluator, value):
        rows = rated(unrated, value=D(value))
        ratings.submit_rating(assessment=unrated, values=rows, by=town.evaluators[evaluator], now=make.NOW)

    rate(0, "0.5")
    assert freeze() == ("two_evaluators_required", 409)
    rate(1, "0.7001")
    assert freeze() == ("third_evaluator_required", 409)
    rate(1, "0.7")  # exactly 0.2 apart is agreement enough
    ratings.freeze_ratings(assessment=unrated, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    assert freeze() == ("ratings_frozen", 409)


def test_nobody_rates_what_is_frozen(town):
    assessment = make.make_assessment(town)
    rows = rated(assessment)
    act = ratings.submit_rating
    found = refusal(act, assessment=assessment, values=rows, by=town.evaluators[0], now=make.NOW)
    assert found == ("ratings_frozen", 409)


def test_a_round_is_not_announced_for_the_far_future(town):
    assessment, opens_at = make.make_assessment(town), make.NOW + 367 * make.DAY
    assert refusal(
        rounds.propose_announcement, assessment=assessment, opens_at=opens_at, closes_at=opens_at + 21 * make.DAY,
        by=town.staff[Role.SECRETARIAT], now=make.NOW,
    ) == ("out_of_range", 422)  # fmt: skip


def test_of_two_who_move_a_round_at_once_the_second_is_told(town):
    weight_round = make.open_round(town)
    type(weight_round).objects.filter(pk=weight_round.pk).update(revision=weight_round.revision + 1)
    act = changes.change_state
    assert refusal(act, weight_round=weight_round, to=RoundState.CLOSED) == ("already_changed", 409)


def test_a_lock_that_is_not_free_in_time_asks_to_send_again():
    with pytest.raises(Refused) as refused, locking():
        raise OperationalError("database is locked")
    assert (refused.value.code, refused.value.status) == ("busy", 429)
    assert refused.value.details["retry_after"] > 0


def test_another_fault_of_the_database_stays_a_fault():
    with pytest.raises(OperationalError, match="disk"), locking():
        raise OperationalError("disk I/O error")
