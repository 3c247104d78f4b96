"""How sheets of paper end without their person: at the close, and for good a week later."""

import datetime as dt

from assessments.models import PaperSheet, WeightRound
from assessments.states import RoundState, SheetState

ALIVE = (SheetState.PRINTED, SheetState.TYPED)
KEPT = dt.timedelta(days=7)
"""So long after the close a person can still learn from number and code what became of a sheet."""
_OVER = (RoundState.CLOSED, RoundState.PUBLISHED, RoundState.VOID)


def end_unconfirmed(weight_round: WeightRound) -> None:
    """Throw away what was typed and not confirmed in time; called in the transaction of the close, under its lock."""
    alive = PaperSheet.objects.filter(roll_entry__round=weight_round, state__in=ALIVE)
    alive.update(state=SheetState.EXPIRED, typed=None)


def drop_old_sheets(now: dt.datetime) -> int:
    """Delete the sheets of rounds that ended a week ago, and with them who printed and who typed which.

    Whatever is left of a round that ended in another way than by its close is thrown away at once.
    """
    left = PaperSheet.objects.filter(roll_entry__round__state__in=_OVER, state__in=ALIVE)
    left.update(state=SheetState.EXPIRED, typed=None)
    deleted, _by_model = PaperSheet.objects.filter(
        roll_entry__round__state__in=_OVER, roll_entry__round__closes_at__lte=now - KEPT
    ).delete()
    return deleted
