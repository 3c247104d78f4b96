"""The document of the whole API: its slots, its schemas, its examples."""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from assessments.scoring.record import digest
from deliberation.open_data.answers import ANSWERS
from deliberation.open_data.files import LICENCE, LICENCE_ADDRESS
from deliberation.open_data.schemas import components
from deliberation.views.files import exact
from lastvote import clock
from lastvote.rest.canonical import canonical_json
from lastvote.rest.openapi import Address, Slot, addresses, document
from lastvote.rest.operations import Operation
from lastvote.rest.queries import asked
from lastvote.rest.sections import SECTIONS, SELF
from stakeholders.api import limits
from stakeholders.api.authentication import Session
from stakeholders.networks import network_of

VERSION = "1"
EXAMPLES = Path(__file__).parent / "examples.json"
_NUMBER = {"type": "integer", "minimum": 0}
_WORD = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
SLOTS = {
    "slug": Slot(_("The jurisdiction"), {"type": "string", "pattern": "^[a-z][a-z0-9-]{3,39}$"}, "northbrook"),
    "ref": Slot(_("Reference of the case"), _WORD, "NB-2026-0001"),
    "number": Slot(_("Number: of a round, of talks, of a row of evidence, of a version"), _NUMBER, 1),
    "assessment": Slot(_("Number of the assessment"), _NUMBER, 1),
    "token": Slot(_("Name of the row, as its list gives it"), _WORD, "0123456789abcdef"),
    "receipt": Slot(_("The receipt, with or without dashes"), {"type": "string", "minLength": 1}, "LV-7K2M-9QTD-3XK"),
}


class Document(APIView):
    """Serve the document in the reader's language."""

    authentication_classes = (Session,)  # only so that what a signed-in browser gets is stored nowhere
    permission_classes = (AllowAny,)
    operations: ClassVar = {
        "GET": Operation(
            "openapi", SELF, _("Read this document"), _("OpenAPI 3.1, in the language that you ask for."),
            {200: {"type": "object", "required": ["components", "info", "openapi", "paths", "servers"]}},
        ),
    }  # fmt: skip

    def perform_authentication(self, request: Request) -> None:
        """Count the request, as every other read of the API."""
        super().perform_authentication(request)
        who = f"account/{request.user.pk}" if request.user.is_authenticated else network_of(request)
        limits.spend(who, str(request.method), now=clock.now())

    def get(self, request: Request) -> HttpResponse:
        asked(request.query_params, ())
        return exact(request, *_written(get_language() or "", settings.BASE_URL))


@lru_cache(maxsize=16)
def _written(_language: str, _base_url: str) -> tuple[bytes, str]:
    """Return the document's bytes and their hash, worked out once: nothing in it changes while the site runs."""
    body = canonical_json(whole_document())
    return body, digest(body)


def whole_document() -> dict[str, Any]:
    """Return the document as it is now."""
    return document(
        {
            "title": "lastvote",
            "version": VERSION,
            "description": _("Read everything that is public, under the same rules and codes as the pages."),
            "license": {"name": LICENCE, "url": LICENCE_ADDRESS},
        },
        api_addresses(),
        slots=SLOTS,
        schemas=components(ANSWERS),
        examples=examples(),
        sections=SECTIONS,
    )


def api_addresses() -> list[Address]:
    """Return every address below /api/."""
    (api,) = (one for one in _mounted(get_resolver()) if str(one.pattern) == "api/")
    return list(addresses(api.url_patterns))


def _mounted(resolver: URLResolver) -> Iterator[URLResolver]:
    """Yield everything that is mounted, wherever a site mounts it."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield one
            yield from _mounted(one)


@cache
def examples() -> dict[str, Any]:
    """Return a request and its answer for each operation, as a test has found them."""
    found: dict[str, Any] = json.loads(EXAMPLES.read_text())
    return found
