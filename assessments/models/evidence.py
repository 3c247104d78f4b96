"""Sources and the rows of evidence that rest on them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from assessments.models.incidents import Incident
from assessments.states import EvidenceKind, Visibility
from assessments.tokens import TOKEN_LENGTH, public_token
from lastvote.clock import now
from stakeholders.models import Jurisdiction


class Source(models.Model):
    """A publication. One source can serve many incidents. The address is shown, never fetched."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="sources")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=public_token, editable=False)
    title = models.TextField()
    publisher = models.TextField(blank=True)
    published_words = models.CharField(max_length=40, blank=True)
    published_on = models.DateField(null=True, blank=True)
    addresses = models.JSONField(default=list)


class EvidenceItem(models.Model):
    """One dated statement. A change is a new version that supersedes the old."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    statement = models.TextField()
    language = models.CharField(max_length=12, default="en")
    low = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    figure_of = models.CharField(max_length=200, blank=True)
    """What the figure counts: figures of the same thing in the same unit are shown side by side, never merged."""
    bears_on = models.CharField(max_length=200, blank=True)
    caveat = models.TextField(blank=True)
    as_of_words = models.CharField(max_length=40)
    as_of_from = models.DateField(null=True, blank=True)
    as_of_to = models.DateField(null=True, blank=True)
    sources = models.ManyToManyField(Source, related_name="evidence")
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    visibility_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "number", "version"], name="evidence_version_once"),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__lte=F("high")),
                name="evidence_interval",
            ),
            models.CheckConstraint(
                condition=Q(as_of_from__isnull=True, as_of_to__isnull=True) | Q(as_of_from__lte=F("as_of_to")),
                name="evidence_dates",
            ),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.PUBLIC) | ~Q(visibility_reason=""),
                name="evidence_withheld_with_reason",
            ),
        ]
