"""A public sandbox: anybody answers for a rated case as in a round, and sees what it does. Nothing is saved."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation.sensitivity.tried_cases import Choice, choices_of
from deliberation.sensitivity.ways_to_try import WAY_NAMES, Way, try_out
from deliberation.views.case import score_of
from deliberation.views.fragments import page_or_part
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction

PAGE, PART = "deliberation/try.html", "deliberation/sensitivity/what_if_part.html"


@require_safe
@in_jurisdiction
def sandbox(request: ScopedRequest) -> HttpResponse:
    """Show one way of answering for the chosen case: by default points, and the newest case that is rated."""
    choices = choices_of(request.jurisdiction)
    if not choices:
        return render(request, "deliberation/nothing_to_try.html")
    chosen = _chosen(choices, request.GET.get("case", ""))
    score = score_of(chosen.assessment, list(groups_of(request.jurisdiction)))
    if score is None:
        raise Http404
    way = _way(request.GET.get("way", Way.POINTS))
    tried = try_out(score, way, request.GET)
    context = {
        "way": way, "ways": WAY_NAMES.items(),
        "choices": choices, "chosen": chosen, "incident": chosen.assessment.incident, "score": score,
        "what_if": tried, "form": tried.form,
    }  # fmt: skip
    return page_or_part(request, PAGE, PART, context, status=tried.status)


def _way(named: str) -> Way:
    if named not in set(Way):
        raise Http404
    return Way(named)


def _chosen(choices: list[Choice], reference: str) -> Choice:
    if not reference:
        return choices[0]
    found = next((choice for choice in choices if choice.reference == reference), None)
    if found is None:
        raise Http404
    return found
