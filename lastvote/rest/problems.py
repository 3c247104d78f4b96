"""Refusals as programs read them: ``application/problem+json`` (RFC 9457), with the code that pages use too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused
from lastvote.rest.canonical import canonical_json

CONTENT_TYPE = "application/problem+json"
ROOT = "/api/"
TYPES = "/help/problems/"
"""The page that says what each code means; a problem's ``type`` is its place there."""
UNPROCESSABLE, BAD_REQUEST, UNAUTHORIZED = 422, 400, 401
TITLES: dict[int, Promise] = {
    400: _("The request cannot be used as it is"),
    401: _("Say who you are"),
    403: _("This is not open to you"),
    404: _("There is nothing at this address"),
    405: _("This address takes other methods"),
    406: _("The answer exists as JSON only"),
    409: _("This cannot be done now"),
    413: _("The body is too large"),
    415: _("The body must be JSON"),
    422: _("This key was used for something else"),
    429: _("Too many requests"),
    500: _("The fault is ours"),
}
KEEPS_422 = frozenset({"key_reused"})
"""Pages answer what cannot be used with 422, programs get 400. This one is 422 for both."""
FOR_PROGRAMS: dict[str, Promise] = {
    "key_reused": _("This Idempotency-Key came with another body before. Use a new key for a new act."),
}
"""Sentences where the one on the page speaks of the page."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: its code, the place in the body as a JSON pointer, and a sentence."""

    code: str
    detail: str | Promise
    field: str = ""

    def members(self) -> dict[str, Any]:
        """Return it as the body says it; whatever concerns no single field names none."""
        place = {"field": self.field} if self.field else {}
        return {"code": self.code, "detail": self.detail, **place}


class Unusable(Exception):  # noqa: N818 -- as a refusal, it is not a fault of ours
    """A body in which one or several things are wrong."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults


def is_for_programs(request: HttpRequest) -> bool:
    """Whether whoever asks here wants JSON, whatever goes wrong."""
    return request.path_info.startswith(ROOT)


def problem(
    status: int, *faults: Fault, details: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Answer with what is wrong: the first fault at the top, all of them in a list where there are several."""
    first = faults[0]
    body = {
        "type": f"{settings.BASE_URL.rstrip('/')}{TYPES}#{first.code}",
        "title": TITLES.get(status, TITLES[BAD_REQUEST]),
        "status": status,
        **first.members(),
        **({"details": details} if details else {}),
        **({"errors": [fault.members() for fault in faults]} if len(faults) > 1 else {}),
    }
    response = HttpResponse(canonical_json(body), status=status, content_type=CONTENT_TYPE, headers=headers)
    if status == UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="lastvote"'
    if details and "retry_after" in details:
        response["Retry-After"] = str(details["retry_after"])
    return response


def of_refusal(refusal: Refused) -> HttpResponse:
    """Answer a refusal of an action."""
    status = refusal.status
    if status == UNPROCESSABLE and refusal.code not in KEEPS_422:
        status = BAD_REQUEST
    return problem(status, *_faults(refusal), details=refusal.details)


def _faults(refusal: Refused) -> list[Fault]:
    if refusal.fields:
        return [
            Fault(refusal.code, sentence, pointer(name))
            for name, sentences in refusal.fields.items()
            for sentence in sentences
        ]
    return [Fault(refusal.code, FOR_PROGRAMS.get(refusal.code, refusal.message))]


def pointer(*path: str | int) -> str:
    """Return the JSON pointer (RFC 6901) to a place in the body; what is one already stays as it is."""
    if len(path) == 1 and str(path[0]).startswith("/"):
        return str(path[0])
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def not_found() -> HttpResponse:
    """Answer for an address behind which nothing is, or nothing for whoever asks."""
    return problem(404, Fault("not_found", _("There is nothing here, or nothing that you may see. Check the address.")))


def fault() -> HttpResponse:
    """Answer for a fault of ours, of which nothing is told."""
    return problem(
        500, Fault("fault", _("The fault is ours, and it has been written down. Try again in a few minutes."))
    )


def unreadable() -> HttpResponse:
    """Answer a request that is no request that one could read."""
    return problem(400, Fault("unreadable", _("This request cannot be read. Check its address and headers.")))


def too_large() -> HttpResponse:
    """Answer a body of which no more is read."""
    return of_refusal(body_too_large())


def body_too_large() -> Refused:
    """Return the refusal of a body above the limit of every request of the site."""
    sentence = _("The body has more than %(most)s bytes. Send less at a time.")
    return Refused("body_too_large", sentence % {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}, status=413)
