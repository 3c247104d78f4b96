"""The desk of the learned score: past cases are brought in, trainings are started, followed and stopped."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.training import cancel_training, start_training
from assessments.actions.uploads import finish_upload, keep_upload
from assessments.history_table.faults import Report
from assessments.history_table.sheet import Sheet, read_sheet
from assessments.learning_reads import (
    histories_of,
    history_or_404,
    kept_upload,
    newest_failures,
    training_or_404,
    trainings_of,
)
from assessments.models import PendingImport
from deliberation.learning.failures import failure_words
from deliberation.learning.forms import EXAMPLES, MOST_COLUMNS, ColumnsForm, FileForm
from deliberation.refusals import put_on_form
from deliberation.views.desk import require_desk, rights_of
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from lastvote.web.forms import PlainForm
from stakeholders.models import Person
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person

form_page = require_http_methods(["GET", "HEAD", "POST"])
UNPROCESSABLE = 422
"""Status of a form that comes back with errors."""


@in_jurisdiction
@signed_in_person
@require_safe
def overview(request: ScopedRequest) -> HttpResponse:
    """List past cases that were brought in, and every training."""
    require_desk(request)
    rights = rights_of(request)
    context = {
        "histories": list(histories_of(request.jurisdiction)),
        "runs": list(trainings_of(request.jurisdiction)),
        "failures": list(newest_failures(request.jurisdiction)),
        "can_import": Permission.IMPORT_HISTORY in rights,
        "can_train": Permission.TRAIN_SCORE in rights,
    }
    return render(request, "deliberation/learning/desk.html", context)


@in_jurisdiction
@signed_in_person
@form_page
def choose_file(request: ScopedRequest) -> HttpResponse:
    """Take a file; what its columns are is asked on the next page."""
    by = _person_with(request, Permission.IMPORT_HISTORY)
    if request.method != "POST":
        return render(request, "deliberation/learning/choose_file.html", {"form": FileForm()})
    form = FileForm(request.POST, request.FILES)
    status, report = UNPROCESSABLE, None
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        sheet = read_sheet(content)
        report = sheet if isinstance(sheet, Report) else None
        if isinstance(sheet, Sheet) and len(sheet.heading) > MOST_COLUMNS:
            form.add_error("file", _("This file has too many columns for a form. Leave out those that are not needed."))
        elif report is None:
            try:
                upload = keep_upload(jurisdiction=request.jurisdiction, content=content, by=by, now=clock.now())
                return redirect("desk_learning_columns", request.jurisdiction.slug, upload.token)
            except Refused as refused:
                status = put_on_form(form, refused)
    context = {"form": form, "report": report}
    return render(request, "deliberation/learning/choose_file.html", context, status=status)


@in_jurisdiction
@signed_in_person
@form_page
def name_columns(request: ScopedRequest, token: str) -> HttpResponse:
    """Ask what the columns are; then every row is in, or the report says what is wrong with which."""
    by, now = _person_with(request, Permission.IMPORT_HISTORY), clock.now()
    upload = kept_upload(request.jurisdiction, token, by)
    if upload is None:
        return _file_is_gone(request)
    sheet = _sheet(upload)
    form = ColumnsForm(request.POST if request.method == "POST" else None, sheet=sheet)
    context: dict[str, Any] = {"form": form, "sheet": sheet, "examples": sheet.rows[:EXAMPLES]}
    page = "deliberation/learning/name_columns.html"
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=UNPROCESSABLE)
    try:
        found = finish_upload(upload=upload, mapping=form.mapping(), origin=form.origin(), by=by, now=now)
    except Refused as refused:
        return render(request, page, context, status=put_on_form(form, refused))
    if isinstance(found, Report):
        return render(request, page, {**context, "report": found}, status=UNPROCESSABLE)
    if found.imported_at < now:
        words = _("Exactly these cases came in before, as %(reference)s. Nothing was added.")
    else:
        words = _("The past cases are in: %(reference)s.")
    messages.success(request, words % {"reference": found.reference})
    return redirect("desk_learning", request.jurisdiction.slug)


@in_jurisdiction
@signed_in_person
@form_page
def train(request: ScopedRequest, number: int) -> HttpResponse:
    """Say what a training does; once that is confirmed, start it."""
    by = _person_with(request, Permission.TRAIN_SCORE)
    history = history_or_404(request.jurisdiction, number)
    form = PlainForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "history": history}
    if request.method != "POST" or not form.is_valid():
        return render(request, "deliberation/learning/train.html", context)
    try:
        run = start_training(history=history, by=by, now=clock.now())
    except Refused as refused:
        status = put_on_form(form, refused)
        return render(request, "deliberation/learning/train.html", context, status=status)
    return redirect("desk_learning_run", request.jurisdiction.slug, run.token)


@in_jurisdiction
@signed_in_person
@require_safe
def follow(request: ScopedRequest, token: str) -> HttpResponse:
    """Show how far a training is; the page does not renew itself, it offers to look again."""
    require_desk(request)
    run = training_or_404(request.jurisdiction, token)
    context = {
        "run": run,
        "failure": failure_words(run.error_code),
        "percent": 100 * run.steps_done // run.steps_total,
        "can_cancel": run.unfinished
        and run.cancel_requested_at is None
        and Permission.TRAIN_SCORE in rights_of(request),
    }
    return render(request, "deliberation/learning/follow.html", context)


@in_jurisdiction
@signed_in_person
@form_page
def cancel(request: ScopedRequest, token: str) -> HttpResponse:
    """Ask whether to stop a training; it stops after the step that runs."""
    by = _person_with(request, Permission.TRAIN_SCORE)
    run = training_or_404(request.jurisdiction, token)
    form = PlainForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "run": run}
    if request.method != "POST" or not form.is_valid():
        return render(request, "deliberation/learning/cancel.html", context)
    try:
        cancel_training(run=run, by=by, now=clock.now())
    except Refused as refused:
        return render(request, "deliberation/learning/cancel.html", context, status=put_on_form(form, refused))
    messages.success(request, _("The training stops after the step that runs now."))
    return redirect("desk_learning_run", request.jurisdiction.slug, run.token)


def _person_with(request: ScopedRequest, permission: Permission) -> Person:
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    require(request.person, permission, on=today)
    if request.person is None:
        raise Http404
    return request.person


def _file_is_gone(request: ScopedRequest) -> HttpResponse:
    """Answer a form that is sent twice with the list, where the cases stand; an address alone is an unknown page."""
    if request.method != "POST":
        raise Http404
    messages.warning(request, _("The file is not here any more. Its cases are in this list, or choose the file again."))
    return redirect("desk_learning", request.jurisdiction.slug)


def _sheet(upload: PendingImport) -> Sheet:
    """Read the kept file again; it was readable when it was kept."""
    sheet = read_sheet(bytes(upload.content))
    if isinstance(sheet, Report):
        raise Http404
    return sheet
