"""What holds for every answer: refusals become pages, and signed-in pages are kept by no cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control

from lastvote.errors import Refused
from lastvote.web.errors import not_allowed, refused

SERVER_FAULT = 500

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Show a refusal that no view has caught as the page of its status, and so what may not be asked in this way."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return not_allowed(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Leave everything that is not a refusal to Django."""
        return refused(request, exception) if isinstance(exception, Refused) else None


class HeadersOnlyMiddleware:
    """Answer HEAD with the headers of GET and without its body, which the web server would drop with a warning."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response


class PrivatePageMiddleware:
    """A shared computer shows nobody the pages of the person before."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < SERVER_FAULT and request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response
