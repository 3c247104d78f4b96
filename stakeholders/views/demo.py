"""The page of people to sign in as. It exists in demo mode only."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lastvote import clock
from stakeholders import sessions
from stakeholders.models import Account
from stakeholders.personas import demo_account, stages
from stakeholders.views.arriving import home_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Show the made-up people and what to try, or sign in as one of them."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        return _become(request, demo_account(request.POST.get("email", "")))
    return render(request, "stakeholders/demo.html", {"stages": stages(clock.now())})


def _become(request: HttpRequest, account: Account | None) -> HttpResponse:
    if account is None:
        raise Http404
    get_adapter().login(request, account)
    sessions.begin(request.session, now=clock.now(), demo=True)
    return redirect(home_of(account))
