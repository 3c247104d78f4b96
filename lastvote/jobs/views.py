"""The state of the machinery, for machines and for people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lastvote import clock
from lastvote.jobs.health import checks


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is well and 503 when not, with names and no content."""
    answers = checks(clock.now())
    ok = all(check.ok for check in answers)
    listed = [{"name": check.name, "ok": check.ok, "seconds": check.seconds} for check in answers]
    return JsonResponse({"ok": ok, "checks": listed}, status=200 if ok else 503)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say in words what works and what to do about what does not."""
    answers = checks(clock.now())
    page = {"checks": answers, "troubles": [check for check in answers if not check.ok]}
    database_answers = answers[0].ok
    if not database_answers:  # nothing on the page may ask it who is signed in
        return HttpResponse(render_to_string("health.html", page), status=503)
    return render(request, "health.html", page)
