"""The way in: jurisdictions, the home of one, its cases."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.reads import open_rounds
from deliberation import home, listing
from deliberation.forms import CaseFilterForm
from deliberation.reads import cases_of, wider_words
from lastvote import clock
from stakeholders.reads import jurisdictions as all_jurisdictions
from stakeholders.scope import ScopedRequest, in_jurisdiction

PAGE_SIZE = 20


@require_safe
def jurisdictions(request: HttpRequest) -> HttpResponse:
    """List the jurisdictions of this site, with what is open in each."""
    open_by = home.open_by_jurisdiction(clock.now())
    rows = [(place, open_by.get(place.pk, [])) for place in all_jurisdictions()]
    return render(request, "deliberation/jurisdictions.html", {"rows": rows})


@require_safe
@in_jurisdiction
def home_page(request: ScopedRequest) -> HttpResponse:
    """Show what is open for a say, the latest results and a few figures."""
    place = request.jurisdiction
    return render(
        request,
        "deliberation/home.html",
        {
            "open_rounds": open_rounds(place, clock.now()),
            "latest": home.latest_results(place),
            "figures": home.figures(place),
        },
    )


@require_safe
@in_jurisdiction
def cases(request: ScopedRequest) -> HttpResponse:
    """List cases by stage, words and order; everything stands in the address."""
    form = CaseFilterForm(request.GET)
    wanted = form.wanted()
    page = Paginator(cases_of(request.jurisdiction, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "deliberation/cases.html",
        {
            "filter_form": form,
            "wanted": wanted,
            "page": page,
            "rows": listing.rows_of(page.object_list),
            "chips": listing.chips(request.GET, wanted),
            "pages": listing.page_links(request.GET, page),
            "wider": [] if page.object_list else wider_words(request.jurisdiction, wanted),
        },
    )
