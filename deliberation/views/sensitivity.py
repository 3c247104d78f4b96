"""What would change a published score."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.reads import incident_or_404, latest_ratings
from deliberation.case_charts import strip_of
from deliberation.sensitivity.build import sections_of
from deliberation.sensitivity.subject import subject_of
from deliberation.sensitivity.verdict import verdict_of
from deliberation.views.case import score_of
from deliberation.views.working import assessment_or_404
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction


@require_safe
@in_jurisdiction
def sensitivity(request: ScopedRequest, ref: str, assessment: int | None = None) -> HttpResponse:
    """Show how the newest published score of an assessment answers to other people, weights and ratings."""
    incident = incident_or_404(request.jurisdiction, ref)
    found = assessment_or_404(incident, assessment)
    score = score_of(found, list(groups_of(request.jurisdiction)))
    if found is None or score is None:
        return render(request, "deliberation/no_working.html", {"incident": incident, "about_change": True})
    subject = subject_of(score, latest_ratings(found))
    return render(
        request,
        "deliberation/sensitivity.html",
        {
            "incident": incident,
            "assessment": found,
            "score": score,
            "verdict": verdict_of(subject),
            "strip": strip_of(score),
            "sections": sections_of(subject),
        },
    )
