"""Labelled past cases, the long computations over them, and an upload on its way to becoming rows."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from assessments.models.rounds import WeightRound
from assessments.states import ComputationKind, ComputationState, SchemeName
from lastvote.clock import now
from lastvote.texts import words_of
from stakeholders.models import Jurisdiction, Person

BY_THE_SYSTEM = (ComputationKind.PANEL, ComputationKind.LOOK_OUT)
"""What nobody starts: it follows from the close of a round."""
UNFINISHED = (ComputationState.WAITING, ComputationState.RUNNING)


class LabelledHistory(models.Model):
    """Past cases with ratings and a label each, as one file held them. Insert-only, like its cases.

    ``columns`` says how the columns of the file were read; ``sha256`` is that of the canonical content, so the same
    cases are the same history whatever the file was called.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="histories")
    number = models.PositiveIntegerField()
    name = models.JSONField()
    source = models.JSONField()
    licence = models.JSONField()
    scheme = models.CharField(max_length=16, choices=SchemeName, blank=True)
    factors = models.JSONField()
    columns = models.JSONField()
    sha256 = models.CharField(max_length=64)
    case_count = models.PositiveIntegerField()
    synthetic = models.BooleanField(default=False)
    imported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="history_number_once"),
            models.UniqueConstraint(fields=["jurisdiction", "sha256"], name="history_content_once"),
            models.CheckConstraint(condition=Q(case_count__gte=1), name="history_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {words_of(self.name)}"

    @property
    def reference(self) -> str:
        """Name by which records and commands cite this history."""
        return f"{self.jurisdiction.code}-HIS-{self.number}"


class LabelledCase(models.Model):
    """One past case: its ratings as decimal strings in the history's order of factors, and its label."""

    history = models.ForeignKey(LabelledHistory, models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    ratings = models.JSONField()
    label = models.DecimalField(max_digits=11, decimal_places=10)
    raters = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["history", "number"], name="labelled_case_once"),
            models.CheckConstraint(
                condition=Q(label__gte=Decimal(0), label__lte=Decimal(1)), name="labelled_case_label_in_range"
            ),
        ]


class PendingImport(models.Model):
    """An uploaded file between choosing it and what is made of it. Deleted then, or after a day.

    While a run is at work on it, no other file of the same person takes its place.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    run = models.OneToOneField("ComputationRun", models.CASCADE, null=True, related_name="upload")


class ComputationRun(models.Model):
    """One long computation, done in steps: what it was asked to do, how far it is, and what came out.

    What follows from the close of a ``round`` is started by the system; ``inputs_sha256`` names everything that it
    rests on, so a result is never taken for that of other inputs. Everything else is started by somebody.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="computations")
    token = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16, choices=ComputationKind)
    state = models.CharField(max_length=16, choices=ComputationState, default=ComputationState.WAITING)
    history = models.ForeignKey(LabelledHistory, models.PROTECT, null=True, related_name="runs")
    round = models.ForeignKey(WeightRound, models.PROTECT, null=True, related_name="computations")
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    settings = models.JSONField()
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField()
    checkpoint = models.JSONField(default=dict)
    result = models.TextField(blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    error_code = models.CharField(max_length=32, blank=True)
    started_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cancel_requested_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    cancel_requested_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["history", "kind"], condition=Q(state__in=UNFINISHED), name="computation_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["kind", "inputs_sha256"], condition=~Q(inputs_sha256=""), name="computation_once_for_its_inputs"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BY_THE_SYSTEM, round__isnull=False, history__isnull=True, started_by__isnull=True)
                & Q(started_at__isnull=False)
                & ~Q(inputs_sha256="")
                | ~Q(kind__in=BY_THE_SYSTEM)
                & Q(round__isnull=True, inputs_sha256="", started_by__isnull=False, started_at__isnull=False),
                name="computation_rests_on_something",
            ),
            models.CheckConstraint(condition=Q(steps_done__lte=F("steps_total")), name="computation_steps_in_range"),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, ended_at__isnull=True)
                | (~Q(state__in=UNFINISHED) & Q(ended_at__isnull=False)),
                name="computation_ended_has_time",
            ),
            models.CheckConstraint(
                condition=(Q(state=ComputationState.DONE) & ~Q(result="") & ~Q(result_sha256=""))
                | (~Q(state=ComputationState.DONE) & Q(result="", result_sha256="")),
                name="computation_done_has_result",
            ),
            models.CheckConstraint(
                condition=(Q(state=ComputationState.FAILED) & ~Q(error_code=""))
                | (~Q(state=ComputationState.FAILED) & Q(error_code="")),
                name="computation_failed_has_code",
            ),
            models.CheckConstraint(
                condition=Q(cancel_requested_by__isnull=True, cancel_requested_at__isnull=True)
                | Q(cancel_requested_by__isnull=False, cancel_requested_at__isnull=False),
                name="computation_cancel_whole",
            ),
        ]

    @property
    def unfinished(self) -> bool:
        """Whether a step is still owed."""
        return self.state in UNFINISHED
