"""Group sums and the score runs computed from them."""

from typing import ClassVar

from django.db import models

from assessments.models.ratings import Assessment
from assessments.models.rounds import WeightRound
from stakeholders.models import Group


class GroupSum(models.Model):
    """Exact integer sums over a group's current answers: count, sum of points, sum of products (upper triangle)."""

    round = models.ForeignKey(WeightRound, models.PROTECT, related_name="sums")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    n = models.PositiveIntegerField(default=0)
    s = models.JSONField(default=list)
    q = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "group"], name="group_sum_once"),
        ]


class ScoreRun(models.Model):
    """One computation at one revision. ``binding`` are canonical bytes, compared exactly.

    Runs of an open round are working rows: nobody reads them and publication deletes all but the last.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="runs")
    round = models.ForeignKey(WeightRound, models.PROTECT, null=True, related_name="runs")
    rev = models.BigIntegerField()
    engine = models.CharField(max_length=8)
    inputs_digest = models.CharField(max_length=64)
    binding = models.TextField()
    statistics = models.JSONField(default=dict)
    published = models.BooleanField(default=False)
    computed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "rev", "engine"], name="score_run_once"),
        ]
