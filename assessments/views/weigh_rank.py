"""The page on which people put things in order. Every button is an ordinary way of sending the form."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assessments import placing
from assessments.forms.rank import RankForm
from assessments.placing import Move, Places
from assessments.questionnaire import Page, Step
from assessments.views.weigh import question, typed
from assessments.views.weigh_scope import Weighing, weigh_page
from assessments.wording import Item
from stakeholders.scope import ScopedRequest

PAGE = Page(Step.RANK)


@dataclass(frozen=True)
class Button:
    """One way of moving an item. A button that leads nowhere now stays where it is, so that the focus is not lost."""

    do: str
    key: str
    leads_nowhere: bool
    was_pressed: bool


@dataclass(frozen=True)
class Row:
    """One item in the order, with the number of its place."""

    item: Item
    number: int
    shared: bool
    up: Button
    down: Button
    share: Button


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
    facts = {"rows": _rows(weighing, places, last_move), "status": position(weighing, places, last_move)}
    return question(request, weighing, PAGE, form, written=placing.written(places), **facts)


def _again(weighing: Weighing, places: Places, last_move: tuple[Move, str]) -> HttpResponse:
    """Keep the order and show the page again. The address ends at the button, so that it has the focus."""
    weighing.save(weighing.questionnaire.with_places(places, last_move))
    return redirect(f"{weighing.url_of(PAGE)}#{_key(*last_move)}")


def _key(move: Move, code: str) -> str:
    return f"{move}-{code}"


def _rows(weighing: Weighing, places: Places, last_move: tuple[Move, str] | None) -> list[Row]:
    def button(move: Move, code: str) -> Button:
        nowhere = placing.moved(places, move, code) == places
        return Button(f"{move}:{code}", _key(move, code), nowhere, was_pressed=(move, code) == last_move)

    return [
        Row(
            item=weighing.item(code),
            number=placing.number_of(places, code),
            shared=bool(placing.sharing_with(places, code)),
            up=button(Move.UP, code),
            down=button(Move.DOWN, code),
            share=button(Move.SHARE, code),
        )
        for code in placing.one_after_another(places)
    ]


def position(weighing: Weighing, places: Places, last_move: tuple[Move, str] | None) -> str:
    """Say where the item that was moved last stands now; nothing before the first move."""
    if last_move is None:
        return ""
    code = last_move[1]
    sharing = placing.sharing_with(places, code)
    words = {
        "item": weighing.item(code).name,
        "number": placing.number_of(places, code),
        "total": len(weighing.items),
        "others": ", ".join(str(weighing.item(other).name) for other in sharing),
    }
    if sharing:
        return _("%(item)s is now %(number)s of %(total)s, together with %(others)s.") % words
    return _("%(item)s is now %(number)s of %(total)s.") % words
