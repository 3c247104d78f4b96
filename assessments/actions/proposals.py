"""Acts that take two people: the first proposes, the second confirms the same content within a day."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.frozen import announcement, content_digest
from assessments.models import Assessment, RoundProposal, WeightRound
from assessments.states import RoundState, RoundVerb
from lastvote.audit.record import record
from lastvote.errors import Refused
from stakeholders.models import Person

LIFETIME = dt.timedelta(hours=24)
_KINDS = {RoundVerb.ANNOUNCE: "round.announce_proposed", RoundVerb.CLOSE_EARLY: "round.close_proposed"}


def propose(*, weight_round: WeightRound, verb: RoundVerb, reason: str, by: Person, now: dt.datetime) -> RoundProposal:
    """Write the first half of an act down; the caller holds the assessment's lock and has checked the rest."""
    proposal = RoundProposal.objects.create(
        round=weight_round,
        verb=verb,
        digest=content_of(weight_round, verb, reason.strip()),
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=now,
        expires_at=now + LIFETIME,
    )
    record(
        kind=_KINDS[verb],
        subject="round",
        subject_id=weight_round.pk,
        jurisdiction_id=weight_round.assessment.incident.jurisdiction_id,
        actor_id=by.pk,
        acting_as="secretariat",
        now=now,
        facts={"round": weight_round.number, "digest": proposal.digest},
    )
    return proposal


def content_of(weight_round: WeightRound, verb: RoundVerb, reason: str) -> str:
    """Return the hash of what both people must mean."""
    return content_digest({**announcement(weight_round), "verb": verb, "reason": reason})


def waiting(weight_round: WeightRound, verb: RoundVerb, now: dt.datetime) -> RoundProposal | None:
    """Return the proposal that waits for a second person."""
    return (
        weight_round.proposals.filter(verb=verb, confirmed_at__isnull=True, expires_at__gt=now)
        .select_related("proposed_by", "round__assessment__incident__jurisdiction")
        .order_by("-proposed_at")
        .first()
    )


def refuse_second(weight_round: WeightRound, verb: RoundVerb, now: dt.datetime) -> None:
    """Refuse while the same act waits for its second person already."""
    if waiting(weight_round, verb, now):
        raise Refused("already_proposed", _("This is proposed already and waits for the chair."), status=409)


def confirm(*, proposal: RoundProposal, weight_round: WeightRound, by: Person, now: dt.datetime) -> RoundProposal:
    """Write the second half down; the caller holds the lock and then carries the act out."""
    fresh = RoundProposal.objects.get(pk=proposal.pk)
    if fresh.confirmed_at is not None:
        raise Refused("already_confirmed", _("Somebody has confirmed this already."), status=409)
    if fresh.expires_at <= now:
        raise Refused("proposal_expired", _("This proposal is older than a day. Propose it again."), status=409)
    if fresh.proposed_by_id == by.pk:
        raise Refused("second_person_required", _("Another person must confirm what you proposed."), status=409)
    if fresh.digest != content_of(weight_round, RoundVerb(fresh.verb), fresh.reason):
        raise Refused("content_changed", _("What was proposed has changed since. Propose it again."), status=409)
    fresh.confirmed_by = by
    fresh.confirmed_at = now
    fresh.save(update_fields=["confirmed_by", "confirmed_at"])
    return fresh


def waiting_announcement(assessment: Assessment, now: dt.datetime) -> bool:
    """Whether a proposed round of the assessment still waits for its second person."""
    drafts = assessment.rounds.filter(state=RoundState.DRAFT)
    return any(waiting(draft, RoundVerb.ANNOUNCE, now) for draft in drafts)
