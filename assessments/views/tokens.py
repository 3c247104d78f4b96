"""A person's access tokens for programs: making one, which shows it once, and taking one back."""

import datetime as dt
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.tokens import SCOPES, TokenForm
from assessments.views.weigh_scope import unseen_by_others
from lastvote import clock
from lastvote.access import TokenScope
from lastvote.errors import Refused
from stakeholders.access_tokens import make_token, revoke_token
from stakeholders.models import AccessToken, Person
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

PAGE = "assessments/tokens.html"


@dataclass(frozen=True)
class Row:
    """One token as its holder sees it: everything but the token itself."""

    token: AccessToken
    may: list[str | Promise]
    works: bool


@unseen_by_others
@require_http_methods(["GET", "HEAD", "POST"])
@in_jurisdiction
@signed_in_person
@recently_signed_in
def tokens(request: ScopedRequest) -> HttpResponse:
    """List the tokens, and make another one. What is made is shown on this answer and on no other."""
    sent = request.POST if request.method == "POST" else None
    form = TokenForm(sent, place=request.jurisdiction, permissions=request.permissions)
    if sent is None:
        return _page(request, form)
    return _made(request, form) if form.is_valid() else _page(request, form, status=422)


@sensitive_variables()
def _made(request: ScopedRequest, form: TokenForm) -> HttpResponse:
    typed = form.cleaned_data
    try:
        token, secret = make_token(
            person=cast("Person", request.person),
            name=typed["name"],
            scopes=frozenset(TokenScope(scope) for scope in typed["scopes"]),
            case_reference=typed["case"],
            days=typed["days"],
            now=clock.now(),
        )
    except Refused as refused:
        form.add_error("name" if "name" in refused.fields else None, str(refused.message))
        return _page(request, form, status=refused.status)
    fresh = TokenForm(place=request.jurisdiction, permissions=request.permissions)
    return _page(request, fresh, made=token, secret=secret)


@unseen_by_others
@require_POST
@in_jurisdiction
@signed_in_person
def revoke(request: ScopedRequest, token: str) -> HttpResponse:
    """Take a token back at once. This asks for no proof: it only makes things safer."""
    found = AccessToken.objects.filter(person=request.person, handle=token).first()
    if found is None:
        raise Http404
    revoke_token(token=found, now=clock.now())
    messages.success(request, _("The token was taken back. It works no more."))
    return redirect("you_tokens", request.jurisdiction.slug)


def _page(request: ScopedRequest, form: TokenForm, *, status: int = 200, **made: object) -> HttpResponse:
    now = clock.now()
    held = cast("Person", request.person).tokens.filter(revoked_at__isnull=True)
    facts = {"form": form, "rows": [_row(token, now) for token in held], **made}
    return render(request, PAGE, facts, status=status)


def _row(token: AccessToken, now: dt.datetime) -> Row:
    may = [SCOPES[TokenScope(scope)].main for scope in token.scopes]
    return Row(token, may, works=token.expires_at > now)
