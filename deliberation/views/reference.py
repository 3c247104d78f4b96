"""The page that says what programs can ask for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation.api.meanings import MEANINGS
from deliberation.api.reference import all_codes, reference_for
from deliberation.open_data.files import LICENCE_ADDRESS
from lastvote import clock
from lastvote.rest.problems import TITLES
from stakeholders.api import limits
from stakeholders.networks import network_of
from stakeholders.scope import ScopedRequest, in_jurisdiction


@require_safe
@in_jurisdiction
def api_reference(request: ScopedRequest) -> HttpResponse:
    """Show every address of the API with its parameters, an example, and what can go wrong. Counted as a read of it."""
    who = f"person/{request.person.pk}" if request.person else network_of(request)
    limits.spend(who, "GET", now=clock.now())
    found = reference_for(request.jurisdiction.slug)
    return render(request, "deliberation/api_reference.html", {"reference": found, "licence": LICENCE_ADDRESS})


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Say what each code means. The ``type`` of every problem leads here."""
    rows = [(code, statuses, MEANINGS.get(code, TITLES[statuses[0]])) for code, statuses in all_codes().items()]
    return render(request, "deliberation/api_codes.html", {"rows": rows})
