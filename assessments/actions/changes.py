"""Moving a round along its states: one compare-and-set for every transition."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.models import WeightRound
from assessments.states import ROUND_TRANSITIONS, RoundState
from lastvote.errors import Refused


def change_state(weight_round: WeightRound, to: RoundState, **fields: Any) -> None:
    """Move ``weight_round`` to ``to`` and set ``fields``, unless somebody moved it since it was read.

    Refuses a jump that the table does not allow and a change that lost a race, both with 409.
    """
    state = RoundState(weight_round.state)
    if to not in ROUND_TRANSITIONS[state]:
        raise Refused(
            "illegal_transition",
            _("This round has moved on. Load the page again to see where it is."),
            status=409,
            details={"from": state.value, "allowed": sorted(ROUND_TRANSITIONS[state])},
        )
    changed = WeightRound.objects.filter(pk=weight_round.pk, state=state, revision=weight_round.revision).update(
        state=to, revision=weight_round.revision + 1, **fields
    )
    if not changed:
        raise Refused("already_changed", _("Somebody has just changed this round."), status=409)
    weight_round.refresh_from_db(fields=["state", "revision", *fields])
