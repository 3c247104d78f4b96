"""How often somebody may try. The numbers stand in the settings, the counting is django-allauth's."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused
from stakeholders import last_account
from stakeholders.models import Account
from stakeholders.networks import network_of

WAIT_SECONDS = 300
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
    if account is not None and last_account.is_mark_of(last_account.left_by(request), account):
        spend(request, "code_to_own_browser", key=email)
        return
    from_here = f"{email} {network_of(request)}"
    spend(request, "request_login_code", key=from_here)
    if not (_counted(request, "codes_of_a_day", from_here) and _counted(request, "codes_from_everywhere", email)):
        raise too_many_codes()


def _counted(request: HttpRequest, action: str, key: str | None) -> bool:
    try:
        return bool(ratelimit.consume(request, action=action, key=key))
    except Exception:  # noqa: BLE001 -- whatever a cache out of reach may raise
        return False


def too_many() -> Refused:
    """Return the refusal of one try too many."""
    return Refused(
        "too_many_tries",
        _("Too many tries. Wait five minutes, then try again."),
        status=429,
        details={"retry_after": WAIT_SECONDS},
    )


def too_many_codes() -> Refused:
    """Return the refusal of one code too many for a day."""
    return Refused(
        "too_many_codes",
        _("Too many codes were asked for today. Sign in with a password, or try again tomorrow."),
        status=429,
        details={"retry_after": WAIT_A_DAY},
    )
