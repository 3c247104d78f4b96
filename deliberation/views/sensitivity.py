"""What would change a published score."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Incident
from assessments.reads import incident_or_404, latest_ratings
from deliberation.case_charts import strip_of
from deliberation.governing import finding_of
from deliberation.protected import protected
from deliberation.results import PublishedScore
from deliberation.sensitivity.build import sections_of
from deliberation.sensitivity.subject import subject_of
from deliberation.sensitivity.verdict import verdict_of
from deliberation.sensitivity.what_if import what_if
from deliberation.views.case import score_of
from deliberation.views.fragments import page_or_part, wants_part
from deliberation.views.working import assessment_or_404
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction

PAGE, PART = "deliberation/sensitivity.html", "deliberation/sensitivity/what_if_part.html"


@require_safe
@in_jurisdiction
def sensitivity(request: ScopedRequest, ref: str, assessment: int | None = None) -> HttpResponse:
    """Show how the newest published score of an assessment answers to other people, weights and ratings."""
    incident = incident_or_404(request.jurisdiction, ref)
    found = assessment_or_404(incident, assessment)
    groups = list(groups_of(request.jurisdiction))
    score = score_of(found, groups)
    if found is None or score is None:
        return render(request, "deliberation/no_working.html", {"incident": incident, "about_change": True})
    tried = what_if(score, request.GET)
    context = {"score": score, "what_if": tried, "form": tried.form}
    if not wants_part(request):
        context |= _whole_page(incident, found, score) | {"protected": protected(finding_of(found), groups, score)}
    return page_or_part(request, PAGE, PART, context, status=tried.status)


def _whole_page(incident: Incident, assessment: Assessment, score: PublishedScore) -> dict[str, Any]:
    subject = subject_of(score, latest_ratings(assessment))
    return {
        "incident": incident,
        "assessment": assessment,
        "verdict": verdict_of(subject),
        "strip": strip_of(score),
        "sections": sections_of(subject),
    }
