"""A case that waits for ratings, and evaluators to rate it, through the real actions."""

import datetime as dt
from decimal import Decimal

from assessments.actions import appointments, ratings
from assessments.models import Assessment, EvaluatorAppointment, Incident, Rating
from assessments.scoring.schemes import SCHEMES
from assessments.states import SchemeName
from lastvote.access import Role
from stakeholders import actions as people
from stakeholders.models import Person
from tests import factories as make
from tests.factories import Town

OPENED = dt.date(2026, 5, 10)


def unrated(town: Town, *, incident: Incident | None = None, scheme: SchemeName = SchemeName.CLASSIC) -> Assessment:
    """Open an assessment that nobody has rated."""
    return ratings.open_assessment(
        incident=incident or make.make_incident(town), scheme=scheme, policy_version=town.policy, opened_on=OPENED,
        by=town.staff[Role.SECRETARIAT], now=make.NOW - 20 * make.DAY,
    )  # fmt: skip


def rate_again(town: Town, old: Assessment, now: dt.datetime) -> Assessment:
    """Open the assessment that takes the place of an earlier one."""
    return ratings.open_assessment(
        incident=old.incident, scheme=old.scheme, policy_version=old.policy, opened_on=now.date(), supersedes=old,
        rescored_because="New evidence.", by=town.staff[Role.SECRETARIAT], now=now,
    )  # fmt: skip


def rows(assessment: Assessment, value: str = "0.5", **values: str) -> list[ratings.RatedValue]:
    """Return a complete rating: ``value`` everywhere, another one where a factor is named."""
    item = assessment.incident.evidence.filter(kind="evidence").first()
    return [
        ratings.RatedValue(
            factor=factor, part=part, value=Decimal(values.get(factor, value)), reason="As the report says.",
            evidence=[item],
        )
        for factor, part in ratings.expected_parts(SCHEMES[assessment.scheme])
    ]  # fmt: skip


def rate(assessment: Assessment, by: Person, value: str = "0.5", **values: str) -> Rating:
    """Hand in a rating."""
    return ratings.submit_rating(
        assessment=assessment, values=rows(assessment, value, **values), by=by, now=make.NOW - 10 * make.DAY
    )


def freeze(town: Town, assessment: Assessment) -> Assessment:
    """Fix the ratings."""
    return ratings.freeze_ratings(assessment=assessment, by=town.staff[Role.SECRETARIAT], now=make.NOW - 5 * make.DAY)


def newcomer(town: Town, name: str = "Newcomer") -> Person:
    """Somebody who answers for no group and holds no role."""
    email = f"{name.lower().replace(' ', '.')}@{town.jurisdiction.slug}.example"
    return people.add_person(jurisdiction=town.jurisdiction, name=name, email=email, now=make.NOW - 30 * make.DAY)


def supervisor(town: Town) -> Person:
    """Somebody who signs off ratings."""
    person = newcomer(town, "Supervisor")
    people.grant_role(
        person=person, role=Role.SUPERVISOR, valid_from=make.START, now=make.NOW - 30 * make.DAY,
        proposed_by=town.staff[Role.SECRETARIAT], confirmed_by=town.staff[Role.CHAIR],
    )  # fmt: skip
    return person


def propose(town: Town, assessment: Assessment, person: Person, *, supervised: bool = False) -> EvaluatorAppointment:
    """Propose an evaluator; the chair has not confirmed."""
    return appointments.propose_evaluator(
        assessment=assessment, person=person, supervised=supervised, by=town.staff[Role.SECRETARIAT],
        now=make.NOW - 15 * make.DAY,
    )  # fmt: skip


def appoint(town: Town, assessment: Assessment, person: Person, *, supervised: bool = False) -> EvaluatorAppointment:
    """Appoint an evaluator, by two people."""
    waiting = propose(town, assessment, person, supervised=supervised)
    return appointments.confirm_evaluator(
        appointment=waiting, by=town.staff[Role.CHAIR], now=make.NOW - 15 * make.DAY
    )  # fmt: skip
