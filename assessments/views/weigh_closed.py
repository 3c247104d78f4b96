"""What somebody sees who comes to the form when the round takes no answers, or no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from assessments import placing
from assessments.forms.choices import COMPARE_LABELS
from assessments.forms.why import EVERYTHING
from assessments.questionnaire import NO_LEAST, SAME

if TYPE_CHECKING:
    from django.http import HttpResponse

    from assessments.views.weigh_scope import Weighing
    from stakeholders.scope import ScopedRequest

NOT_WORDS = {"csrfmiddlewaretoken", "key", "shown", "do"}


def closed_page(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Say that the round is closed (409), and show what was typed so that it is not lost."""
    facts = {
        "weighing": weighing,
        "typed": _typed(request, weighing),
        "standing": weighing.own.submission,
        "closed_at": weighing.round.closed_at or weighing.round.closes_at,
    }
    return render(request, "assessments/weigh/closed.html", facts, status=409)


def _typed(request: ScopedRequest, weighing: Weighing) -> list[tuple[str, str]]:
    labels = _labels(weighing)
    values = _values(weighing)
    return [
        (labels[name], _order(weighing, value) if name == "places" else values.get(value, value))
        for name, value in request.POST.items()
        if name in labels and name not in NOT_WORDS and isinstance(value, str) and value.strip()
    ]


def _labels(weighing: Weighing) -> dict[str, str]:
    questions = {"most": _("Matters most"), "least": _("Matters least"), EVERYTHING: _("Your reasons")}
    questions |= {"places": _("Your order")}
    return questions | {item.code: str(item.name) for item in weighing.items}


def _values(weighing: Weighing) -> dict[str, str]:
    general = {SAME: _("They all matter the same"), NO_LEAST: _("I cannot choose")}
    compared = {label: str(words) for label, words in COMPARE_LABELS.items()}
    return general | compared | {item.code: str(item.name) for item in weighing.items}


def _order(weighing: Weighing, typed: str) -> str:
    """Return an order from the first to the last place in words; what is none stays as it came."""
    places = placing.read(typed, weighing.questionnaire.codes)
    if places is None:
        return typed
    return "\n".join(
        f"{placing.number_of(places, code)}. {weighing.item(code).name}" for code in placing.one_after_another(places)
    )
