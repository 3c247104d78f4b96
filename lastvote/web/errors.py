"""Error pages that say what happened and what can be done. Below /api/ the same is said in JSON."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.debug import sensitive_post_parameters

from lastvote.errors import Refused
from lastvote.rest import problems
from lastvote.web.resend import fields_to_send_again

FORBIDDEN = 403
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
PAGES = {403: "403.html", 404: "404.html", 409: "409.html", 422: "422.html", 429: "429.html"}


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Show a refusal as a page: its sentence, and what to do, by its status."""
    if problems.is_for_programs(request):
        return problems.of_refusal(refusal)
    page = PAGES.get(refusal.status, PAGES[422])
    facts: dict[str, Any] = {"sentence": refusal.message, "code": refusal.code, "details": refusal.details}
    if refusal.status == FORBIDDEN:  # a role may have ended while its holder was typing
        facts |= {"fields": fields_to_send_again(request), "action": request.get_full_path()}
    response = render(request, page, facts, status=refusal.status)
    if "retry_after" in refusal.details:
        response["Retry-After"] = str(refusal.details["retry_after"])
    return response


def not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Put a page where Django leaves an empty one: this address cannot be asked in this way, but in those of Allow."""
    if problems.is_for_programs(request):
        return response
    page = render(request, "405.html", status=response.status_code)
    page["Allow"] = response["Allow"]
    return page


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what could not be read: 413 when it is too much, 400 otherwise. Asks nothing of the request's body."""
    if problems.is_for_programs(request):
        return problems.too_large() if isinstance(exception, TOO_MUCH) else problems.unreadable()
    if isinstance(exception, TOO_MUCH):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address behind which nothing is."""
    if problems.is_for_programs(request):
        return problems.not_found()
    return defaults.page_not_found(request, exception)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours; what it was stands in the log alone."""
    return problems.fault() if problems.is_for_programs(request) else defaults.server_error(request)


@sensitive_post_parameters()
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer a form whose protection token is missing or old: keep what was typed and offer to send it again."""
    facts = {"fields": fields_to_send_again(request), "action": request.get_full_path()}
    return render(request, "403_csrf.html", facts, status=403)
