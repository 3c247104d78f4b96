"""What is put on paper: the half to fill in, the half to keep, and cards for workshops."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from assessments import paper_codes
from assessments.actions.sheets import Printed
from assessments.forms.choices import COMPARE_LABELS, most_question
from assessments.models import Incident, WeightRound
from assessments.own_questionnaire import order_for
from assessments.questionnaire import COMPARE_NUMBERS, LEAST_FROM
from assessments.scoring.schemes import SCHEMES
from assessments.views.in_words import shares_of_places
from assessments.wording import Item, in_order, items_of
from stakeholders.scope import ScopedRequest


@dataclass(frozen=True)
class OnPaper:
    """The round whose questions are printed."""

    incident: Incident
    round: WeightRound


def form_facts(on_paper: OnPaper, items: tuple[Item, ...]) -> dict[str, Any]:
    """Return what the half to fill in shows: the same questions as on the screen, and how they are counted."""
    numbers = [
        (label, COMPARE_NUMBERS[name]) for name, label in COMPARE_LABELS.items() if COMPARE_NUMBERS[name] is not None
    ]
    return {
        "on_paper": on_paper,
        "incident": on_paper.incident,
        "weight_round": on_paper.round,
        "items": items,
        "question": most_question(len(items)),
        "asks_least": len(items) >= LEAST_FROM,
        "labels": list(COMPARE_LABELS.values()),
        "numbers": numbers,
        "place_shares": shares_of_places(len(items)),
    }


def blank_facts(on_paper: OnPaper) -> dict[str, Any]:
    """Return what a sheet without a code shows, with the items in the scheme's own order."""
    return form_facts(on_paper, items_of(on_paper.round.assessment.scheme))


@sensitive_variables("printed")
def printed_page(request: ScopedRequest, on_paper: OnPaper, printed: Printed, back_url: str) -> HttpResponse:
    """Show a sheet with its code. This answer is the only one that holds the code."""
    scheme = on_paper.round.assessment.scheme
    place = printed.sheet.roll_entry
    facts = form_facts(on_paper, in_order(scheme, order_for(place, SCHEMES[scheme].factors)))
    facts |= {
        "number": paper_codes.shown(printed.sheet.number),
        "code": paper_codes.shown(printed.code) if printed.code else "",
        "group": place.group,
        "confirm_at": str(settings.BASE_URL).rstrip("/") + reverse("paper_confirm", args=[request.jurisdiction.slug]),
        "back_url": back_url,
    }
    return render(request, "assessments/paper/printed.html", facts)
