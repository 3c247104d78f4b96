"""Named queries about labelled histories and what was learned from them."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from assessments.models import ComputationRun, LabelledHistory, PendingImport
from assessments.scoring.schemes import SCHEMES
from assessments.states import ComputationKind, ComputationState
from stakeholders.models import Jurisdiction, Person

HEAVY = ("checkpoint", "result")
"""Columns that lists leave in the database."""


def histories_of(jurisdiction: Jurisdiction) -> QuerySet[LabelledHistory]:
    """Every labelled history of the jurisdiction, newest first."""
    return (
        LabelledHistory.objects.filter(jurisdiction=jurisdiction)
        .select_related("jurisdiction", "imported_by")
        .order_by("-number")
    )


def history_or_404(jurisdiction: Jurisdiction, number: int) -> LabelledHistory:
    """Return a history by its number; one of another jurisdiction does not exist here."""
    found = histories_of(jurisdiction).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def trainings_of(jurisdiction: Jurisdiction) -> QuerySet[ComputationRun]:
    """Every training of the jurisdiction, newest first, without its bulky columns."""
    return (
        ComputationRun.objects.filter(jurisdiction=jurisdiction, kind=ComputationKind.TRAINING)
        .select_related("history__jurisdiction", "started_by", "cancel_requested_by")
        .defer(*HEAVY)
        .order_by("-started_at", "-pk")
    )


def newest_failures(jurisdiction: Jurisdiction) -> QuerySet[ComputationRun]:
    """Return failed trainings that nobody has tried again; the desk is told of these."""
    newest = ComputationRun.objects.filter(history=OuterRef("history")).order_by("-started_at", "-pk").values("pk")[:1]
    return trainings_of(jurisdiction).filter(state=ComputationState.FAILED, pk=Subquery(newest))


def training_or_404(jurisdiction: Jurisdiction, token: str) -> ComputationRun:
    """Return a training by its token, whatever its state."""
    found = trainings_of(jurisdiction).filter(token=token).first()
    if found is None:
        raise Http404
    return found


def training_records(jurisdiction: Jurisdiction) -> QuerySet[ComputationRun]:
    """Return the trainings that everybody may read: finished ones, with their record."""
    return (
        ComputationRun.objects.filter(
            jurisdiction=jurisdiction, kind=ComputationKind.TRAINING, state=ComputationState.DONE
        )
        .select_related("history__jurisdiction")
        .order_by("-started_at", "-pk")
    )


def newest_training(jurisdiction: Jurisdiction, scheme: str) -> ComputationRun | None:
    """Return the newest finished training on cases rated on the items of ``scheme``, all of them and in their order."""
    found = training_records(jurisdiction).filter(history__scheme=scheme).first()
    if found is None or found.history is None or tuple(found.history.factors) != SCHEMES[scheme].factors:
        return None
    return found


def training_record_or_404(jurisdiction: Jurisdiction, token: str) -> ComputationRun:
    """Return a finished training by its token; an unfinished one does not exist in public."""
    found = training_records(jurisdiction).filter(token=token).first()
    if found is None:
        raise Http404
    return found


def kept_upload(jurisdiction: Jurisdiction, token: str, person: Person | None) -> PendingImport | None:
    """Return a kept file to the one who uploaded it, and to nobody else."""
    return (
        PendingImport.objects.filter(jurisdiction=jurisdiction, token=token, uploaded_by=person)
        .select_related("jurisdiction")
        .first()
    )
