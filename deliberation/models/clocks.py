"""Clocks of a proceeding, the calendars that they count by, and what holds them up."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from deliberation.models.cases import Case
from deliberation.models.rounds import DeliberationRound
from deliberation.states import ClockKind, PauseReason
from deliberation.terms import Unit
from stakeholders.models import Jurisdiction, Person


class WorkCalendar(models.Model):
    """One version of the days on which a place does not work. Insert-only: a change is a new version.

    ``holidays`` are names by ISO date; ``weekend`` are numbers of weekdays, Monday 0. ``source`` says where the days
    come from. The first version of a place has nobody who adopted it: it is the empty one, weekends alone.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="calendars")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=120)
    holidays = models.JSONField(default=dict)
    weekend = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    reason = models.JSONField(default=dict)
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="calendar_number_once"),
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True, adopted_at__isnull=True)
                | Q(adopted_by__isnull=False, adopted_at__isnull=False),
                name="calendar_adopted_whole",
            ),
        ]


class Clock(models.Model):
    """A term that runs: since when, how long, when it is over, and how that was counted day by day.

    ``kept_days`` are days that people had been told, on top of what another calendar makes of the term.
    ``warned`` is the highest share of the term, in percent, that somebody was warned about.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    round = models.ForeignKey(DeliberationRound, models.PROTECT, null=True, related_name="clocks")
    kind = models.CharField(max_length=12, choices=ClockKind)
    unit = models.CharField(max_length=8, choices=[(unit.value, unit.value) for unit in Unit])
    length = models.PositiveSmallIntegerField()
    closing_hour = models.PositiveSmallIntegerField()
    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    trace = models.JSONField()
    kept_days = models.PositiveSmallIntegerField(default=0)
    extension_days = models.PositiveSmallIntegerField(default=0)
    extension_reason = models.TextField(blank=True)
    extended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    extended_at = models.DateTimeField(null=True)
    credit_days = models.PositiveSmallIntegerField(default=0)
    warned = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(stopped_at__isnull=True), name="clock_one_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(started_at__lte=F("due_at")), name="clock_starts_before_it_ends"),
            models.CheckConstraint(
                condition=Q(extended_by__isnull=True, extended_at__isnull=True, extension_days=0, extension_reason="")
                | (Q(extended_by__isnull=False, extended_at__isnull=False, extension_days__gte=1)
                   & ~Q(extension_reason="")),
                name="clock_extended_whole",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(stopped_at__isnull=True), name="clock_due"),
        ]

    @property
    def running(self) -> bool:
        """Whether it still runs."""
        return self.stopped_at is None

    def can_move(self, now: dt.datetime) -> bool:
        """Whether its end can still become a later one. What is over by law stays over, written down or not."""
        return self.running and now < self.due_at


class ClockPause(models.Model):
    """Days on which a clock stands still, for one of the listed reasons. Both ends are told beforehand.

    ``due_before`` is the end that the clock had without the pause. One that is ended early stood still from
    ``first_day`` to ``ended_on``; ``last_day`` remains what people were told first.
    """

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=12, choices=PauseReason)
    explanation = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    paused_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    paused_at = models.DateTimeField()
    due_before = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="pause_ends_after_start"),
            models.UniqueConstraint(fields=["clock", "first_day"], name="pause_day_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="", ended_by__isnull=True, ended_at__isnull=True)
                | (Q(ended_on__gte=F("first_day"), ended_on__lt=F("last_day"), ended_by__isnull=False,
                     ended_at__isnull=False) & ~Q(ended_because="")),
                name="pause_ended_whole",
            ),
        ]  # fmt: skip

    @property
    def through(self) -> dt.date:
        """The last day on which the clock really stands still."""
        return self.ended_on or self.last_day

    def can_end_early(self, today: dt.date) -> bool:
        """Whether the clock stands still today and would tomorrow."""
        return self.first_day <= today < self.through


class Outage(models.Model):
    """Days on which people could not reach the site; clocks of the public get them back. Insert-only."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="outages")
    first_day = models.DateField()
    last_day = models.DateField()
    explanation = models.TextField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="outage_ends_after_start"),
            models.UniqueConstraint(fields=["jurisdiction", "first_day"], name="outage_day_once"),
        ]
