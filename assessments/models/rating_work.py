"""What stands around a rating: who was appointed, what is not sent yet, who signed it off, who looked at an alarm."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from assessments.models.ratings import Assessment, Rating
from stakeholders.models import Person, RoleGrant


class EvaluatorAppointment(models.Model):
    """One person is to rate one assessment: proposed by one, confirmed by another. The grant is the role itself.

    The rating of a ``supervised`` evaluator counts only once a supervisor has signed it off.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    supervised = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    grant = models.OneToOneField(RoleGrant, models.SET_NULL, null=True, blank=True, related_name="appointment")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "person"], name="appointment_person_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(proposed_by=F("confirmed_by")),
                name="appointment_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="appointment_confirmed_whole",
            ),
        ]


class RatingDraft(models.Model):
    """A rating half filled in, for its evaluator alone. Lives until it is sent or the ratings are frozen."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="rating_drafts")
    evaluator = models.ForeignKey(Person, models.CASCADE, related_name="rating_drafts")
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "evaluator"], name="rating_draft_once"),
        ]


class RatingSignOff(models.Model):
    """A supervisor stands behind one version of a supervised evaluator's rating."""

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="sign_off")
    supervisor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()


class PeakLook(models.Model):
    """Somebody looked at a part that reached the High line, and wrote down what they saw. Changes no score."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="peak_looks")
    note = models.TextField()
    looked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(note=""), name="peak_look_has_note"),
        ]
