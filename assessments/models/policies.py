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


class PolicyProposal(models.Model):
    """The next version as one person proposed it on top of ``base``, until another adopts or declines it."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="policy_proposals")
    base = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="proposals")
    body = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.JSONField()
    effective_from = models.DateField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.OneToOneField(PolicyVersion, models.PROTECT, null=True, blank=True, related_name="proposal")
    declined_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="policy_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, version__isnull=True, declined_because="")
                | Q(decided_by__isnull=False, decided_at__isnull=False, version__isnull=False, declined_because="")
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, version__isnull=True)
                    & ~Q(declined_because="")
                ),
                name="policy_proposal_decided_once",
            ),
        ]
