"""One way to open a transaction that takes a row lock, and what happens when the lock cannot be had."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused

BUSY_AFTER_SECONDS = 3


@contextmanager
def locking() -> Iterator[None]:
    """Run the block in one transaction; a lock that is not free in time becomes a sentence, not a fault."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if not _is_lock_timeout(error):
            raise
        raise Refused(
            "busy",
            _("Many people are sending answers at this moment. Send it again in a few seconds."),
            status=429,
            details={"retry_after": BUSY_AFTER_SECONDS},
        ) from error


def _is_lock_timeout(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in ("55P03", "40001", "40P01") or "database is locked" in str(error)
