"""Weight rounds, the acts on them that take two people, and the record that a close publishes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from assessments.models.ratings import Assessment
from assessments.states import RoundState, RoundVerb
from stakeholders.models import Person


class WeightRound(models.Model):
    """A span of days in which the people on the roll say what counts.

    ``frozen`` is the canonical JSON of everything fixed before the first answer; ``frozen_sha256`` its hash.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=RoundState, default=RoundState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    first_closes_at = models.DateTimeField()
    extension_reason = models.TextField(blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    frozen = models.TextField(blank=True)
    frozen_sha256 = models.CharField(max_length=64, blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(state__in=[RoundState.DRAFT, RoundState.ANNOUNCED, RoundState.OPEN, RoundState.CLOSED]),
                name="round_one_running_per_assessment",
            ),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="round_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(state__in=[RoundState.DRAFT, RoundState.ANNOUNCED])
                | Q(state=RoundState.VOID)
                | (Q(opened_at__isnull=False) & ~Q(frozen_sha256="")),
                name="round_opened_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RoundState.CLOSED, RoundState.PUBLISHED]) | Q(closed_at__isnull=False),
                name="round_closed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.PUBLISHED) | Q(published_at__isnull=False),
                name="round_published_has_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "closes_at"], name="round_due")]


class RoundProposal(models.Model):
    """An act on a round that one person proposed and another confirms, on the same content."""

    round = models.ForeignKey(WeightRound, models.PROTECT, related_name="proposals")
    verb = models.CharField(max_length=16, choices=RoundVerb)
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="proposal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="proposal_confirmed_paired",
            ),
        ]


class RoundRecord(models.Model):
    """What the close of a round published: canonical JSON, its hash, and nothing that can change."""

    round = models.OneToOneField(WeightRound, models.PROTECT, primary_key=True, related_name="record")
    reference = models.CharField(max_length=80, unique=True)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    score_string = models.CharField(max_length=512)
    published_at = models.DateTimeField()
