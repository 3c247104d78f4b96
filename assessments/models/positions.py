"""Positions that a delegate adopts for a group, with reasons."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.models.rounds import WeightRound
from stakeholders.models import Group, Person


class AdoptedPosition(models.Model):
    """What a delegate adopted for a group in one round. Insert-only: the newest stands until the close.

    Nobody but its author reads it before the close. Then it is a public act, and stays.
    """

    round = models.ForeignKey(WeightRound, models.PROTECT, related_name="adopted_positions")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    points = models.JSONField()
    reason = models.TextField()
    language = models.CharField(max_length=12)
    adopted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "group", "version"], name="adopted_position_version_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="adopted_position_has_reason"),
        ]
