"""What was learned from past cases, for everybody: the list of trainings, and the record of each."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.learning_reads import training_record_or_404, training_records
from deliberation.learning.record import page_of
from deliberation.views.files import exact
from stakeholders.scope import ScopedRequest, in_jurisdiction


@require_safe
@in_jurisdiction
def learning(request: ScopedRequest) -> HttpResponse:
    """List every finished training."""
    runs = list(training_records(request.jurisdiction))
    return render(request, "deliberation/learning/list.html", {"rows": [(run, page_of(run)) for run in runs]})


@require_safe
@in_jurisdiction
def learning_record(request: ScopedRequest, token: str) -> HttpResponse:
    """Show one training: its data, its fits, how well it predicts, and whether it may lead."""
    run = training_record_or_404(request.jurisdiction, token)
    return render(request, "deliberation/learning/record.html", {"run": run, "record": page_of(run)})


@require_safe
@in_jurisdiction
def learning_record_file(request: ScopedRequest, token: str) -> HttpResponse:
    """Serve the record itself."""
    run = training_record_or_404(request.jurisdiction, token)
    return exact(request, run.result.encode(), run.result_sha256)
