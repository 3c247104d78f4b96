"""The points page, with its two quick buttons. Both are ordinary ways of sending the form."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from assessments.forms.points import WHOLE, PointsForm, plain_number, rest_shared, total_of
from assessments.questionnaire import Page, Questionnaire, Step
from assessments.views.weigh import question, typed
from assessments.views.weigh_scope import Weighing, weigh_page
from stakeholders.scope import ScopedRequest

PAGE = Page(Step.POINTS)
SHARE, AGAIN = "share", "again"
A_TENTH = Decimal("0.1")


@weigh_page
def points(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Take the numbers; or share the rest, or clear the boxes, and show the page again."""
    questionnaire = weighing.questionnaire
    button = request.POST.get("do", "")
    if button == AGAIN:
        return _again(weighing, {code: {"typed": "", "number": ""} for code in questionnaire.codes})
    form = PointsForm(typed(request), items=weighing.items, initial=_initial(questionnaire), unfinished=button == SHARE)
    if request.method == "POST" and form.is_valid():
        if button == SHARE:
            return _again(weighing, rest_shared(form.cleaned_data))
        return weighing.go_on(PAGE, questionnaire.with_points(form.cleaned_data))
    return question(request, weighing, PAGE, form, **_total(questionnaire))


def _again(weighing: Weighing, entries: dict[str, dict[str, str]]) -> HttpResponse:
    """Keep the boxes as the button left them, and show the page again."""
    weighing.save(weighing.questionnaire.with_points(entries))
    return redirect(weighing.url_of(PAGE))


def _initial(questionnaire: Questionnaire) -> dict[str, str]:
    return {code: questionnaire.typed_for(code) for code in questionnaire.codes}


def _total(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return what the page says about the numbers that were kept so far."""
    kept = questionnaire.data.get("points", {})
    total = total_of(kept)
    shown = plain_number(total.quantize(A_TENTH, ROUND_HALF_UP))
    return {"total": shown if total else "", "total_is_whole": shown == str(WHOLE)}
