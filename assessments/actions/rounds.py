"""The life of a weight round: announced by two people, opened and closed by the clock, extended once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments import notices, policy, reads, rules
from assessments.actions import answers, carrying, proposals, sheet_ends
from assessments.actions.changes import change_state
from assessments.actions.merges import check_stands_alone
from assessments.frozen import frozen_header
from assessments.models import Assessment, Draft, GroupSum, RollEntry, RoundProposal, WeightRound
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.record import canonical_bytes, digest
from assessments.scoring.schemes import SCHEMES
from assessments.states import RoundState, RoundVerb
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.once import keep_until
from lastvote.jobs.outbox import enqueue
from lastvote.jobs.sweeper import alone
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.notices.telling import tell
from stakeholders.reads import groups_of, memberships_on
from stakeholders.rules import require

GRACE = dt.timedelta(seconds=10)
"""The system closes this much later than the legal time, so that requests which arrived in time have committed."""
FURTHEST = dt.timedelta(days=366)
"""A round is not announced further ahead than this; a slip in the year is noticed."""


def propose_announcement(
    *, assessment: Assessment, opens_at: dt.datetime, closes_at: dt.datetime, by: Person, now: dt.datetime
) -> RoundProposal:
    """Propose a round; a second person announces it by confirming the same content.

    Refuses while ratings are not frozen, while another round runs or is proposed, on a case that was merged, a second
    round unless the case is a past one, and a window that the policy does not allow.
    Records ``round.announce_proposed``.
    """
    zone = assessment.incident.jurisdiction.zone
    require(by, Permission.PROPOSE_ROUND, on=now.astimezone(zone).date(), assessment_id=assessment.pk)
    with locking():
        locked = lock(assessment.pk)
        check_can_announce(locked)
        _check_is_first(locked)
        if proposals.waiting_announcement(locked, now):
            raise _another_round()
        _check_window(policy.read(locked.policy).clock, opens_at, closes_at, now)
        weight_round = draft(locked, opens_at, closes_at)
        return proposals.propose(weight_round=weight_round, verb=RoundVerb.ANNOUNCE, reason="", by=by, now=now)


def propose_early_close(*, weight_round: WeightRound, reason: str, by: Person, now: dt.datetime) -> RoundProposal:
    """Propose to close a round before its end; the chair closes it by confirming.

    Refuses without a reason, and while a group has fewer than its least number of answers and has not all answered.
    Records ``round.close_proposed``.
    """
    if not rules.may(by, Permission.PROPOSE_ROUND, weight_round, now):
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    if not reason.strip():
        raise Refused(
            "reason_required",
            _("Say why the round should close early."),
            fields={"reason": [_("Say why the round should close early.")]},
        )
    with locking():
        fresh = _lock_round(weight_round)
        check_may_close_early(fresh, now)
        proposals.refuse_second(fresh, RoundVerb.CLOSE_EARLY, now)
        return proposals.propose(weight_round=fresh, verb=RoundVerb.CLOSE_EARLY, reason=reason, by=by, now=now)


def confirm_proposal(*, proposal: RoundProposal, by: Person, now: dt.datetime) -> WeightRound:
    """Confirm what another person proposed; the act happens now.

    Refuses the proposer (409 ``second_person_required``), a proposal that is too old or done, and content that changed.
    """
    if not rules.may(by, Permission.CONFIRM_ROUND, proposal.round, now):
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    with locking():
        weight_round = _lock_round(proposal.round)
        confirmed = proposals.confirm(proposal=proposal, weight_round=weight_round, by=by, now=now)
        if confirmed.verb == RoundVerb.ANNOUNCE:
            return _announce(weight_round, by, now)
        check_may_close_early(weight_round, now)
        return _close(weight_round, at=now, by=by, now=now, early=True)


def open_round(*, weight_round: WeightRound, now: dt.datetime) -> WeightRound:
    """Open an announced round at its time: freeze the roll and the rules.

    What stands on the round before is carried into one that follows it. Records ``round.opened``, and then
    ``round.answers_carried``.
    """
    with locking():
        fresh = _lock_round(weight_round)
        if fresh.opens_at > now:
            raise Refused("too_early", _("This round does not open before its announced time."), status=409)
        jurisdiction = fresh.assessment.incident.jurisdiction
        members = list(memberships_on(jurisdiction, fresh.opens_at.astimezone(jurisdiction.zone).date()))
        earlier = reads.rounds_published_before(fresh.assessment)
        frozen = canonical_bytes(frozen_header(fresh, members, earlier, now)).decode()
        change_state(
            fresh, RoundState.OPEN, opened_at=now, frozen=frozen, frozen_sha256=digest(frozen.encode())
        )  # fmt: skip
        RollEntry.objects.bulk_create(carrying.places_on(fresh, members, earlier))
        _start_sums(fresh)
        _record(
            fresh,
            "round.opened",
            by=None,
            now=now,
            effective_at=fresh.opens_at,
            facts={"frozen": fresh.frozen_sha256},
        )
        if fresh.carried_from_id is not None:
            carrying.carry_answers(weight_round=fresh, now=now)
        _count_input(fresh.assessment, now)
        tell(notices.ROUND_OPENED, fresh.pk, now)
    return fresh


def extend_round(
    *, weight_round: WeightRound, closes_at: dt.datetime, reason: str, by: Person, now: dt.datetime
) -> WeightRound:
    """Move the end of an open round once, before it comes, with a published reason. Records ``round.extended``.

    Refuses a round that follows another (409 ``days_of_talks``): its days are those of the talks, which are extended
    as a whole.
    """
    if not rules.may(by, Permission.EXTEND_ROUND, weight_round, now):
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    if not reason.strip():
        raise Refused(
            "reason_required",
            _("Say why the round needs more time."),
            fields={"reason": [_("Say why the round needs more time.")]},
        )
    with locking():
        fresh = _lock_round(weight_round)
        _check_extension(fresh, closes_at, now)
        before = fresh.closes_at
        fresh.closes_at = closes_at
        fresh.extension_reason = reason.strip()
        fresh.revision += 1
        fresh.save(update_fields=["closes_at", "extension_reason", "revision"])
        facts = {"from": before.isoformat(), "to": closes_at.isoformat()}
        _record(fresh, "round.extended", by=by, now=now, facts=facts)
        keep_until(scope_prefix=answers.scope_of(fresh), purge_after=closes_at + answers.KEEP_KEYS)
        tell(notices.ROUND_EXTENDED, fresh.pk, now)
    return fresh


def open_due_rounds(now: dt.datetime) -> int:
    """Open every announced round whose time has come. Safe to run by several at once."""
    due = WeightRound.objects.filter(state=RoundState.ANNOUNCED, opens_at__lte=now).order_by("opens_at", "pk")
    return sum(_if_still_due(open_round, row, now) for row in due)


def close_due_rounds(now: dt.datetime) -> int:
    """Close every open round whose legal time is past, with the legal time as its effective time."""
    due = WeightRound.objects.filter(state=RoundState.OPEN, closes_at__lte=now - GRACE).order_by("closes_at", "pk")
    return sum(_if_still_due(close_round, row, now) for row in due)


def close_round(*, weight_round: WeightRound, now: dt.datetime) -> WeightRound:
    """Close an open round whose time is past, whatever is still to be counted. Records ``round.closed``."""
    with locking():
        fresh = _lock_round(weight_round)
        if fresh.closes_at + GRACE > now:
            raise Refused("too_early", _("This round is still open."), status=409)
        return _close(fresh, at=fresh.closes_at, by=None, now=now, early=False)


def check_may_close_early(weight_round: WeightRound, now: dt.datetime) -> None:
    """Refuse unless the round is open and every group has its least number of answers or has all answered."""
    if not rules.accepts_answers(weight_round, now):
        raise Refused("round_closed", _("This round is not open."), status=409)
    missing = reads.groups_short_of_answers(weight_round)
    if missing:
        raise Refused(
            "groups_missing",
            _("Some groups have too few answers to close early."),
            status=409,
            details={"groups": [group.code for group in missing]},
        )


def lock(assessment_id: int) -> Assessment:
    """Lock the assessment, whose row guards everything about its rounds."""
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("policy", "incident__jurisdiction")
        .get(pk=assessment_id)
    )


def check_can_announce(assessment: Assessment) -> None:
    """Refuse before the ratings are fixed, on a merged case, and while another round is not published."""
    check_stands_alone(assessment.incident_id)
    if assessment.ratings_frozen_at is None:
        raise Refused("ratings_not_frozen", _("Freeze the ratings before you announce a round."), status=409)
    running = assessment.rounds.filter(state__in=(RoundState.ANNOUNCED, RoundState.OPEN, RoundState.CLOSED))
    if running.exists():
        raise _another_round()


def _another_round() -> Refused:
    return Refused("round_running", _("Another round on this assessment is not finished yet."), status=409)


def _check_is_first(assessment: Assessment) -> None:
    """Refuse to go round the protocol: after the first result, rounds follow from talks alone. A past case has none."""
    if rules.takes_first_round(assessment):
        return
    sentence = _("A round on this case is published. Any further round follows from talks between the groups.")
    raise Refused("already_published", sentence, status=409)


def draft(
    assessment: Assessment, opens_at: dt.datetime, closes_at: dt.datetime, carried_from: WeightRound | None = None
) -> WeightRound:
    """Prepare the next round; one that was proposed and never confirmed gives way, so public numbers have no gap."""
    times = {"opens_at": opens_at, "closes_at": closes_at, "first_closes_at": closes_at}
    number = assessment.rounds.exclude(state=RoundState.DRAFT).count() + 1
    prepared, _made = WeightRound.objects.update_or_create(
        assessment=assessment,
        state=RoundState.DRAFT,
        defaults={**times, "number": number, "carried_from": carried_from},
    )
    prepared.assessment = assessment
    return prepared


def record_announcement(weight_round: WeightRound, *, by: Person | None, now: dt.datetime) -> None:
    """Write down that a round was announced, by the chair or by the protocol of a case."""
    facts: dict[str, Any] = {
        "opens_at": weight_round.opens_at.isoformat(),
        "closes_at": weight_round.closes_at.isoformat(),
    }
    if weight_round.carried_from is not None:
        facts["after"] = weight_round.carried_from.number
    _record(weight_round, "round.announced", by=by, now=now, facts=facts)


def _announce(weight_round: WeightRound, by: Person, now: dt.datetime) -> WeightRound:
    check_stands_alone(weight_round.assessment.incident_id)
    _check_is_first(weight_round.assessment)
    change_state(weight_round, RoundState.ANNOUNCED, announced_at=now)
    record_announcement(weight_round, by=by, now=now)
    return weight_round


def _close(
    weight_round: WeightRound, *, at: dt.datetime, by: Person | None, now: dt.datetime, early: bool
) -> WeightRound:
    change_state(weight_round, RoundState.CLOSED, closed_at=at)
    Draft.objects.filter(roll_entry__round=weight_round).delete()
    sheet_ends.end_unconfirmed(weight_round)
    _record(weight_round, "round.closed", by=by, now=now, effective_at=at, facts={"early": early})
    enqueue(kind="recompute", subject_id=weight_round.assessment_id, now=now)
    return weight_round


def _if_still_due(act: Callable[..., WeightRound], weight_round: WeightRound, now: dt.datetime) -> int:
    """Run a due act; another process may have done it between the query and the lock."""

    def unless_done() -> int:
        try:
            act(weight_round=weight_round, now=now)
        except Refused:
            return 0
        return 1

    return alone(unless_done, sweep="rounds", subject_id=weight_round.pk)


def _lock_round(weight_round: WeightRound) -> WeightRound:
    """Lock the assessment, then read the round as it now is."""
    assessment = lock(weight_round.assessment_id)
    fresh = WeightRound.objects.get(pk=weight_round.pk)
    fresh.assessment = assessment
    return fresh


def _check_window(clock: policy.RoundClock, opens_at: dt.datetime, closes_at: dt.datetime, now: dt.datetime) -> None:
    if opens_at < now + dt.timedelta(days=clock.notice_days):
        message = _("The round must open at least %(days)s days after it is announced.") % {"days": clock.notice_days}
        raise Refused("notice_too_short", message, fields={"opens_at": [message]})
    if opens_at > now + FURTHEST:
        far = _("The round must open within a year.")
        raise Refused("out_of_range", far, fields={"opens_at": [far]})
    length = closes_at - opens_at
    if not dt.timedelta(days=clock.min_days) <= length <= dt.timedelta(days=clock.max_days):
        message = _("The round must be open for %(min)s to %(max)s days.") % {
            "min": clock.min_days,
            "max": clock.max_days,
        }
        raise Refused("window_length", message, status=422, fields={"closes_at": [message]})


def _check_extension(weight_round: WeightRound, closes_at: dt.datetime, now: dt.datetime) -> None:
    if not rules.accepts_answers(weight_round, now):
        raise Refused("round_closed", _("This round is not open."), status=409)
    if weight_round.carried_from_id is not None:
        theirs = _("The days of this round are those of the talks. Give the talks more time instead.")
        raise Refused("days_of_talks", theirs, status=409)
    if weight_round.closes_at != weight_round.first_closes_at:
        raise Refused("already_extended", _("A round can be extended only once."), status=409)
    if closes_at <= weight_round.closes_at:
        later = _("The new end must be later than the present one.")
        raise Refused("deadline_fixed", later, status=409, fields={"closes_at": [later]})
    longest = dt.timedelta(days=policy.read(weight_round.assessment.policy).clock.max_extension_days)
    if closes_at > weight_round.closes_at + longest:
        message = _("The new end may be at most %(days)s days later.") % {"days": longest.days}
        raise Refused("window_length", message, fields={"closes_at": [message]})


def _start_sums(weight_round: WeightRound) -> None:
    empty = GroupSums.empty(SCHEMES[weight_round.assessment.scheme].size)
    GroupSum.objects.bulk_create(
        GroupSum(round=weight_round, group=group, n=0, s=list(empty.s), q=list(empty.q))
        for group in groups_of(weight_round.assessment.incident.jurisdiction)
    )


def _count_input(assessment: Assessment, now: dt.datetime) -> None:
    """The roll is an input of the score, so opening takes a revision of its own."""
    assessment.input_rev += 1
    assessment.save(update_fields=["input_rev"])
    enqueue(kind="recompute", subject_id=assessment.pk, now=now)


def _record(
    weight_round: WeightRound,
    kind: str,
    *,
    by: Person | None,
    now: dt.datetime,
    effective_at: dt.datetime | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    record(
        kind=kind,
        subject="round",
        subject_id=weight_round.pk,
        jurisdiction_id=weight_round.assessment.incident.jurisdiction_id,
        actor_id=by.pk if by else None,
        acting_as=_ACTING_AS[kind] if by else "system",
        now=now,
        effective_at=effective_at,
        facts={"round": weight_round.number, **(facts or {})},
    )


_ACTING_AS = {
    "round.announced": "chair",
    "round.extended": "secretariat",
    "round.closed": "chair",
}
