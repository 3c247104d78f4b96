"""A further round after a published one, convened by the protocol of a case."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.actions import rounds
from assessments.actions.changes import change_state
from assessments.models import WeightRound
from assessments.states import RoundState
from lastvote.errors import Refused
from lastvote.transactions import locking


def announce_follow_up(
    *, after: WeightRound, opens_at: dt.datetime, closes_at: dt.datetime, now: dt.datetime
) -> WeightRound:
    """Announce the round that follows ``after``; what stands there is carried over when it opens.

    An act of the system, as the protocol prescribes it: nobody proposes it and no notice is needed. A round that
    people have proposed gives way. Refuses unless ``after`` is the newest round and published, while another round is
    announced, and a window that does not lie ahead. Records ``round.announced``.
    """
    if not now <= opens_at < closes_at:
        raise Refused("out_of_range", _("A round opens in the future and closes after that."))
    with locking():
        assessment = rounds.lock(after.assessment_id)
        rounds.check_can_announce(assessment)
        newest = assessment.rounds.exclude(state__in=(RoundState.DRAFT, RoundState.VOID)).order_by("-number").first()
        if newest != after or newest.state != RoundState.PUBLISHED:
            raise Refused("round_not_published", _("A round follows the newest one once it is published."), status=409)
        follow_up = rounds.draft(assessment, opens_at, closes_at, carried_from=newest)
        change_state(follow_up, RoundState.ANNOUNCED, announced_at=now)
        rounds.record_announcement(follow_up, by=None, now=now)
    return follow_up
