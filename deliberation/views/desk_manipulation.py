"""The report on possible manipulation, for the committee and those who watch over it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.models import Assessment
from assessments.reads import current_assessment, incident_or_404
from deliberation.actions.report_looks import record_report_look
from deliberation.manipulation.forms import ReportLookForm
from deliberation.manipulation.reports import Report, report_or_404, reports_of
from deliberation.refusals import put_on_form
from deliberation.views.desk_acts import UNPROCESSABLE, form_page, posted
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.needs_action import asker
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

PLACE = "deliberation/desk/manipulation"


@in_jurisdiction
@signed_in_person
@require_safe
def manipulation(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show the report on each published round of a case; before the first close there is none."""
    incident = incident_or_404(request.jurisdiction, ref)
    assessment = current_assessment(incident)
    _require(request, Permission.READ_MANIPULATION_REPORT, assessment)
    reports = reports_of(incident)
    context = {
        "incident": incident,
        "newest": next(iter(reports), None),
        "earlier": reports[1:],
        "can_look": _can_look(_person(request), reports),
    }
    return render(request, f"{PLACE}/page.html", context)


def _can_look(person: Person, reports: Sequence[Report]) -> set[int]:
    """Return the rounds whose report asks this person to look, and has not heard from them."""
    who = asker(person, clock.now())
    return {
        one.weight_round.pk
        for one in reports
        if one.flags
        and person.pk not in one.lookers
        and who.may(Permission.LOOK_AT_REPORT, one.weight_round.assessment_id)
    }


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def look(request: ScopedRequest, ref: str, assessment: int, number: int) -> HttpResponse:
    """Write down what somebody concluded whom the report on one round asked to look."""
    incident = incident_or_404(request.jurisdiction, ref)
    _require(request, Permission.LOOK_AT_REPORT, incident.assessments.filter(number=assessment).first())
    report = report_or_404(incident, assessment, number)
    form = ReportLookForm(posted(request))
    context = {"incident": incident, "form": form, "report": report}
    if request.method != "POST":
        return render(request, f"{PLACE}/look.html", context)
    if not form.is_valid():
        return render(request, f"{PLACE}/look.html", context, status=UNPROCESSABLE)
    try:
        record_report_look(
            weight_round=report.weight_round, conclusion=form.cleaned_data["conclusion"], by=_person(request),
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return render(request, f"{PLACE}/look.html", context, status=put_on_form(form, refused))
    messages.success(request, _("Your words stand beside the report."))
    return redirect("desk_manipulation", request.jurisdiction.slug, incident.reference)


def _require(request: ScopedRequest, permission: Permission, assessment: Assessment | None) -> None:
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    require(request.person, permission, on=today, assessment_id=assessment.pk if assessment else None)


def _person(request: ScopedRequest) -> Person:
    if request.person is None:
        raise Http404
    return request.person
