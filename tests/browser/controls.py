"""What tests ask of the server besides its pages: a fresh town, the mail it sent, a passing of time, a fault."""

import json
from collections.abc import Callable

from django.conf import settings
from django.core import mail as django_mail
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from lastvote import clock
from lastvote.errors import Refused
from lastvote.jobs import heartbeats
from lastvote.jobs.sweeper import sweep as sweep_now
from tests.browser import towns

PREVIEW = "after"


class Switches:
    """Cookies that a test sets decide the mode of the one server: demo people, preview, health."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        settings.DEMO = "switch-demo" in request.COOKIES
        settings.PREVIEW = "off" if "switch-preview-off" in request.COOKIES else PREVIEW
        if "switch-healthy" in request.COOKIES:
            for kind in ("worker", "beat"):
                heartbeats.note(name=kind, kind=kind, now=clock.now())
        return self.get_response(request)


@csrf_exempt
def town(request: HttpRequest) -> JsonResponse:
    """Found a town for one journey."""
    return JsonResponse(towns.journey_town(**json.loads(request.body)))


@csrf_exempt
def sweep(_request: HttpRequest) -> JsonResponse:
    """Do all work that is due."""
    for _round in range(3):
        sweep_now(clock.now())
    return JsonResponse({})


def mail(request: HttpRequest) -> JsonResponse:
    """Return every mail sent to an address."""
    to = request.GET["to"]
    sent = [one for one in getattr(django_mail, "outbox", []) if to in one.to]
    bodies = [
        {"subject": one.subject, "text": one.body, "html": [str(part[0]) for part in one.alternatives]} for one in sent
    ]
    return JsonResponse({"mail": bodies})


def fail(_request: HttpRequest, how: str) -> HttpResponse:
    """Fail in a way that no page should."""
    if how == "500":
        raise RuntimeError("A fault, on purpose.")
    if how == "400":
        raise SuspiciousOperation
    raise Refused("on_purpose", _("This was refused to see how a refusal looks."), status=int(how))
