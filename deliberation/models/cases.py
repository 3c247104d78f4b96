"""The proceeding on an incident, and the protective score in which it may end."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.models import Assessment, WeightRound
from deliberation.states import CaseOutcome, CaseState
from stakeholders.models import Community

OUTCOME_LENGTH = 12


class Case(models.Model):
    """One proceeding: what follows from the answers on one assessment.

    ``path`` is the highest level it was ever on. ``outcome`` is empty until the conflict protocol has ended.
    """

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="case")
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.WEIGHING)
    revision = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=4, default="none")
    rounds_ended = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=OUTCOME_LENGTH, choices=CaseOutcome, blank=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(state=CaseState.AWAITING_DECISION, settled_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state=CaseState.AWAITING_DECISION) & Q(settled_at__isnull=True, outcome="")),
                name="case_settled_whole",
            ),
        ]


class ProtectiveFinding(models.Model):
    """The most protective view of the people directly affected, with everything it rests on (D27). Insert-only.

    ``body`` is canonical JSON: both outcomes, every score that entered, and the rule.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="finding")
    weight_round = models.ForeignKey(WeightRound, models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=4)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    score_string = models.CharField(max_length=512)
    found_at = models.DateTimeField()


class CommunityMean(models.Model):
    """A mean of a registered community that a finding told, by the places on a roll behind it. Insert-only.

    Later means are held against it, and places outlive the people who stood on them.
    """

    finding = models.ForeignKey(ProtectiveFinding, models.PROTECT, related_name="community_means")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    round = models.ForeignKey(WeightRound, models.PROTECT, related_name="+")
    places = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("finding", "community"), name="community_mean_once"),
        ]
