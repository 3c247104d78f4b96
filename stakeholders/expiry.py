"""Sessions that have run out are deleted, not only ignored: they hold email addresses and kept forms."""

import datetime as dt

from django.contrib.sessions.models import Session


def delete_expired_sessions(now: dt.datetime) -> int:
    """Delete every session that ended before ``now`` and return how many there were."""
    deleted, _ = Session.objects.filter(expire_date__lt=now).delete()
    return deleted
