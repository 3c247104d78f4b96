"""The secretariat's records of evidence: every row of a case, its versions, and figures that differ."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.actions import evidence
from assessments.actions.changes_seen import fingerprint
from assessments.actions.evidence import seen_of
from assessments.actions.sent_once import done_once
from assessments.models import EvidenceItem, Incident
from assessments.reads import current_assessment, evidence_of, incident_or_404
from deliberation.casework.conflict import conflict_of
from deliberation.casework.forms import EvidenceForm, shown_evidence
from deliberation.casework.pages import body_of, form_page, new_key, refuse, told_what_was_changed, writer
from deliberation.evidence import evidence_rows
from deliberation.figures_beside import figures_beside
from deliberation.views.desk import require_desk, rights_of
from deliberation.views.desk_acts import UNPROCESSABLE, posted
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person


@in_jurisdiction
@signed_in_person
@require_safe
def rows(request: ScopedRequest, ref: str) -> HttpResponse:
    """List the evidence of a case; what is withheld is read only by those who keep it."""
    require_desk(request)
    incident = incident_or_404(request.jurisdiction, ref)
    assessment, items = current_assessment(incident), list(evidence_of(incident))
    can_write = Permission.MANAGE_INCIDENTS in rights_of(request)
    context = {
        "incident": incident,
        "assessment": assessment,
        "evidence": evidence_rows(items, assessment),
        "beside": figures_beside(items),
        "can_write": can_write,
    }
    return render(request, "deliberation/desk/cases/evidence.html", context)


@in_jurisdiction
@signed_in_person
@form_page
def new(request: ScopedRequest, ref: str) -> HttpResponse:
    """Take one more row of evidence; the same form sent twice makes one."""
    by = writer(request)
    incident = incident_or_404(request.jurisdiction, ref)
    form = EvidenceForm(posted(request), place=request.jurisdiction, initial={"key": new_key()})
    page, context = "deliberation/desk/cases/evidence_new.html", {"form": form, "incident": incident}
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=UNPROCESSABLE)
    now = clock.now()

    def act() -> int:
        content = vars(form.content())
        return evidence.add_evidence(incident=incident, sources=form.cited(), by=by, now=now, **content).pk

    try:
        done_once(
            scope=f"evidence/{incident.pk}/{by.pk}", key=form.cleaned_data["key"], body=body_of(request), now=now,
            act=act,
        )  # fmt: skip
    except Refused as refused:
        status = refuse(form, refused)
        return render(request, page, context, status=status)
    told_what_was_changed(request, form)
    messages.success(request, _("The evidence is there."))
    return redirect("desk_evidence", request.jurisdiction.slug, ref)


@in_jurisdiction
@signed_in_person
@form_page
def edit(request: ScopedRequest, ref: str, number: int) -> HttpResponse:
    """Say a row of evidence anew; the version before is kept and shown below."""
    by = writer(request)
    incident = incident_or_404(request.jurisdiction, ref)
    versions = _versions(incident, number)
    item = versions[0]
    shown = {**shown_evidence(item), "seen": fingerprint(seen_of(item))}
    form = EvidenceForm(posted(request), place=request.jurisdiction, item=item, initial=shown)
    page = "deliberation/desk/cases/evidence_edit.html"
    context = {"form": form, "incident": incident, "item": item, "earlier": evidence_rows(versions[1:], None)}
    if request.method != "POST":
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=UNPROCESSABLE)
    try:
        changed = evidence.change_evidence(
            item=item, content=form.content(), sources=form.cited(), seen=form.cleaned_data["seen"], by=by,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        clash = refused.code == "changed_meanwhile"
        more = {"conflict": conflict_of(form, shown, "incident", incident.pk) if clash else None}
        status = refuse(form, refused, seen=shown["seen"])
        return render(request, page, context | more, status=status)
    told_what_was_changed(request, form)
    messages.success(request, _("Version %(number)s is there.") % {"number": changed.version})
    return redirect("desk_evidence", request.jurisdiction.slug, ref)


def _versions(incident: Incident, number: int) -> list[EvidenceItem]:
    """Return every version of a row, the newest first."""
    found = incident.evidence.filter(number=number).order_by("-version").prefetch_related("sources")
    versions = list(found.select_related("incident__jurisdiction"))
    if not versions:
        raise Http404
    return versions
