"""Whose browser this last was: a mark that outlives the session, so that words kept for one reach nobody else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from stakeholders.models import Account

PURPOSE = "stakeholders.last_account"


def mark_of(account: Account) -> str:
    """Return what the cookie holds for an account; it names nobody to whoever reads it."""
    return salted_hmac(PURPOSE, str(account.pk), algorithm="sha256").hexdigest()


def left_by(request: HttpRequest) -> str:
    """Return the mark of whoever was last signed in on this browser, or nothing."""
    return request.COOKIES.get(settings.LAST_ACCOUNT_COOKIE_NAME, "")


def is_mark_of(mark: str, account: Account) -> bool:
    """Tell whether a mark was left by this account."""
    return constant_time_compare(mark, mark_of(account))


class LastAccount:
    """Middleware: leave the mark of whoever is signed in, until the browser is closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        account = request.user
        if isinstance(account, Account) and not is_mark_of(left_by(request), account):
            response.set_cookie(
                settings.LAST_ACCOUNT_COOKIE_NAME,
                mark_of(account),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
