"""Whatever a view of the API raises becomes a problem; what nobody foresaw stays a fault, without a word about it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from lastvote.errors import Refused
from lastvote.rest.problems import Fault, Unusable, not_found, of_refusal, problem


def handle(error: Exception, _context: Mapping[str, Any]) -> HttpResponse | None:
    """Answer an exception; nothing means that it is a fault of ours."""
    for kind, answer in ANSWERS.items():
        if isinstance(error, kind):
            return answer(error)
    return None


def _denied(_error: Exception) -> HttpResponse:
    return problem(403, Fault("not_allowed", _("Your role here does not include this.")))


def _unknown(_error: Exception) -> HttpResponse:
    sentence = _("Send an access token, or sign in. Visitors may only read what is public.")
    return problem(401, Fault("sign_in_first", sentence))


def _method(_error: Exception) -> HttpResponse:
    return problem(405, Fault("method_not_allowed", _("The header Allow lists the methods that this address takes.")))


def _not_acceptable(_error: Exception) -> HttpResponse:
    return problem(406, Fault("not_acceptable", _("Ask for application/json in the header Accept.")))


def _media_type(_error: Exception) -> HttpResponse:
    fault = Fault("unsupported_media_type", _("Send the body with the header Content-Type: application/json."))
    return problem(415, fault, headers={"Accept": "application/json"})


def _unusable(error: Unusable) -> HttpResponse:
    return problem(400, *error.faults)


ANSWERS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    Refused: of_refusal,
    Http404: lambda _error: not_found(),
    PermissionDenied: _denied,
    exceptions.PermissionDenied: _denied,
    exceptions.NotAuthenticated: _unknown,
    exceptions.MethodNotAllowed: _method,
    exceptions.NotAcceptable: _not_acceptable,
    exceptions.UnsupportedMediaType: _media_type,
    Unusable: _unusable,
}
