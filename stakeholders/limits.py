"""How often somebody may try. The numbers stand in the settings, the counting is django-allauth's."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused

WAIT_SECONDS = 300


def spend(request: HttpRequest, action: str, *, key: str | None = None) -> None:
    """Count one try, or refuse it with 429. Where counting itself fails, the door stays shut."""
    try:
        allowed = ratelimit.consume(request, action=action, key=key)
    except Exception:  # noqa: BLE001 -- whatever a cache out of reach may raise
        allowed = False
    if not allowed:
        raise too_many()


def too_many() -> Refused:
    """Return the refusal of one try too many."""
    return Refused(
        "too_many_tries",
        _("Too many tries. Wait five minutes, then try again."),
        status=429,
        details={"retry_after": WAIT_SECONDS},
    )
