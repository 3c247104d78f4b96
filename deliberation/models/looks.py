"""What people concluded who looked where a report on possible manipulation asked them to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.models import WeightRound
from stakeholders.models import Person


class ReportLook(models.Model):
    """Somebody looked where the report on a round asked people to, and wrote down what they concluded. Insert-only.

    ``report_sha256`` is that of the report they read: another formula makes another report on the same round.
    It removes nobody and changes no number.
    """

    round = models.ForeignKey(WeightRound, models.PROTECT, related_name="report_looks")
    report_sha256 = models.CharField(max_length=64)
    conclusion = models.TextField()
    looked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "report_sha256", "looked_by"], name="report_look_once"),
            models.CheckConstraint(condition=~Q(conclusion=""), name="report_look_has_conclusion"),
        ]
