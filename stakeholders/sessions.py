"""How long a session lasts, and how fresh the proof of identity in it is.

Members stay signed in for 24 hours after they were last seen. Whoever holds a role beyond membership is signed
out 20 hours after signing in, however busy. What binds asks for a proof no older than five minutes.
"""

import datetime as dt
from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from lastvote import clock
from stakeholders.models import Account
from stakeholders.reads import holds_office

OFFICE_LIMIT = dt.timedelta(hours=20)
PROOF_LIMIT = dt.timedelta(minutes=5)
RENEW_EVERY = dt.timedelta(minutes=10)
"""A rolling session is written at most this often, not with every page."""

SIGNED_IN_AT = "signed_in_at"
PROVED_AT = "proved_at"
SEEN_AT = "seen_at"
DEMO = "demo"


def begin(session: SessionBase, *, now: dt.datetime, demo: bool = False) -> None:
    """Note when and how this session signed in."""
    session[SIGNED_IN_AT] = session[PROVED_AT] = session[SEEN_AT] = now.timestamp()
    session[DEMO] = demo


def prove(session: SessionBase, *, now: dt.datetime) -> None:
    """Note that the person has just shown again who they are."""
    session[PROVED_AT] = now.timestamp()


def proved_recently(session: SessionBase, *, now: dt.datetime) -> bool:
    """Whether an act that binds may go ahead. Demo sessions always may."""
    return bool(session.get(DEMO)) or _age(session, PROVED_AT, now) <= PROOF_LIMIT


def _age(session: SessionBase, mark: str, now: dt.datetime) -> dt.timedelta:
    return dt.timedelta(seconds=now.timestamp() - session.get(mark, 0.0))


class StoredSessions(SessionMiddleware):
    """Middleware: what an act answered reaches its sender, although the session was ended elsewhere meanwhile.

    Django would answer 400. By then the act is stored, and 400 says that it never will be. No cookie is set: the
    browser may hold one of a new session by now.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            patch_vary_headers(response, ("Cookie",))
            return response


class SessionLength:
    """Middleware: end sessions of office holders after 20 hours, renew those of everybody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SIGNED_IN_AT in request.session:
            self._limit(request, clock.now())
        return self.get_response(request)

    def _limit(self, request: HttpRequest, now: dt.datetime) -> None:
        if _age(request.session, SIGNED_IN_AT, now) > OFFICE_LIMIT and _is_office_holder(request, now):
            logout(request)
        elif _age(request.session, SEEN_AT, now) > RENEW_EVERY:
            request.session[SEEN_AT] = now.timestamp()


def _is_office_holder(request: HttpRequest, now: dt.datetime) -> bool:
    return isinstance(request.user, Account) and holds_office(request.user, on=now.date())
