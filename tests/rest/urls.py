"""Addresses that stand for what others build on the floor of the API."""

from typing import ClassVar

from django.http import Http404
from django.urls import include, path
from rest_framework.response import Response
from rest_framework.views import APIView

import lastvote.api
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.api.place import PlaceView


class Forgotten(APIView):
    """Somebody forgot to say who may use it."""

    def get(self, _request):
        return Response({"seen": True})


class Echo(PlaceView):
    """Answer with what was sent."""

    needs: ClassVar = {
        "GET": Permission.READ_PUBLIC, "POST": Permission.READ_PUBLIC, "PATCH": Permission.MANAGE_INCIDENTS,
    }  # fmt: skip

    def get(self, request):
        wanted = request.query_params.get("fail")
        if wanted == "refused":
            raise Refused("too_long_a_wait", "Wait.", status=429, details={"retry_after": 7})
        if wanted == "fields":
            raise Refused("blank", "Two are empty.", fields={"a": ["Write a."], "b/c": ["Write b."]})
        if wanted == "missing":
            raise Http404
        if wanted == "fault":
            raise RuntimeError("secret words")
        return Response({"heard": True})

    def post(self, request):
        return Response(request.data, status=201)

    def patch(self, request):
        self.require_recent_proof()
        return Response(request.data)


handler400, handler404 = "lastvote.web.errors.unreadable", "lastvote.web.errors.not_found"
handler500 = "lastvote.web.errors.fault"
urlpatterns = [
    path("", include("lastvote.web.urls")),
    path("", include("stakeholders.urls")),
    path("api/v1/<jurisdiction:slug>/echo/", Echo.as_view()),
    path("api/forgotten/", Forgotten.as_view()),
    path("api/", include(lastvote.api)),
]
