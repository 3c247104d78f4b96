"""The page that says what programs can ask for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation.api.reference import reference_for
from deliberation.open_data.files import LICENCE_ADDRESS
from stakeholders.scope import ScopedRequest, in_jurisdiction


@require_safe
@in_jurisdiction
def api_reference(request: ScopedRequest) -> HttpResponse:
    """Show every address of the API with its parameters, an example, and what can go wrong."""
    found = reference_for(request.jurisdiction.slug)
    return render(request, "deliberation/api_reference.html", {"reference": found, "licence": LICENCE_ADDRESS})
