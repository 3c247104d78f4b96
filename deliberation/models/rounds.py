"""Rounds in which groups say why they differ, meet, and answer again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from assessments.models import WeightRound
from deliberation.models.cases import Case
from deliberation.states import Convened, DeliberationState
from stakeholders.models import Group, Person

NO_NOTE = Q(agreed="", narrowed="", still_differ="", close_note="")


class DeliberationRound(models.Model):
    """One round of talks. Its three parts end at fixed times; people then keep or change their answers.

    ``agenda`` are the codes of what the groups differ on, ``basis`` the published round that showed it, and
    ``follow_up`` the one in which people answer again. The last word has four parts: what is ``agreed``, what is
    ``narrowed``, what ``still_differ``, and ``close_note`` with anything else.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=DeliberationState, default=DeliberationState.STATEMENTS)
    revision = models.PositiveIntegerField(default=0)
    because = models.CharField(max_length=12, choices=Convened)
    agenda = models.JSONField()
    basis = models.ForeignKey(WeightRound, models.PROTECT, related_name="+")
    follow_up = models.OneToOneField(WeightRound, models.PROTECT, related_name="deliberation")
    convened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    agreed = models.TextField(blank=True)
    narrowed = models.TextField(blank=True)
    still_differ = models.TextField(blank=True)
    close_note = models.TextField(blank=True)
    close_note_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    close_note_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="deliberation_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state=DeliberationState.ENDED), name="deliberation_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliberationState.ENDED, ended_at__isnull=False)
                | (~Q(state=DeliberationState.ENDED) & Q(ended_at__isnull=True)),
                name="deliberation_ended_has_time",
            ),
            models.CheckConstraint(
                condition=(NO_NOTE & Q(close_note_by__isnull=True, close_note_at__isnull=True))
                | (~NO_NOTE & Q(close_note_by__isnull=False, close_note_at__isnull=False)),
                name="deliberation_note_whole",
            ),
            models.CheckConstraint(condition=~Q(basis=F("follow_up")), name="deliberation_answers_again"),
        ]


class RoundRequest(models.Model):
    """Somebody asks, for their group, that a case on the High path gets a round of talks."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    as_delegate = models.BooleanField(default=False)
    after_rounds = models.PositiveSmallIntegerField()
    requested_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "after_rounds", "person"], name="request_person_once"),
        ]
