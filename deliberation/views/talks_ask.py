"""Asking for a round of talks, for one's group: who asked so far, a page to check, and the act."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments.models import Incident
from assessments.reads import current_assessment, incident_or_404, roll_entry_of
from deliberation.actions.requests import request_talks, speaks_alone, why_no_talks
from deliberation.facts import SUPPORTERS, last_close
from deliberation.models import Case
from deliberation.reads import proceeding_of
from deliberation.room.asked import groups_asking
from deliberation.states import NotRequested
from deliberation.views.desk_acts import form_page
from lastvote import clock
from stakeholders.models import Person
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person

CONFLICT = 409


@in_jurisdiction
@form_page
def ask(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show who asked for a round of talks, and let people of the roll ask for their group."""
    incident = incident_or_404(request.jurisdiction, ref)
    case = proceeding_of(current_assessment(incident))
    if request.method == "POST":
        return _ask(request, incident, case)
    facts = _facts(request, incident, case)
    return render(request, "deliberation/room/ask.html", facts, status=CONFLICT if facts["why_not"] else 200)


@signed_in_person
def _ask(request: ScopedRequest, incident: Incident, case: Case | None) -> HttpResponse:
    """Show what asking means, then ask. Whoever is not on the roll learns nothing here."""
    facts = _facts(request, incident, case)
    if request.person is None or case is None or facts["group"] is None:
        raise Http404
    if facts["why_not"]:
        return render(request, "deliberation/room/ask.html", facts, status=CONFLICT)
    if "confirmed" not in request.POST:
        return render(request, "deliberation/room/ask_check.html", facts)
    request_talks(case=case, by=request.person, now=clock.now())
    messages.success(request, _("You have asked for a round of talks. Thank you."))
    return redirect("talks_ask", request.jurisdiction.slug, incident.reference)


def _facts(request: ScopedRequest, incident: Incident, case: Case | None) -> dict[str, Any]:
    now = clock.now()
    return {
        "incident": incident,
        "why_not": why_no_talks(case, now) if case else NotRequested.UNPUBLISHED,
        "asked": groups_asking(case, case.rounds_ended) if case else [],
        "needed": SUPPORTERS,
        "known": request.person is not None,
        **_standing(case, request.person, now),
    }


def _standing(case: Case | None, person: Person | None, now: Any) -> dict[str, Any]:
    """Return whom a person would ask for, whether alone, and whether they asked already."""
    close = last_close(case) if case else None
    place = roll_entry_of(close[0], person) if close else None
    if case is None or person is None or place is None:
        return {"group": None, "alone": False, "done": False}
    done = case.requests.filter(after_rounds=case.rounds_ended, person=person).exists()
    return {"group": place.group, "alone": speaks_alone(case, person, now), "done": done}
