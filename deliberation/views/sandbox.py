"""A public sandbox: anybody types weights for a rated case and sees what they do. Nothing is saved."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation.sensitivity.tried_cases import Choice, choices_of
from deliberation.sensitivity.what_if import what_if
from deliberation.views.case import score_of
from deliberation.views.fragments import page_or_part
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction

PAGE, PART = "deliberation/try.html", "deliberation/sensitivity/what_if_part.html"


@require_safe
@in_jurisdiction
def sandbox(request: ScopedRequest) -> HttpResponse:
    """Show the boxes for the chosen case, by default the newest one that is rated."""
    choices = choices_of(request.jurisdiction)
    if not choices:
        return render(request, "deliberation/nothing_to_try.html")
    chosen = _chosen(choices, request.GET.get("case", ""))
    score = score_of(chosen.assessment, list(groups_of(request.jurisdiction)))
    if score is None:
        raise Http404
    tried = what_if(score, request.GET)
    context = {
        "choices": choices, "chosen": chosen, "incident": chosen.assessment.incident, "score": score,
        "what_if": tried, "form": tried.form,
    }  # fmt: skip
    return page_or_part(request, PAGE, PART, context, status=tried.status)


def _chosen(choices: list[Choice], reference: str) -> Choice:
    if not reference:
        return choices[0]
    found = next((choice for choice in choices if choice.reference == reference), None)
    if found is None:
        raise Http404
    return found
