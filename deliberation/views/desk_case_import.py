"""Cases from a file: choose it, read row by row what would happen, then have them brought in and follow that."""

import json
from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.actions.case_imports import Outcome, keep_cases_file, plan_of
from assessments.actions.import_runs import start_import
from assessments.case_reads import import_or_404, imports_of, waiting_cases_file
from assessments.case_table.formats import AIID_COLUMNS, OWN_COLUMNS, OWN_NEEDED
from assessments.case_table.table import CaseTable, read_cases
from assessments.history_table.faults import Report
from assessments.import_progress import told
from assessments.models import PendingImport
from deliberation.casework.failures import failure_words
from deliberation.casework.pages import form_page, writer
from deliberation.learning.forms import FileForm
from deliberation.listing import page_links
from deliberation.refusals import put_on_form
from deliberation.views.desk_acts import UNPROCESSABLE
from lastvote import clock
from lastvote.errors import Refused
from stakeholders.models import Jurisdiction
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person

ROWS_A_PAGE = 50
NEWEST = 5
"""Imports that the first page lists."""


@in_jurisdiction
@signed_in_person
@form_page
def choose_file(request: ScopedRequest) -> HttpResponse:
    """Take a file; one with faults is not kept, and every fault is listed."""
    by = writer(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    context = {
        "form": form,
        "needed": OWN_NEEDED,
        "more": OWN_COLUMNS[len(OWN_NEEDED) :],
        "aiid": AIID_COLUMNS,
        "imports": list(imports_of(request.jurisdiction)[:NEWEST]),
    }
    page = "deliberation/desk/cases/choose_file.html"
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=UNPROCESSABLE)
    content = form.cleaned_data["file"].read()
    table = read_cases(content, language=_language(request.jurisdiction))
    if isinstance(table, Report):
        return render(request, page, {**context, "report": table}, status=UNPROCESSABLE)
    try:
        upload = keep_cases_file(jurisdiction=request.jurisdiction, content=content, by=by, now=clock.now())
    except Refused as refused:
        return render(request, page, context, status=put_on_form(form, refused))
    return redirect("desk_cases_preview", request.jurisdiction.slug, upload.token)


@in_jurisdiction
@signed_in_person
@form_page
def preview(request: ScopedRequest, token: str) -> HttpResponse:
    """Say of each row what would happen; once that is confirmed, have what is new brought in."""
    by, place = writer(request), request.jurisdiction
    upload = waiting_cases_file(place, token, by)
    if upload is None or upload.run_id is not None:
        return redirect("desk_cases_import_run", place.slug, import_or_404(place, token).token)
    if request.method == "POST":
        run = start_import(upload=upload, by=by, now=clock.now())
        return redirect("desk_cases_import_run", place.slug, run.token)
    table = _table(place, upload)
    plan = plan_of(place, table)
    page = Paginator(plan, ROWS_A_PAGE).get_page(request.GET.get("page"))
    counts = Counter(one.outcome.value for one in plan)
    context = {
        "page": page,
        "pages": page_links(request.GET, page),
        "all": len(plan),
        "new": counts[Outcome.NEW],
        "here": counts[Outcome.HERE],
        "different": counts[Outcome.DIFFERENT],
    }
    return render(request, "deliberation/desk/cases/preview.html", context)


@in_jurisdiction
@signed_in_person
@require_safe
def follow(request: ScopedRequest, token: str) -> HttpResponse:
    """Show how far an import is; the page does not renew itself, it offers to look again."""
    writer(request)
    run = import_or_404(request.jurisdiction, token)
    done = told(run)
    context = {
        "run": run,
        "done": done,
        "percent": 100 * done // run.steps_total if run.steps_total else 100,
        "counts": json.loads(run.result) if run.result else {},
        "failure": failure_words(run.error_code),
    }
    return render(request, "deliberation/desk/cases/follow_import.html", context)


def _language(jurisdiction: Jurisdiction) -> str:
    return str((jurisdiction.languages or ["en"])[0])


def _table(jurisdiction: Jurisdiction, upload: PendingImport) -> CaseTable:
    """Read the kept file again. A file that was kept for another purpose is none of cases."""
    table = read_cases(bytes(upload.content), language=_language(jurisdiction))
    if isinstance(table, Report):
        raise Http404(_("This file holds no cases."))
    return table
