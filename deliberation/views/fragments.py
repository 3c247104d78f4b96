"""One view, one address: a program that swaps parts of pages gets only the part."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

HEADER = "HX-Request"


def page_or_part(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render the page, or only its part where the request says so; caches keep the two apart."""
    response = render(request, part if wants_part(request) else page, context, status=status)
    patch_vary_headers(response, [HEADER])
    return response


def wants_part(request: HttpRequest) -> bool:
    """Tell whether only the part is asked for, so that a view can leave out what only the page needs."""
    return request.headers.get(HEADER) == "true"
