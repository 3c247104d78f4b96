"""The report on possible manipulation, for the committee and those who watch over it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.reads import current_assessment, incident_or_404
from deliberation.manipulation.reports import reports_of
from lastvote import clock
from lastvote.access import Permission
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person


@in_jurisdiction
@signed_in_person
@require_safe
def manipulation(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show the report on each published round of a case; before the first close there is none."""
    incident = incident_or_404(request.jurisdiction, ref)
    assessment = current_assessment(incident)
    require(
        request.person,
        Permission.READ_MANIPULATION_REPORT,
        on=clock.local_date(clock.now(), request.jurisdiction.zone),
        assessment_id=assessment.pk if assessment else None,
    )
    reports = reports_of(incident)
    context = {"incident": incident, "newest": next(iter(reports), None), "earlier": reports[1:]}
    return render(request, "deliberation/desk/manipulation/page.html", context)
