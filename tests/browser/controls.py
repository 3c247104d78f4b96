"""What tests ask of the server besides its pages: a fresh town, the mail it sent, a passing of time, a fault."""

import datetime as dt
import json
import time
from collections.abc import Callable

import time_machine
from django.conf import settings
from django.core import mail as django_mail
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from lastvote import clock
from lastvote.errors import Refused
from lastvote.jobs import heartbeats, outbox
from lastvote.jobs.sweeper import sweep as sweep_now
from stakeholders.models import Account
from tests.browser import towns

PREVIEW = "after"
PATIENCE = 20
"""Seconds that a sweep waits for work in other hands."""


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
    """Do all work that is due, and wait for counting that a thread of the site has taken already."""
    end = time.monotonic() + PATIENCE
    for _round in range(3):
        sweep_now(clock.now())
    while _is_counting() and time.monotonic() < end:
        time.sleep(0.1)
        sweep_now(clock.now())
    return JsonResponse({})


def _is_counting() -> bool:
    owed = outbox.due_subjects(clock.now() + outbox.LEASE, limit=100)
    return any(kind == "recompute" for kind, _subject in owed)


@csrf_exempt
def bare_town(_request: HttpRequest) -> JsonResponse:
    """Found a town without a case, for a journey from the first file on."""
    return JsonResponse(towns.bare_town())


@csrf_exempt
def session(request: HttpRequest) -> JsonResponse:
    """Sign somebody in at this moment."""
    account = Account.objects.get(email=json.loads(request.body)["email"])
    return JsonResponse({"session": towns.session_of(account)})


@csrf_exempt
def later(request: HttpRequest) -> JsonResponse:
    """Let days pass on this server, for good, and do what has come due. Only for a server of one's own."""
    days = dt.timedelta(days=json.loads(request.body)["days"])
    time_machine.travel(clock.now() + days, tick=True).start()
    return sweep(request)


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
