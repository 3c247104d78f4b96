"""A form that makes a new row, sent twice with one key, makes one row."""

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError

from lastvote.jobs.once import remember, stored_outcome
from lastvote.transactions import locking

KEPT = dt.timedelta(days=7)


def done_once(*, scope: str, key: str, body: bytes, now: dt.datetime, act: Callable[[], int]) -> int:
    """Do an act and return the row it made; the same form once more is answered with that row.

    Refuses a key that came with another content before. Of two at the same instant one acts and both are answered.
    """
    try:
        with locking():
            earlier = stored_outcome(scope=scope, key=key, body=body)
            if earlier is not None:
                return earlier
            made = act()
            remember(scope=scope, key=key, body=body, outcome_id=made, purge_after=now + KEPT)
            return made
    except IntegrityError:
        earlier = stored_outcome(scope=scope, key=key, body=body)
        if earlier is None:
            raise
        return earlier
