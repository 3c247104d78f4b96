"""The page on which people put things in order. Every button is an ordinary way of sending the form."""

from django.http import HttpResponse
from django.shortcuts import redirect

from assessments import placing
from assessments.forms.rank import RankForm
from assessments.placing import Move, Places
from assessments.questionnaire import Page, Step
from assessments.ranking import key_of, position, rows_of
from assessments.views.weigh import question, typed
from assessments.views.weigh_scope import Weighing, weigh_page
from stakeholders.scope import ScopedRequest

PAGE = Page(Step.RANK)


@weigh_page
def rank(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Move one item and show the page again at the same button; or take the order as it is."""
    questionnaire = weighing.questionnaire
    form = RankForm(typed(request), items=weighing.items)
    valid = form.is_valid()
    places = form.outcome() if valid else questionnaire.places
    last_move = form.cleaned_data["do"] if valid else questionnaire.last_move
    if request.method == "POST" and valid:
        changed = questionnaire.with_places(places, last_move)
        return _again(weighing, places, last_move) if last_move else weighing.go_on(PAGE, changed)
    items = weighing.items
    facts = {"rows": rows_of(items, places, last_move), "status": position(items, places, last_move)}
    return question(request, weighing, PAGE, form, written=placing.written(places), **facts)


def _again(weighing: Weighing, places: Places, last_move: tuple[Move, str]) -> HttpResponse:
    """Keep the order and show the page again. The address ends at the button, so that it has the focus."""
    weighing.save(weighing.questionnaire.with_places(places, last_move))
    return redirect(f"{weighing.url_of(PAGE)}#{key_of(*last_move)}")
