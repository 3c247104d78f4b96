"""The published parameter set, in versions."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from stakeholders.models import Jurisdiction, Person


class PolicyVersion(models.Model):
    """One version of every number that a score depends on. Insert-only; ``body`` is canonical JSON."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="policies")
    number = models.PositiveIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.JSONField()
    effective_from = models.DateField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    adopted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="policy_number_once"),
            models.CheckConstraint(condition=~Q(proposed_by=F("adopted_by")), name="policy_two_people"),
        ]

    @property
    def reference(self) -> str:
        """Name by which score strings and records cite this version."""
        return f"{self.jurisdiction.code}-POL-{self.number}~{self.sha256[:16]}"
