"""Showing again who one is, before an act that binds, and choosing a password."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lastvote import clock
from stakeholders import limits, sessions
from stakeholders.forms import CodeForm, NewPasswordForm, PasswordForm
from stakeholders.mailed_code import MailedCode
from stakeholders.models import Account
from stakeholders.views.arriving import arrive, home_of, wanted_page, with_wanted_page
from stakeholders.views.sign_in import check_password


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Ask somebody who is signed in for their password or a mailed code."""
    if not isinstance(request.user, Account):
        return redirect(with_wanted_page(reverse("sign_in"), wanted_page(request)))
    match request.POST.get("how", ""):
        case "send":
            return _mail_code(request, request.user)
        case "code":
            return _by_code(request, request.user)
        case "password":
            return _by_password(request, request.user)
        case _:
            return _page(request)


def _page(request: HttpRequest, form: PasswordForm | CodeForm | None = None) -> HttpResponse:
    account = cast("Account", request.user)
    facts: dict[str, Any] = {
        "form": form,
        "password_form": None,
        "code_form": None,
        "email": account.email,
        "next": wanted_page(request),
    }
    if MailedCode.waiting(request):
        facts["code_form"] = form if isinstance(form, CodeForm) else CodeForm(expected="")
    if account.has_usable_password():
        facts["password_form"] = form if isinstance(form, PasswordForm) else PasswordForm()
    return render(request, "account/sign_in_again.html", facts, status=422 if form and form.errors else 200)


def _mail_code(request: HttpRequest, account: Account) -> HttpResponse:
    limits.spend(request, "code_to_show_again")
    MailedCode.begin(request, account)
    return _stay(request)


def _by_code(request: HttpRequest, account: Account) -> HttpResponse:
    limits.spend(request, "reauthenticate")
    process = MailedCode.waiting(request)
    if process is None:
        messages.warning(request, _("That code has run out. Ask for a new one."))
        return _stay(request)
    form = CodeForm(request.POST, expected=process.code)
    if form.is_valid():
        process.abort()
        return _proved(request, account)
    if not process.record_invalid_attempt():
        messages.warning(request, _("That was one wrong code too many. Ask for a new one."))
        return _stay(request)
    return _page(request, form)


def _by_password(request: HttpRequest, account: Account) -> HttpResponse:
    limits.spend(request, "reauthenticate")
    form = PasswordForm(request.POST)
    if form.is_valid():
        if check_password(request, email=account.email, password=form.cleaned_data["password"]) == account:
            return _proved(request, account)
        form.add_error("password", _("This is not your password. Check it and type it again."))
    return _page(request, form)


def _proved(request: HttpRequest, account: Account) -> HttpResponse:
    request.session.cycle_key()
    sessions.prove(request.session, now=clock.now())
    return arrive(request, account)


def _stay(request: HttpRequest) -> HttpResponse:
    return redirect(with_wanted_page(reverse("sign_in_again"), wanted_page(request)))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest) -> HttpResponse:
    """Choose a first or a new password, within minutes of showing who one is. Other sessions end."""
    if not isinstance(request.user, Account):
        return redirect(with_wanted_page(reverse("sign_in"), request.path))
    if not sessions.proved_recently(request.session, now=clock.now()):
        return redirect(with_wanted_page(reverse("sign_in_again"), request.path))
    form = NewPasswordForm(request.POST or None, account=request.user)
    if form.is_valid():
        request.user.set_password(form.cleaned_data["password"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your new password is saved."))
        return redirect(home_of(request.user))
    return render(request, "account/set_password.html", {"form": form}, status=422 if form.errors else 200)
