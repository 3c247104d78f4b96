"""Deployers, AI systems, incidents and their references."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.states import IncidentKind, MergeAct
from assessments.tokens import TOKEN_LENGTH, public_token
from lastvote.clock import now
from lastvote.texts import words_of
from stakeholders.models import Jurisdiction, Person


class Deployer(models.Model):
    """Whoever puts a system to use."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="deployers")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=public_token, editable=False)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="deployer_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class AISystem(models.Model):
    """One AI system as it is used somewhere."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="systems")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=public_token, editable=False)
    deployer = models.ForeignKey(Deployer, models.PROTECT, related_name="systems")
    name = models.CharField(max_length=200)
    description = models.JSONField()
    covered_by_mandate = models.BooleanField(default=False)
    publicly_procured = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "deployer", "name"], name="system_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ReferenceCounter(models.Model):
    """The last number given in a year. Locked while the next one is taken, so none is given twice."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "year"], name="reference_counter_once"),
        ]


class Incident(models.Model):
    """What happened, or may happen, with one AI system. The row is its newest version; earlier ones are kept."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="incidents")
    reference = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=16, choices=IncidentKind, default=IncidentKind.INCIDENT)
    system = models.ForeignKey(AISystem, models.PROTECT, related_name="incidents")
    title = models.JSONField()
    summary = models.JSONField()
    affected = models.JSONField()
    happened_from = models.DateField(null=True, blank=True)
    happened_to = models.DateField(null=True, blank=True)
    retrospective = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "reference"], name="incident_reference_once"),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="incident_not_merged_into_itself"),
            models.CheckConstraint(
                condition=~Q(kind=IncidentKind.CONTROL) | Q(retrospective=True),
                name="incident_control_is_retrospective",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {words_of(self.title)}"


class IncidentVersion(models.Model):
    """An incident as it stood before somebody changed it. Insert-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="earlier")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=IncidentKind)
    system = models.ForeignKey(AISystem, models.PROTECT, related_name="+")
    title = models.JSONField()
    summary = models.JSONField()
    affected = models.JSONField()
    happened_from = models.DateField(null=True, blank=True)
    happened_to = models.DateField(null=True, blank=True)
    replaced_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "version"], name="incident_version_once"),
        ]


class IncidentOrigin(models.Model):
    """Where an imported incident stands in the catalogue it came from, and how that catalogue sorts it. Insert-only.

    ``sha256`` is that of the imported row, so a later file can be compared with what came in.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    incident = models.OneToOneField(Incident, models.PROTECT, related_name="origin")
    catalogue = models.CharField(max_length=40)
    entry = models.CharField(max_length=80)
    tags = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "catalogue", "entry"], name="incident_imported_once"),
        ]


class IncidentMerge(models.Model):
    """Somebody said that two cases are one, or that they are two after all. Insert-only; the newest row holds.

    ``Incident.merged_into`` is where the newest row leaves the case.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Incident, models.PROTECT, related_name="taken_in")
    act = models.CharField(max_length=12, choices=MergeAct)
    reason = models.TextField()
    done_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(incident=models.F("kept")), name="merge_of_two_cases"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
        ]
