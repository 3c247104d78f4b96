"""What groups say to each other in a round: statements, replies, sessions and who was there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.models import EvidenceItem
from assessments.tokens import TOKEN_LENGTH, public_token
from deliberation.models.rounds import DeliberationRound
from deliberation.states import DifferenceKind, ReplyKind
from stakeholders.models import Group, Person

LONGEST = 1500
"""Characters of a reason."""


class Statement(models.Model):
    """Why a group, or one of its people, weighs an item as it does. Public from the start, signed by the group.

    ``item`` is the code of what is weighed. Erasing a person takes their words along; that the group spoke remains.
    Whoever wrote it may show their name. A duplicate is joined to another with its author's consent, and both stay
    readable.
    """

    round = models.ForeignKey(DeliberationRound, models.PROTECT, related_name="statements")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=public_token, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="statements")
    shows_name = models.BooleanField(default=False)
    item = models.CharField(max_length=8)
    difference = models.CharField(max_length=12, choices=DifferenceKind)
    words = models.TextField()
    would_change = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    evidence = models.ManyToManyField(EvidenceItem, related_name="+", blank=True)
    stated_at = models.DateTimeField()
    moved_on_at = models.DateTimeField(null=True, blank=True)
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    join_proposed_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words="") | Q(person__isnull=True), name="statement_has_words"),
            models.CheckConstraint(condition=~Q(joined_to=models.F("id")), name="statement_not_joined_to_itself"),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "item"], name="statement_by_item")]


class LateWords(models.Model):
    """A reason that came when the round took none any more. Kept for its author, who can ask to have it taken late.

    Nobody else reads it before ``asked_at``; then the facilitator does. Once it is taken it is a statement, and this
    row is gone. Erasing a person takes it along.
    """

    round = models.ForeignKey(DeliberationRound, models.PROTECT, related_name="late_words")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=public_token, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    shows_name = models.BooleanField(default=False)
    item = models.CharField(max_length=8)
    difference = models.CharField(max_length=12, choices=DifferenceKind)
    words = models.TextField()
    would_change = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    evidence = models.ManyToManyField(EvidenceItem, related_name="+", blank=True)
    kept_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person", "item"], name="late_words_once"),
        ]


class Reply(models.Model):
    """An answer to a statement: the same reason, evidence on it, or another reading. Nobody votes on anything."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="replies")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="replies")
    kind = models.CharField(max_length=12, choices=ReplyKind)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    evidence = models.ManyToManyField(EvidenceItem, related_name="+", blank=True)
    replied_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "person"], condition=Q(kind=ReplyKind.ADOPT), name="reason_adopted_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=ReplyKind.ADOPT) | ~Q(words="") | Q(person__isnull=True), name="reply_has_words"
            ),
        ]


class Session(models.Model):
    """A meeting of the groups. ``minutes`` and attendance are written afterwards, once.

    ``access`` says what is there so that everybody can take part. Until it begins, a session can be moved. One that
    lacks affected communities or civil society is convened a second time; the second is held with whoever comes.
    """

    round = models.ForeignKey(DeliberationRound, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    access = models.TextField(blank=True)
    facilitator = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    minutes = models.TextField(blank=True)
    minuted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    minuted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="session_number_once"),
            models.CheckConstraint(
                condition=Q(minutes="", minuted_by__isnull=True, minuted_at__isnull=True)
                | (~Q(minutes="") & Q(minuted_by__isnull=False, minuted_at__isnull=False)),
                name="session_minuted_whole",
            ),
        ]


class Attendance(models.Model):
    """How many people of a group were at a session, and what they needed in order to take part."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()
    minutes_spoken = models.PositiveSmallIntegerField(default=0)
    access_needs = models.TextField(blank=True)
    access_met = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "group"], name="attendance_group_once"),
        ]
