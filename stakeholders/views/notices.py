"""Turning mail off from a mail, without signing in. Reading the page changes nothing: mail scanners open every link."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stakeholders.notices import choices
from stakeholders.scope import ScopedRequest, in_jurisdiction
from stakeholders.states import NoticePace


@csrf_exempt  # mail programs send the form for their reader and have no token; the signed address says whose it is
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_jurisdiction
def notices_off(request: ScopedRequest, signed: str) -> HttpResponse:
    """Ask whether such mail should stop, or stop it. The page does not say whose address it is."""
    person = choices.person_at(signed, request.jurisdiction)
    if person is None:
        raise Http404
    if request.method == "POST":
        choices.choose_pace(person=person, pace=NoticePace.OFF)
    is_off = choices.pace_of(person) == NoticePace.OFF
    return render(request, "stakeholders/notices/off.html", {"is_off": is_off})
