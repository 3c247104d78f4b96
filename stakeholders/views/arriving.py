"""Where somebody goes once they have shown who they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from lastvote.web.navigation import address
from stakeholders import kept_form
from stakeholders.models import Account
from stakeholders.reads import people_of


def wanted_page(request: HttpRequest) -> str:
    """Return the page of this site that somebody was on the way to, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def with_wanted_page(url: str, wanted: str) -> str:
    """Return ``url`` carrying the wanted page along."""
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url


def arrive(request: HttpRequest, account: Account) -> HttpResponse:
    """Offer the form that was interrupted, else go to the wanted page, else to where the person takes part."""
    wanted = wanted_page(request)
    kept = kept_form.take(request, path=wanted)
    if kept:
        return render(request, "account/carry_on.html", {"kept": kept})
    return redirect(wanted or home_of(account))


def home_of(account: Account) -> str:
    """Return the start page of the one jurisdiction in which ``account`` takes part, else the list of all."""
    people = list(people_of(account))
    return (address("home", people[0].jurisdiction.slug) if len(people) == 1 else "") or "/"
