"""How often somebody may try. The numbers stand in the settings, the counting is django-allauth's."""

from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused
from stakeholders import last_account
from stakeholders.models import Account
from stakeholders.networks import network_of

APP = "allauth.account"
"""Whose setting the numbers are: ``ACCOUNT_RATE_LIMITS``."""
WAIT_SECONDS = 300
WAIT_AN_HOUR = 60 * 60
WAIT_A_DAY = 24 * 60 * 60


def spend(request: HttpRequest, action: str, *, key: str | None = None) -> None:
    """Count one try, or refuse it with 429. Where counting itself fails, the door stays shut."""
    if not _counted(request, action, key):
        raise too_many()


def spend_code(request: HttpRequest, *, email: str, account: Account | None) -> None:
    """Count one code mailed to an address, so that no stranger uses up the codes of its owner.

    A browser on which the owner was signed in last has a count of its own. Others are counted by the network they ask
    from, and all of them together by the day: that one only keeps a mailbox from being flooded from many networks.
    """
    if _is_own_browser(request, account):
        spend(request, "code_to_own_browser", key=email)
        return
    from_here = f"{email} {network_of(request)}"
    spend(request, "request_login_code", key=from_here)
    if not (_counted(request, "codes_of_a_day", from_here) and _counted(request, "codes_from_everywhere", email)):
        raise too_many_codes()


def spend_password(request: HttpRequest, *, email: str, account: Account | None) -> "Spent":
    """Count one password typed for an address, so that no stranger shuts the door of its owner; see record 13.

    Counted as codes are: apart for the owner's own browser, else by network, and in all by the hour. What one network
    may no longer try is not counted in all. The way by a mailed code is open meanwhile.
    """
    spent = Spent()
    if not spent.counted(request, "login_failed", None):
        raise too_many()
    if _is_own_browser(request, account):
        if not spent.counted(request, "password_in_own_browser", email):
            raise too_many()
        return spent
    if not spent.counted(request, "password_from_here", f"{email} {network_of(request)}"):
        raise too_many()
    if not spent.counted(request, "password_from_everywhere", email):
        raise too_many_passwords()
    return spent


class Spent:
    """Tries that were counted, to be given back where the password was right."""

    def __init__(self) -> None:
        self._usages: list[Any] = []

    def counted(self, request: HttpRequest, action: str, key: str | None) -> bool:
        """Count one try and tell whether it was allowed. Where counting itself fails, it was not."""
        try:
            usage = ratelimit.consume(request, app=APP, action=action, key=key)
        except Exception:  # noqa: BLE001 -- whatever a cache out of reach may raise
            return False
        if usage is None:
            return False
        self._usages.append(usage)
        return True

    def rollback(self) -> None:
        """Give back what a right password has spent."""
        for usage in self._usages:
            usage.rollback()


def _is_own_browser(request: HttpRequest, account: Account | None) -> bool:
    return account is not None and last_account.is_mark_of(last_account.left_by(request), account)


def _counted(request: HttpRequest, action: str, key: str | None) -> bool:
    return Spent().counted(request, action, key)


def too_many() -> Refused:
    """Return the refusal of one try too many."""
    return Refused(
        "too_many_tries",
        _("Too many tries. Wait five minutes, then try again."),
        status=429,
        details={"retry_after": WAIT_SECONDS},
    )


def too_many_passwords() -> Refused:
    """Return the refusal of one password too many, from whatever networks."""
    return Refused(
        "too_many_passwords",
        _("Too many passwords were tried for this address. Have a code mailed to you, or try again in an hour."),
        status=429,
        details={"retry_after": WAIT_AN_HOUR},
    )


def too_many_codes() -> Refused:
    """Return the refusal of one code too many for a day."""
    return Refused(
        "too_many_codes",
        _("Too many codes were asked for today. Sign in with a password, or try again tomorrow."),
        status=429,
        details={"retry_after": WAIT_A_DAY},
    )
