"""Moving the days of a follow-up round with the talks that it belongs to. To an earlier day only after a pause."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.actions import answers
from assessments.models import WeightRound
from assessments.states import RoundState
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.once import keep_until


def move_follow_up(
    *,
    weight_round: WeightRound,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    reason: str,
    now: dt.datetime,
    may_be_earlier: bool = False,
) -> WeightRound:
    """Give a follow-up round other days; the caller holds the assessment's lock. Records ``round.moved``.

    One that is open, or should be by now, keeps the day on which it opened. ``reason`` is a code. Refuses a
    round that has closed, and earlier days unless a pause that had made them later is ended.
    """
    if weight_round.state not in (RoundState.ANNOUNCED, RoundState.OPEN) or now >= weight_round.closes_at:
        raise Refused("round_closed", _("This round has closed. Its days stay as they were."), status=409)
    if weight_round.state == RoundState.OPEN or now >= weight_round.opens_at:
        opens_at = weight_round.opens_at
    if not may_be_earlier and (opens_at < weight_round.opens_at or closes_at < weight_round.closes_at):
        raise Refused("deadline_fixed", _("A day that people were told can only become a later one."), status=409)
    before = weight_round.closes_at
    weight_round.first_closes_at += closes_at - before
    weight_round.opens_at, weight_round.closes_at = opens_at, closes_at
    weight_round.revision += 1
    weight_round.save(update_fields=["opens_at", "closes_at", "first_closes_at", "revision"])
    keep_until(scope_prefix=answers.scope_of(weight_round), purge_after=closes_at + answers.KEEP_KEYS)
    record(
        kind="round.moved",
        subject="round",
        subject_id=weight_round.pk,
        jurisdiction_id=weight_round.assessment.incident.jurisdiction_id,
        actor_id=None,
        acting_as="system",
        now=now,
        facts={
            "round": weight_round.number,
            "from": before.isoformat(),
            "to": closes_at.isoformat(),
            "because": reason,
        },
    )
    return weight_round
