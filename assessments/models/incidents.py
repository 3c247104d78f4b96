"""Deployers, AI systems, incidents and their references."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.states import IncidentKind
from lastvote.clock import now
from lastvote.texts import words_of
from stakeholders.models import Jurisdiction


class Deployer(models.Model):
    """Whoever puts a system to use."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="deployers")
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
    """What happened, or may happen, with one AI system."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="incidents")
    reference = models.CharField(max_length=24)
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
