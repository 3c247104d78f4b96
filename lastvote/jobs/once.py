"""An act sent twice with one key happens once."""

import datetime as dt
import hmac

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused
from lastvote.jobs.models import IdempotencyKey

PURPOSE = "lastvote.jobs.once"
"""Separates this use of the secret key from every other."""


def stored_outcome(*, scope: str, key: str, body: bytes) -> int | None:
    """Return the outcome of the act already done with this key, or nothing if it is new.

    Refuses a key that came with another body before.
    """
    stored = IdempotencyKey.objects.filter(scope=scope, key=key).first()
    if stored is None:
        return None
    if not hmac.compare_digest(stored.body_hmac, _body_hmac(body)):
        raise Refused("key_reused", _("You already sent something else from this page. Check it and send it again."))
    return stored.outcome_id


def remember(*, scope: str, key: str, body: bytes, outcome_id: int, purge_after: dt.datetime) -> IdempotencyKey:
    """Keep the outcome of an act under its key; called inside the transaction of the act, under its lock."""
    return IdempotencyKey.objects.create(
        scope=scope, key=key, body_hmac=_body_hmac(body), outcome_id=outcome_id, purge_after=purge_after
    )


def keep_until(*, scope_prefix: str, purge_after: dt.datetime) -> int:
    """Keep the keys of every scope that starts like this until later: what they guard against can happen for longer."""
    return IdempotencyKey.objects.filter(scope__startswith=scope_prefix).update(purge_after=purge_after)


def purge(now: dt.datetime) -> int:
    """Forget the keys whose time is over."""
    deleted, _by_model = IdempotencyKey.objects.filter(purge_after__lte=now).delete()
    return deleted


def _body_hmac(body: bytes) -> str:
    return salted_hmac(PURPOSE, body, algorithm="sha256").hexdigest()
