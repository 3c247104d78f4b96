"""The secretariat says that two cases are one, or that they are two after all."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments.actions import merges
from assessments.models import Incident
from assessments.reads import incident_or_404
from deliberation.casework.forms import MergeForm, RecordForm, SeparateForm
from deliberation.casework.pages import form_page, refuse, writer
from deliberation.casework.sides import sides_of
from deliberation.forms import CaseFilterForm
from deliberation.reads import cases_of
from deliberation.views.desk_acts import UNPROCESSABLE, posted
from lastvote import clock
from lastvote.errors import Refused
from lastvote.web.taken_out import told_what_was_taken_out
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

PLACE = "deliberation/desk/cases"
MOST_FOUND = 20


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def merge(request: ScopedRequest, ref: str) -> HttpResponse:
    """Choose the case that is kept, see both side by side, say why, check, and merge."""
    by = writer(request)
    incident = incident_or_404(request.jurisdiction, ref)
    asked = request.POST if request.method == "POST" else request.GET
    other = _other(request, incident, asked.get("other", ""))
    form = MergeForm(posted(request), initial={"other": other.reference if other else ""})
    context: dict[str, Any] = {"incident": incident, "form": form}
    if other is None or incident.merged_into is not None:
        return _choose(request, context)
    context |= {"other": other, "sides": sides_of(incident, other)}
    if request.method != "POST":
        return render(request, f"{PLACE}/merge.html", context)
    if not form.is_valid():
        return render(request, f"{PLACE}/merge.html", context, status=UNPROCESSABLE)
    if "confirmed" not in request.POST:
        return render(request, f"{PLACE}/merge_check.html", context)
    try:
        reason = form.cleaned_data["reason"]
        merges.merge_incident(incident=incident, into=other, reason=reason, by=by, now=clock.now())
    except Refused as refused:
        return render(request, f"{PLACE}/merge.html", context, status=refuse(form, refused))
    words = _("%(gone)s was merged into this case.") % {"gone": incident.reference}
    return _back(request, form, words, other)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def separate(request: ScopedRequest, ref: str) -> HttpResponse:
    """Say why a merged case stands alone again, check, and separate."""
    by = writer(request)
    incident = incident_or_404(request.jurisdiction, ref)
    form = SeparateForm(posted(request))
    context = {"incident": incident, "form": form, "other": incident.merged_into}
    if incident.merged_into is None:
        status = 409 if request.method == "POST" else 200
        return render(request, f"{PLACE}/not_merged.html", context, status=status)
    if request.method != "POST":
        return render(request, f"{PLACE}/separate.html", context)
    if not form.is_valid():
        return render(request, f"{PLACE}/separate.html", context, status=UNPROCESSABLE)
    if "confirmed" not in request.POST:
        return render(request, f"{PLACE}/separate_check.html", context)
    try:
        reason = form.cleaned_data["reason"]
        merges.separate_incident(incident=incident, reason=reason, by=by, now=clock.now())
    except Refused as refused:
        return render(request, f"{PLACE}/separate.html", context, status=refuse(form, refused))
    return _back(request, form, _("This case stands alone again."), incident)


def _choose(request: ScopedRequest, context: dict[str, Any]) -> HttpResponse:
    """Look for the other case by words. A form that came without one is answered with what is missing."""
    wanted = CaseFilterForm(request.GET).wanted()
    cases = cases_of(request.jurisdiction, wanted).exclude(pk=context["incident"].pk)
    found = list(cases[: MOST_FOUND + 1]) if wanted.words else []
    context |= {"wanted": wanted, "found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND}
    if request.method != "POST":
        return render(request, f"{PLACE}/merge_choose.html", context)
    context["form"].add_error(None, _("Choose a case of this place"))
    return render(request, f"{PLACE}/merge_choose.html", context, status=UNPROCESSABLE)


def _other(request: ScopedRequest, incident: Incident, reference: str) -> Incident | None:
    """Return the other case, if this place has it."""
    others = Incident.objects.filter(jurisdiction=request.jurisdiction).exclude(pk=incident.pk)
    return others.filter(reference=reference).select_related("system__deployer", "jurisdiction").first()


def _back(request: ScopedRequest, form: RecordForm, words: str, case: Incident) -> HttpResponse:
    told_what_was_taken_out(request, form)
    messages.success(request, words)
    return redirect("desk_case", request.jurisdiction.slug, case.reference)
