"""What a person was told, and what they choose about mail; off and on again from a mail, without signing in."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stakeholders.models import Person
from stakeholders.notices import choices
from stakeholders.notices.forms import ChoicesForm
from stakeholders.notices.kinds import binding_titles
from stakeholders.notices.listed import lines_of, notices_of
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person
from stakeholders.states import NoticePace

PAGE_SIZE = 20
UNPROCESSABLE = 422
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
@in_jurisdiction
@signed_in_person
def you_notifications(request: ScopedRequest) -> HttpResponse:
    """List what the person was told, newest first, and take what they choose about mail."""
    person = cast("Person", request.person)
    form = ChoicesForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            choices.choose_paces(person=person, paces=form.paces())
            choices.choose_private_subjects(person=person, private=form.cleaned_data["private_subjects"])
        messages.success(request, _("Your choices are saved."))
        return redirect("you_notifications", request.jurisdiction.slug)
    facts = {"form": form, "always": binding_titles(), **_part_of_list(request, person)}
    return render(request, "stakeholders/notices/list.html", facts, status=UNPROCESSABLE if form.errors else 200)


def _part_of_list(request: ScopedRequest, person: Person) -> dict[str, Any]:
    page = Paginator(notices_of(person), PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "lines": lines_of(page.object_list),
        "before": f"{request.path}?page={page.previous_page_number()}" if page.has_previous() else "",
        "after": f"{request.path}?page={page.next_page_number()}" if page.has_next() else "",
    }


@csrf_exempt  # mail programs send the form for their reader and have no token; the signed address says whose it is
@never_cache
@form_page
@in_jurisdiction
def notices_off(request: ScopedRequest, signed: str) -> HttpResponse:
    """Ask whether such mail should stop, or stop it, or begin it again. The page does not say whose address it is."""
    person = choices.person_at(signed, request.jurisdiction)
    if person is None:
        raise Http404
    if request.method == "POST":
        pace = NoticePace.AT_ONCE if "again" in request.POST else NoticePace.OFF
        choices.choose_pace_of_all(person=person, pace=pace)
    facts = {"is_off": choices.hears_nothing(person), "is_on_again": "again" in request.POST}
    return render(request, "stakeholders/notices/off.html", facts)
