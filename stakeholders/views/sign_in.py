"""Signing in, by password or by mailed code, and signing out."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from stakeholders import emails, limits
from stakeholders.forms import CodeForm, SignInForm
from stakeholders.models import Account
from stakeholders.reads import account_of
from stakeholders.views.arriving import arrive, home_of, wanted_page, with_wanted_page


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an email address, with a password or for a code."""
    if isinstance(request.user, Account):
        return redirect(wanted_page(request) or home_of(request.user))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        return _mail_code(request, form) if form.wants_code else _by_password(request, form)
    return _sign_in_page(request, form)


def _sign_in_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    facts = {"form": form, "next": wanted_page(request)}
    return render(request, "account/sign_in.html", facts, status=422 if form.errors else 200)


def _by_password(request: HttpRequest, form: SignInForm) -> HttpResponse:
    email, password = form.cleaned_data["email"].lower(), form.cleaned_data["password"]
    limits.spend(request, "login")
    account = check_password(request, email=email, password=password)
    if account is None:
        form.add_error("password", _("This email address and password do not belong together."))
        return _sign_in_page(request, form)
    response = perform_password_login(request, {"email": email}, Login(user=account, email=email))
    return _arrived_or(response, request)


def check_password(request: HttpRequest, *, email: str, password: str) -> Account | None:
    """Return the active account that both belong to. Wrong tries are counted; one too many is refused with 429."""
    account: Account | None = get_adapter().authenticate(request, email=email, password=password)
    return account if account and account.is_active else None


def _mail_code(request: HttpRequest, form: SignInForm) -> HttpResponse:
    """Mail a code. The answer is the same for an address that nobody has: that mail says so, this page does not."""
    email = form.cleaned_data["email"].lower()
    account = account_of(email)
    limits.spend_code(request, email=email, account=account)
    if account is None:
        emails.no_account(to=email)
    LoginCodeVerificationProcess.initiate(request=request, user=account, email=email)
    return redirect(with_wanted_page(reverse("sign_in_code"), wanted_page(request)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was mailed."""
    process = _waiting_code(request)
    if process is None:
        return _ask_for_new_code(request, _("That code has run out. Ask for a new one."))
    form = CodeForm(request.POST or None, expected=process.code)
    if request.method == "POST":
        limits.spend(request, "login")
    if form.is_valid():
        return _arrived_or(process.finish(None), request)
    if form.errors and not process.record_invalid_attempt():
        return _ask_for_new_code(request, _("That was one wrong code too many. Ask for a new one."))
    facts = {"form": form, "email": process.state["email"], "next": wanted_page(request)}
    return render(request, "account/sign_in_code.html", facts, status=422 if form.errors else 200)


def _waiting_code(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return LoginCodeVerificationProcess.resume(stage) if stage else None


def _ask_for_new_code(request: HttpRequest, why: str) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("sign_in")
    messages.warning(request, why)
    return redirect(with_wanted_page(reverse("sign_in"), wanted_page(request)))


def _arrived_or(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Go on if signing in is complete; otherwise show the step that ``response`` asks for."""
    return arrive(request, request.user) if isinstance(request.user, Account) else response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; opening the page only offers the button."""
    if request.method == "POST":
        logout(request, show_message=False)
        return redirect("/")
    return render(request, "account/sign_out.html")
