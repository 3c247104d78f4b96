"""Assessments and the evaluators' ratings that they hold."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from assessments.models.evidence import EvidenceItem
from assessments.models.incidents import Incident
from assessments.models.policies import PolicyVersion
from assessments.states import AggregatorName, SchemeName
from lastvote.clock import now
from stakeholders.models import Person


class Assessment(models.Model):
    """One scoring of one incident under one scheme and one policy version.

    The row is the lock row: whatever changes its inputs locks it, takes the next ``input_rev`` and commits.
    ``folded_rev`` counts what is in the group sums, ``scored_rev`` what a score run exists for; both only grow.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField()
    scheme = models.CharField(max_length=12, choices=SchemeName)
    aggregator = models.CharField(max_length=12, choices=AggregatorName, default=AggregatorName.LINEAR)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="assessments")
    opened_on = models.DateField()
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    retrospective = models.BooleanField(default=False)
    evidence_cutoff = models.DateField(null=True, blank=True)
    ratings_frozen_at = models.DateTimeField(null=True, blank=True)
    input_rev = models.BigIntegerField(default=0)
    folded_rev = models.BigIntegerField(default=0)
    scored_rev = models.BigIntegerField(default=0)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    rescored_because = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "number"], name="assessment_number_once"),
            models.CheckConstraint(
                condition=Q(folded_rev__gte=F("scored_rev"), input_rev__gte=F("folded_rev")),
                name="assessment_revisions_in_order",
            ),
            models.CheckConstraint(
                condition=Q(retrospective=True, month__isnull=True) | Q(retrospective=False, month__isnull=False),
                name="assessment_month_unless_retrospective",
            ),
        ]


class Rating(models.Model):
    """What one evaluator says the evidence shows. Immutable; a change is a new version."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="ratings")
    evaluator = models.ForeignKey(Person, models.PROTECT, related_name="ratings")
    version = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "evaluator", "version"], name="rating_version_once"),
        ]


class RatingValue(models.Model):
    """One value of a rating, with its reason and the evidence it rests on."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="values")
    factor = models.CharField(max_length=2)
    part = models.PositiveSmallIntegerField(default=0)
    value = models.DecimalField(max_digits=5, decimal_places=4)
    reason = models.TextField()
    none_found = models.BooleanField(default=False)
    evidence = models.ManyToManyField(EvidenceItem, related_name="rating_values")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rating", "factor", "part"], name="rating_value_once"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=1), name="rating_value_range"),
            models.CheckConstraint(condition=~Q(reason=""), name="rating_value_has_reason"),
        ]
