"""The public pages as files for machines, and the dictionary of their columns."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments.reads import current_assessment, incident_or_404, latest_ratings
from assessments.scoring.record import digest
from deliberation.forms import CaseFilterForm
from deliberation.open_data.contents import case_list, one_case, one_working
from deliberation.open_data.files import (
    CASE,
    CASE_LIST,
    FILES,
    LICENCE_ADDRESS,
    MARKS,
    SENSITIVITY,
    WORKING,
    Contents,
    File,
)
from deliberation.open_data.sensitivity_contents import one_sensitivity
from deliberation.sensitivity.subject import subject_of
from deliberation.views.case import score_of
from deliberation.views.files import exact
from deliberation.views.working import assessment_or_404
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction

CSV, JSON = "csv", "json"
TYPES = {CSV: "text/csv; charset=utf-8", JSON: "application/json"}


@in_jurisdiction
@require_safe
def cases_file(request: ScopedRequest, kind: str) -> HttpResponse:
    """Serve the case list under the filters of its page."""
    wanted = CaseFilterForm(request.GET).wanted()
    return answer(request, CASE_LIST, case_list(request.jurisdiction, wanted), kind)


@in_jurisdiction
@require_safe
def case_file(request: ScopedRequest, ref: str, kind: str) -> HttpResponse:
    """Serve one case; one that was merged leads to the case it went into."""
    incident = incident_or_404(request.jurisdiction, ref)
    if incident.merged_into:
        return redirect(f"case_{kind}", request.jurisdiction.slug, incident.merged_into.reference)
    score = score_of(current_assessment(incident), list(groups_of(request.jurisdiction)))
    return answer(request, CASE, one_case(request.jurisdiction, incident, score), kind, ref)


@in_jurisdiction
@require_safe
def working_file(request: ScopedRequest, ref: str, kind: str, assessment: int | None = None) -> HttpResponse:
    """Serve the numbers of the working; there are none before a score is published."""
    found = assessment_or_404(incident_or_404(request.jurisdiction, ref), assessment)
    score = score_of(found, list(groups_of(request.jurisdiction)))
    if score is None:
        raise Http404
    return answer(request, WORKING, one_working(score), kind, ref)


@in_jurisdiction
@require_safe
def sensitivity_file(request: ScopedRequest, ref: str, kind: str, assessment: int | None = None) -> HttpResponse:
    """Serve the numbers of what would change a score; there are none before a score is published."""
    found = assessment_or_404(incident_or_404(request.jurisdiction, ref), assessment)
    score = score_of(found, list(groups_of(request.jurisdiction)))
    if found is None or score is None:
        raise Http404
    return answer(request, SENSITIVITY, one_sensitivity(subject_of(score, latest_ratings(found))), kind, ref)


@in_jurisdiction
@require_safe
def data(request: ScopedRequest) -> HttpResponse:
    """Say what stands in each column of each file."""
    tables = {table.name: table for file in FILES for table in (*file.tables, file.sheet)}
    slug = request.jurisdiction.slug
    links = {kind: reverse(f"cases_{kind}", args=[slug]) for kind in TYPES}
    return render(
        request,
        "deliberation/data.html",
        {"files": FILES, "tables": tables.values(), "marks": MARKS, "links": links, "licence": LICENCE_ADDRESS},
    )


def answer(request: ScopedRequest, file: File, contents: Contents, kind: str, reference: str = "") -> HttpResponse:
    """Serve one of a page's two files, with its licence and under a name of its own."""
    town = request.jurisdiction
    body = file.csv(town, contents, reference) if kind == CSV else file.json(town, contents)
    response = exact(request, body, digest(body), content_type=TYPES[kind])
    response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license"'
    name = "-".join(filter(None, (town.slug, reference, file.name)))
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
