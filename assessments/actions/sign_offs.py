"""A supervisor signs off the rating of an evaluator who is still learning."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, Rating, RatingSignOff
from assessments.rating_reads import unsigned_ratings
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.outbox import enqueue
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.rules import require

MAIL = "mail.signed_off"
"""Kind of the work owed; its subject is the rating that was signed off."""


def sign_off_rating(*, rating: Rating, by: Person, now: dt.datetime) -> RatingSignOff:
    """Stand behind one version of a supervised evaluator's rating; from here on it counts.

    Signing again changes nothing. Refuses people who are no supervisors here, whoever rated this assessment
    themselves, a version that was replaced, and anything after the freeze. Records ``rating.signed_off``, and owes the
    evaluator a message.
    """
    jurisdiction = rating.assessment.incident.jurisdiction
    day = now.astimezone(jurisdiction.zone).date()
    require(by, Permission.SIGN_OFF_RATING, on=day, assessment_id=rating.assessment_id)
    with locking():
        locked = Assessment.objects.select_for_update().get(pk=rating.assessment_id)
        standing = RatingSignOff.objects.filter(rating=rating, supervisor=by).first()
        if standing is not None:
            return standing
        _check(locked, rating, by)
        sign_off = RatingSignOff.objects.create(rating=rating, supervisor=by, signed_at=now)
        record(
            kind="rating.signed_off",
            subject="assessment",
            subject_id=locked.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=by.pk,
            acting_as="supervisor",
            now=now,
            facts={"evaluator": rating.evaluator_id, "version": rating.version},
        )
        enqueue(kind=MAIL, subject_id=rating.pk, now=now)
    return sign_off


def _check(assessment: Assessment, rating: Rating, by: Person) -> None:
    if assessment.ratings_frozen_at:
        raise Refused("ratings_frozen", _("The ratings are frozen already."), status=409)
    if assessment.ratings.filter(evaluator=by).exists():
        raise Refused(
            "has_rated", _("You have rated this case yourself, so somebody else must sign this off."), status=409
        )
    if not any(one.pk == rating.pk for one in unsigned_ratings(assessment)):
        raise Refused("not_waiting", _("This version is signed off already, or another one replaced it."), status=409)
