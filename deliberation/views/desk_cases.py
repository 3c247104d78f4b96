"""The secretariat's records of cases: the list, a new case, one case with its earlier versions."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.actions import incidents
from assessments.actions.changes_seen import fingerprint
from assessments.actions.incidents import IncidentFacts
from assessments.actions.sent_once import done_once
from assessments.models import Incident
from assessments.reads import current_assessment, evidence_of, incident_or_404
from deliberation.casework.conflict import Conflict, conflict_of
from deliberation.casework.forms import CaseForm, shown_case
from deliberation.casework.pages import body_of, form_page, new_key, refuse, told_what_was_changed, writer
from deliberation.forms import CaseFilterForm
from deliberation.listing import page_links
from deliberation.merged import merged_into
from deliberation.protected import protected_of
from deliberation.reads import cases_of, wider_words
from deliberation.views.desk import require_desk, rights_of
from deliberation.views.desk_acts import UNPROCESSABLE, posted
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person

PAGE_SIZE = 20


@in_jurisdiction
@signed_in_person
@require_safe
def cases(request: ScopedRequest) -> HttpResponse:
    """List every case, by words of its texts, system, deployer, evidence or sources."""
    require_desk(request)
    can_write = Permission.MANAGE_INCIDENTS in rights_of(request)
    wanted = replace(CaseFilterForm(request.GET).wanted(), withheld=can_write)
    page = Paginator(cases_of(request.jurisdiction, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "page": page,
        "pages": page_links(request.GET, page),
        "wider": [] if page.object_list else wider_words(request.jurisdiction, wanted),
        "can_write": can_write,
    }
    return render(request, "deliberation/desk/cases/list.html", context)


@in_jurisdiction
@signed_in_person
@form_page
def new(request: ScopedRequest) -> HttpResponse:
    """Take a new case; the same form sent twice makes one."""
    by = writer(request)
    form = CaseForm(posted(request), place=request.jurisdiction, initial={"key": new_key()})
    page = "deliberation/desk/cases/new.html"
    if request.method != "POST":
        return render(request, page, {"form": form})
    if not form.is_valid():
        return render(request, page, {"form": form}, status=UNPROCESSABLE)
    now = clock.now()

    def act() -> int:
        facts = vars(form.facts())
        case = incidents.create_incident(
            jurisdiction=request.jurisdiction, retrospective=False, by=by, now=now, **facts
        )
        return case.pk

    try:
        made = done_once(scope=f"case/{by.pk}", key=form.cleaned_data["key"], body=body_of(request), now=now, act=act)
    except Refused as refused:
        status = refuse(form, refused)
        return render(request, page, {"form": form}, status=status)
    case = Incident.objects.get(pk=made)
    told_what_was_changed(request, form)
    messages.success(request, _("The case is there: %(reference)s.") % {"reference": case.reference})
    return redirect("desk_case", request.jurisdiction.slug, case.reference)


@in_jurisdiction
@signed_in_person
@require_safe
def case(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show what is recorded of a case, and what was recorded before."""
    require_desk(request)
    incident = incident_or_404(request.jurisdiction, ref)
    context = {
        "incident": incident,
        "origin": getattr(incident, "origin", None),
        "earlier": list(incident.earlier.select_related("system__deployer", "replaced_by").order_by("-version")),
        "evidence_count": evidence_of(incident).count(),
        "merged": merged_into(incident),
        "protected": protected_of(current_assessment(incident), list(groups_of(request.jurisdiction))),
        "can_write": Permission.MANAGE_INCIDENTS in rights_of(request),
    }
    return render(request, "deliberation/desk/cases/overview.html", context)


@in_jurisdiction
@signed_in_person
@form_page
def edit(request: ScopedRequest, ref: str) -> HttpResponse:
    """Describe a case anew; what stood there before is kept."""
    by = writer(request)
    incident = incident_or_404(request.jurisdiction, ref)
    form = _form_of(request, incident)
    page, context = "deliberation/desk/cases/edit.html", {"form": form, "incident": incident}
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=UNPROCESSABLE)
    try:
        changed = incidents.change_incident(
            incident=incident, facts=form.facts(), seen=form.cleaned_data["seen"], by=by, now=clock.now()
        )
    except Refused as refused:
        more: dict[str, Any] = {"conflict": _conflict(form, incident) if refused.code == "changed_meanwhile" else None}
        status = refuse(form, refused, seen=_seen(incident))
        return render(request, page, context | more, status=status)
    told_what_was_changed(request, form)
    messages.success(request, _("Version %(number)s is there.") % {"number": changed.version})
    return redirect("desk_case", request.jurisdiction.slug, incident.reference)


def _form_of(request: ScopedRequest, incident: Incident) -> CaseForm:
    languages = request.jurisdiction.languages or ["en"]
    shown = {**shown_case(incident, languages), "seen": _seen(incident)}
    return CaseForm(posted(request), place=request.jurisdiction, case=incident, initial=shown)


def _seen(incident: Incident) -> str:
    return fingerprint(IncidentFacts.of(incident).plain())


def _conflict(form: CaseForm, incident: Incident) -> Conflict:
    return conflict_of(form, shown_case(incident, form.languages), "incident", incident.pk)
