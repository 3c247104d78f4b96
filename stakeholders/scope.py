"""Decorators that say where a page lives and who may open it.

Outermost first::

    @in_jurisdiction            # request.jurisdiction, request.person; an unknown address is 404
    @signed_in_person           # visitors go to sign-in; accounts that are nobody here get 403
    @recently_signed_in         # for acts that bind: proof of identity no older than five minutes
    def announce(request: ScopedRequest, ref: str) -> HttpResponse: ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from lastvote import clock
from lastvote.access import Permission
from stakeholders import kept_form, sessions
from stakeholders.models import Jurisdiction, Person
from stakeholders.needs_action import Waiting, waiting_for
from stakeholders.reads import jurisdiction_or_404, person_of
from stakeholders.rules import permissions_for


class ScopedRequest(HttpRequest):
    """A request inside a jurisdiction, as ``in_jurisdiction`` leaves it."""

    jurisdiction: Jurisdiction
    person: Person | None
    permissions: frozenset[Permission]
    needs_action: list[Waiting]


View = Callable[..., HttpResponse]


def in_jurisdiction(view: View) -> View:
    """Resolve the URL's ``slug``, which the view itself does not receive."""

    @wraps(view)
    def inside(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        scoped = cast("ScopedRequest", request)
        scoped.jurisdiction = jurisdiction_or_404(slug)
        scoped.person = person_of(request.user, scoped.jurisdiction)
        scoped.permissions = cast("frozenset[Permission]", SimpleLazyObject(lambda: _permissions(scoped)))
        if scoped.person is not None:
            scoped.needs_action = cast("list[Waiting]", SimpleLazyObject(lambda: _needs_action(scoped)))
        return view(scoped, *args, **kwargs)

    return inside


def _permissions(request: ScopedRequest) -> frozenset[Permission]:
    """Read the roles; most answers that only send people on never ask."""
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    return permissions_for(request.person, on=today)


def _needs_action(request: ScopedRequest) -> list[Waiting]:
    """Ask what waits for the person, once for the whole page; answers without its head never ask."""
    return waiting_for(cast("Person", request.person), clock.now())


def signed_in_person(view: View) -> View:
    """Let only people of this jurisdiction through. What a visitor posted is kept until they have signed in."""

    @wraps(view)
    def signed_in(request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _first(request, "sign_in")
        if request.person is None:
            return render(request, "stakeholders/nobody_here.html", status=403)
        return view(request, *args, **kwargs)

    return signed_in


def recently_signed_in(view: View) -> View:
    """Ask again who it is, unless they proved it within five minutes. What was posted is kept meanwhile."""

    @wraps(view)
    def recent(request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not sessions.proved_recently(request.session, now=clock.now()):
            return _first(request, "sign_in_again")
        return view(request, *args, **kwargs)

    return recent


def _first(request: HttpRequest, page: str) -> HttpResponse:
    kept_form.keep(request)
    return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")
