"""The app's own routes, and small pages that stand for what others build on its decorators."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

import stakeholders.converters  # noqa: F401 -- registers the converter
from lastvote.access import Permission
from lastvote.clock import local_date, now
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person


def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse("front")


@in_jurisdiction
def public(request: ScopedRequest) -> HttpResponse:
    return HttpResponse(f"{request.jurisdiction.slug} {request.person.name if request.person else 'visitor'}")


@in_jurisdiction
@signed_in_person
def mine(request: ScopedRequest, number: int = 0) -> HttpResponse:
    return HttpResponse(f"{request.method} {request.person.name} {number} {request.POST.get('words', '')}")


@in_jurisdiction
@signed_in_person
def desk(request: ScopedRequest) -> HttpResponse:
    require(request.person, Permission.READ_DESK, on=local_date(now(), request.jurisdiction.zone))
    return HttpResponse("desk")


@in_jurisdiction
@signed_in_person
@recently_signed_in
def binding(request: ScopedRequest) -> HttpResponse:
    return HttpResponse(f"{request.method} done {'|'.join(request.POST.getlist('words'))}")


urlpatterns = [
    path("", include("stakeholders.urls")),
    path("", front),
    path("<jurisdiction:slug>/", public, name="home"),
    path("<jurisdiction:slug>/mine/", mine),
    path("<jurisdiction:slug>/mine/<int:number>/", mine),
    path("<jurisdiction:slug>/desk/", desk),
    path("<jurisdiction:slug>/binding/", binding),
]
