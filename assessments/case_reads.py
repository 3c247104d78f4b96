"""Named queries about files of cases: those that wait to be brought in, and what became of them."""

from django.db.models import QuerySet
from django.http import Http404

from assessments.models import ComputationRun, PendingImport
from assessments.states import ComputationKind
from stakeholders.models import Jurisdiction, Person


def waiting_cases_file(jurisdiction: Jurisdiction, token: str, person: Person) -> PendingImport | None:
    """Return a kept file to the one who uploaded it, and to nobody else."""
    rows = PendingImport.objects.filter(jurisdiction=jurisdiction, token=token, uploaded_by=person)
    return rows.select_related("jurisdiction").first()


def imports_of(jurisdiction: Jurisdiction) -> QuerySet[ComputationRun]:
    """Every import of cases that was started, newest first."""
    return (
        ComputationRun.objects.filter(jurisdiction=jurisdiction, kind=ComputationKind.IMPORT)
        .select_related("started_by")
        .order_by("-started_at", "-pk")
    )


def import_or_404(jurisdiction: Jurisdiction, token: str) -> ComputationRun:
    """Return an import by its token, whatever its state; one of another jurisdiction does not exist here."""
    found = imports_of(jurisdiction).filter(token=token).first()
    if found is None:
        raise Http404
    return found
