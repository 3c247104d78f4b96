"""Named queries about who rates what. None of them shows a value before the ratings are frozen."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments import reads
from assessments.agreement import FEWEST_EVALUATORS, needs_third
from assessments.models import Assessment, EvaluatorAppointment, PeakLook, Rating, RatingDraft, ScoreRun
from lastvote.access import ROLE_PERMISSIONS, Permission, Role
from stakeholders.models import Jurisdiction, Membership, Person, RoleGrant
from stakeholders.reads import in_force
from stakeholders.states import INCOMPATIBLE_ROLES, RoleScope

RATERS = tuple(role for role, may in ROLE_PERMISSIONS.items() if Permission.RATE in may)


@dataclass(frozen=True)
class Standing:
    """How far the ratings of an assessment have come; says nothing about any value but that two are too far apart."""

    counted: int
    unsigned: int
    third_needed: bool
    waiting_proposals: int = 0

    @property
    def enough(self) -> bool:
        """Whether the ratings can be frozen."""
        return self.counted >= FEWEST_EVALUATORS and not self.third_needed


NOTHING_YET = Standing(0, 0, third_needed=False)


@dataclass(frozen=True)
class Seat:
    """One person who rates an assessment, or may, and whether they have. Never what."""

    person: Person
    appointment: EvaluatorAppointment | None
    rating: Rating | None

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether a second person has yet to confirm the appointment."""
        return self.appointment is not None and self.appointment.confirmed_at is None

    @property
    def waits_for_sign_off(self) -> bool:
        """Whether a supervisor has yet to sign off what was handed in."""
        return self.rating is not None and _is_unsigned(self.rating)


def _is_unsigned(rating: Any) -> bool:
    return bool(rating.supervised) and getattr(rating, "sign_off", None) is None


def standings(assessments: Sequence[int]) -> dict[int, Standing]:
    """Return how far some assessments have come, in a constant number of questions."""
    ratings: dict[int, list[Rating]] = defaultdict(list)
    for rating in reads.newest_ratings(assessments).select_related("sign_off"):
        ratings[rating.assessment_id].append(rating)
    proposed = EvaluatorAppointment.objects.filter(assessment__in=assessments, confirmed_at=None)
    waiting = list(proposed.values_list("assessment", flat=True))
    return {one: _standing(ratings[one], waiting.count(one)) for one in assessments}


def _standing(ratings: Sequence[Rating], waiting: int) -> Standing:
    counted = [rating for rating in ratings if not _is_unsigned(rating)]
    return Standing(
        counted=len(counted),
        unsigned=len(ratings) - len(counted),
        third_needed=needs_third([reads.table_of(rating) for rating in counted]),
        waiting_proposals=waiting,
    )


def seats_of(assessment: Assessment, day: dt.date) -> list[Seat]:
    """Return everybody who rated, is appointed or proposed, or holds the role of evaluator, in order of their names."""
    jurisdiction = assessment.incident.jurisdiction
    appointments = {one.person_id: one for one in assessment.appointments.select_related("proposed_by")}
    ratings: dict[int, Rating] = {
        one.evaluator_id: one for one in reads.newest_ratings([assessment.pk]).select_related("sign_off")
    }
    holders = Exists(_grants(assessment, day).filter(person=OuterRef("pk"), role=Role.EVALUATOR))
    people = Person.objects.filter(Q(pk__in=appointments) | Q(pk__in=ratings) | holders, jurisdiction=jurisdiction)
    return [Seat(one, appointments.get(one.pk), ratings.get(one.pk)) for one in people.order_by("name", "pk")]


def _grants(assessment: Assessment, day: dt.date) -> QuerySet[RoleGrant]:
    here = Q(scope=RoleScope.JURISDICTION) | Q(scope=RoleScope.ASSESSMENT, scope_id=assessment.pk)
    return RoleGrant.objects.filter(here, in_force(day))


def is_in_force(appointment: EvaluatorAppointment, now: dt.datetime) -> bool:
    """Whether somebody who was appointed is still to rate: the role has not ended, and nothing is fixed."""
    today = now.astimezone(appointment.assessment.incident.jurisdiction.zone).date()
    standing = RoleGrant.objects.filter(in_force(today), appointment=appointment)
    return appointment.assessment.ratings_frozen_at is None and standing.exists()


def candidates(assessment: Assessment, day: dt.date) -> QuerySet[Person]:
    """Return who can be asked to rate: people here who answer for no group and no system and are not asked yet."""
    jurisdiction = assessment.incident.jurisdiction
    asked = assessment.appointments.filter(person=OuterRef("pk"))
    rivals = _grants(assessment, day).filter(person=OuterRef("pk"), role__in=INCOMPATIBLE_ROLES[Role.EVALUATOR])
    answers = Membership.objects.filter(in_force(day), person=OuterRef("pk"))
    return Person.objects.filter(~Exists(asked), ~Exists(rivals), ~Exists(answers), jurisdiction=jurisdiction).order_by(
        "name", "pk"
    )


def unsigned_ratings(assessment: Assessment) -> list[Rating]:
    """Return the newest ratings of supervised evaluators that nobody has signed off, for supervisors alone."""
    rows = reads.newest_ratings([assessment.pk]).select_related("sign_off", "evaluator", "assessment__incident")
    return [rating for rating in rows if _is_unsigned(rating)]


# --- A person's own work ---------------------------------------------------------------------------------------


def rates_somewhere(person: Person | None, day: dt.date) -> bool:
    """Whether the person holds a role that rates, for the whole place or for one assessment."""
    return person is not None and person.role_grants.filter(in_force(day), role__in=RATERS).exists()


def waiting_for_rating(person: Person, day: dt.date) -> list[Assessment]:
    """Return the assessments that wait for a rating by this person, oldest first."""
    grants = list(person.role_grants.filter(in_force(day), role__in=RATERS))
    open_ones = _being_rated(person.jurisdiction).exclude(ratings__evaluator=person)
    named = {one.scope_id for one in grants if one.scope == RoleScope.ASSESSMENT}
    everywhere = {one.role for one in grants if one.scope == RoleScope.JURISDICTION}
    found = list(open_ones)
    standing = standings([one.pk for one in found]) if Role.SUPERVISOR in everywhere else {}
    return [
        one
        for one in found
        if one.pk in named
        or Role.EVALUATOR in everywhere
        or (one.pk in standing and standing[one.pk].third_needed)
    ]  # fmt: skip


def rated_by(person: Person) -> list[Assessment]:
    """Return the assessments that the person has rated and that are not frozen, oldest first."""
    return list(_being_rated(person.jurisdiction).filter(ratings__evaluator=person).distinct())


def waiting_for_sign_off(person: Person, day: dt.date) -> list[Assessment]:
    """Return the assessments with a rating that this supervisor can sign off, oldest first."""
    grants = list(person.role_grants.filter(in_force(day), role=Role.SUPERVISOR))
    if not grants:
        return []
    named = {one.scope_id for one in grants if one.scope == RoleScope.ASSESSMENT}
    everywhere = any(one.scope == RoleScope.JURISDICTION for one in grants)
    supervised = EvaluatorAppointment.objects.filter(assessment=OuterRef("pk"), supervised=True)
    rows = _being_rated(person.jurisdiction).filter(Exists(supervised)).exclude(ratings__evaluator=person)
    found = [one for one in rows if everywhere or one.pk in named]
    standing = standings([one.pk for one in found])
    return [one for one in found if standing[one.pk].unsigned]


def _being_rated(jurisdiction: Jurisdiction) -> QuerySet[Assessment]:
    return (
        Assessment.objects.filter(incident__jurisdiction=jurisdiction, ratings_frozen_at=None)
        .select_related("incident__jurisdiction", "policy")
        .order_by("created_at", "pk")
    )


@dataclass(frozen=True)
class OwnWork:
    """What waits for one evaluator or supervisor, and what they can still change."""

    to_rate: list[Assessment]
    to_sign_off: list[Assessment]
    rated: list[Assessment]

    @property
    def anything(self) -> bool:
        """Whether there is anything to do or to change."""
        return bool(self.to_rate or self.to_sign_off or self.rated)


def work_of(person: Person, day: dt.date) -> OwnWork:
    """Return a person's own part in whatever is being rated."""
    return OwnWork(waiting_for_rating(person, day), waiting_for_sign_off(person, day), rated_by(person))


def own_ratings(assessment: Assessment, person: Person) -> list[Rating]:
    """Return every version of a person's own rating, newest first."""
    rows = Rating.objects.filter(assessment=assessment, evaluator=person).order_by("-version")
    return list(rows.select_related("sign_off").prefetch_related("values__evidence"))


def rating_draft_of(assessment: Assessment, person: Person) -> RatingDraft | None:
    """Return what the person has filled in and not sent."""
    return RatingDraft.objects.filter(assessment=assessment, evaluator=person).first()


# --- Peak alarm ------------------------------------------------------------------------------------------------


def peaks_of(assessment: Assessment) -> list[dict[str, str]]:
    """Return the parts that reached the High line on their own, as the published score lists them (D5)."""
    run = ScoreRun.objects.filter(assessment=assessment, published=True).order_by("-rev").first()
    return list(json.loads(run.binding)["peak_alarm"]) if run else []


def looks_of(assessment: Assessment) -> list[PeakLook]:
    """Return what people wrote down who looked, newest first."""
    return list(assessment.peak_looks.select_related("looked_by").order_by("-looked_at", "-pk"))
