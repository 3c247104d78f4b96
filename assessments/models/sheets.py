"""Sheets of paper on which people answer, from printing to the person's own yes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from assessments.models.answers import RollEntry, Submission
from assessments.states import SheetState
from stakeholders.models import Person


class PaperSheet(models.Model):
    """One printed sheet for one place on the roll. It goes a week after the close, or with the person.

    ``number`` is on both halves and names the sheet; the code is on the person's half alone, and only its keyed hash
    is here. ``typed`` holds what a helper typed until the person says yes or no to it, and is then emptied.
    """

    roll_entry = models.ForeignKey(RollEntry, models.PROTECT, related_name="sheets")
    number = models.CharField(max_length=8, unique=True)
    code_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=SheetState, default=SheetState.PRINTED)
    printer = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    printed_at = models.DateTimeField()
    typist = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    typed_at = models.DateTimeField(null=True)
    typed = models.JSONField(null=True)
    times_typed = models.PositiveSmallIntegerField(default=0)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["roll_entry"],
                condition=Q(state__in=[SheetState.PRINTED, SheetState.TYPED]),
                name="sheet_one_alive_per_place",
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.TYPED, typed__isnull=False)
                | (~Q(state=SheetState.TYPED) & Q(typed__isnull=True)),
                name="sheet_holds_what_was_typed_only_until_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state=SheetState.CONFIRMED, submission__isnull=False)
                | (~Q(state=SheetState.CONFIRMED) & Q(submission__isnull=True)),
                name="sheet_confirmed_is_an_answer",
            ),
        ]
