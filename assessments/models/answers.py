"""The roll of a round and the answers on it. Answers never point at a person; the roll entry does, erasably."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.models.ratings import Assessment
from assessments.models.rounds import WeightRound
from assessments.states import AnswerMethod, ChangeReason, Channel, SubmissionKind
from assessments.tokens import TOKEN_LENGTH
from stakeholders.models import Group, Person


class RollEntry(models.Model):
    """One place on a round's roll. Erasing a person empties ``person``; the place and its points stay.

    ``earlier`` is the same person's newest place for the same group on a round that was published before. It outlives
    the person, so that what changed between two rounds can be counted again at any time.
    """

    round = models.ForeignKey(WeightRound, models.PROTECT, related_name="roll")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="roll_entries")
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person"], name="roll_person_once"),
        ]


class Submission(models.Model):
    """One accepted answer, one carried over, or the taking back of one. Insert-only: a change is a new version.

    ``points`` are whole points summing to 10,000 in the scheme's order; null for a withdrawal. ``rev`` is the
    assessment's ``input_rev`` that this row was committed under.
    """

    roll_entry = models.ForeignKey(RollEntry, models.PROTECT, related_name="submissions")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="submissions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=SubmissionKind, default=SubmissionKind.ANSWER)
    points = models.JSONField(null=True)
    rev = models.BigIntegerField()
    accepted_at = models.DateTimeField()
    commitment = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roll_entry", "version"], name="submission_version_once"),
            models.UniqueConstraint(fields=["assessment", "rev"], name="submission_rev_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[SubmissionKind.ANSWER, SubmissionKind.CARRIED], points__isnull=False)
                | Q(kind=SubmissionKind.WITHDRAWAL, points__isnull=True),
                name="submission_answer_has_points",
            ),
        ]


class SubmissionDetail(models.Model):
    """Everything of an answer that can be erased: what was typed, why, the salt, the receipt.

    ``change_reason`` says why it differs from the answer of the round before, ``reason_read`` which reason of somebody
    else led to that; both are empty where nothing differs.
    """

    submission = models.OneToOneField(Submission, models.PROTECT, primary_key=True, related_name="detail")
    receipt = models.CharField(max_length=11, unique=True)
    method = models.CharField(max_length=8, choices=AnswerMethod, blank=True)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.SELF)
    raw = models.JSONField(default=dict)
    order_shown = models.JSONField(default=list)
    wording_version = models.CharField(max_length=16, blank=True)
    first_points = models.JSONField(null=True)
    reasons = models.JSONField(default=dict)
    change_reason = models.CharField(max_length=8, choices=ChangeReason, blank=True)
    reason_read = models.CharField(max_length=TOKEN_LENGTH, blank=True)
    language = models.CharField(max_length=12, default="en")
    salt = models.BinaryField(max_length=32)


class CurrentAnswer(models.Model):
    """Which version stands. The one row of an answer that changes; null = withdrawn."""

    roll_entry = models.OneToOneField(RollEntry, models.PROTECT, primary_key=True, related_name="current")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")


class Draft(models.Model):
    """A form half filled in. Lives until it is sent or the round closes."""

    roll_entry = models.OneToOneField(RollEntry, models.CASCADE, primary_key=True, related_name="draft")
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
