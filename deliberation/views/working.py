"""How a score was worked out, in steps that a stranger can repeat."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Incident
from assessments.publication_record import score_string
from assessments.reads import current_assessment, incident_or_404
from deliberation.governing import finding_of
from deliberation.protected import protected
from deliberation.views.case import score_of
from deliberation.working.build import working_of
from deliberation.working.score import product_table
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction


@require_safe
@in_jurisdiction
def working(request: ScopedRequest, ref: str, assessment: int | None = None) -> HttpResponse:
    """Show every step of the newest published score of an assessment, by default of the newest one."""
    incident = incident_or_404(request.jurisdiction, ref)
    found = assessment_or_404(incident, assessment)
    groups = list(groups_of(request.jurisdiction))
    score = score_of(found, groups)
    if found is None or score is None:
        return render(request, "deliberation/no_working.html", {"incident": incident})
    record = score.result.record
    return render(
        request,
        "deliberation/working.html",
        {
            "incident": incident,
            "assessment": found,
            "score": score,
            "protected": protected(finding_of(found), groups, score),
            "steps": working_of(score),
            "by_hand": product_table(score, _("The sum, by hand")),
            "record": record,
            "string": record.score_string if record else score_string(found, score.result.run, None),
        },
    )


def assessment_or_404(incident: Incident, number: int | None) -> Assessment | None:
    """Return an assessment by its number, or the newest one, which may be none."""
    if number is None:
        return current_assessment(incident)
    numbered = incident.assessments.filter(number=number).select_related("policy", "incident__jurisdiction").first()
    if numbered is None:
        raise Http404
    return numbered
