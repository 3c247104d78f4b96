"""A delegate adopts a position for a group: a public act with reasons, sealed until the round closes."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from assessments import position_reads, rules
from assessments.actions import answers, rounds
from assessments.models import AdoptedPosition, WeightRound
from assessments.scoring.arithmetic import Points, check_points
from assessments.scoring.errors import ScoringError
from assessments.scoring.record import canonical_bytes
from assessments.scoring.schemes import SCHEMES
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.once import remember, stored_outcome
from lastvote.jobs.outbox import enqueue
from lastvote.transactions import locking
from stakeholders.models import Group, Person

LONGEST_REASON = 4000


@dataclass(frozen=True)
class Stance:
    """What a delegate adopts: whole points in the scheme's order, and why, in a language."""

    points: Points
    reason: str
    language: str


def adopt_position(
    *, weight_round: WeightRound, by: Person, stance: Stance, key: str, now: dt.datetime
) -> AdoptedPosition:
    """Adopt a position for the group whose delegate ``by`` is; a later one takes its place until the close.

    Refuses whoever is not delegate of such a group (403), a round that is not open (409 ``round_closed``), no reason or
    one that is too long, points that are no whole shares of 10,000, and a key that came with another body. Records
    ``position.sealed``; that and what was adopted becomes public with the result, as ``position.adopted``.
    """
    body = canonical_bytes([list(stance.points), stance.reason])
    with locking():
        assessment = rounds.lock(weight_round.assessment_id)
        fresh = WeightRound.objects.get(pk=weight_round.pk)
        fresh.assessment = assessment
        group = _group_or_refuse(fresh, by, now)
        scope = f"{answers.scope_of(fresh)}position-{group.pk}"
        done = stored_outcome(scope=scope, key=key, body=body)
        if done is not None:
            return AdoptedPosition.objects.get(pk=done)
        if not rules.accepts_answers(fresh, now):
            raise answers.round_closed(fresh)
        _check(stance, SCHEMES[assessment.scheme].size)
        adopted = _insert(fresh, group, stance, by, now)
        assessment.input_rev += 1
        assessment.save(update_fields=["input_rev"])
        _record_sealed(adopted, now)
        enqueue(kind="recompute", subject_id=assessment.pk, now=now)
        purge_after = fresh.closes_at + answers.KEEP_KEYS
        remember(scope=scope, key=key, body=body, outcome_id=adopted.pk, purge_after=purge_after)
    return adopted


def record_adoptions(*, weight_round: WeightRound, now: dt.datetime) -> None:
    """Tell of every position that was adopted in a round and stands at its close. Records ``position.adopted``."""
    for adopted in position_reads.positions_adopted_in(weight_round):
        record(
            kind="position.adopted",
            subject="round",
            subject_id=weight_round.pk,
            jurisdiction_id=adopted.group.jurisdiction_id,
            actor_id=adopted.adopted_by_id,
            acting_as="delegate",
            now=now,
            effective_at=weight_round.closed_at,
            facts={"round": weight_round.number, "group": adopted.group.code, "version": adopted.version},
        )


def _group_or_refuse(weight_round: WeightRound, by: Person, now: dt.datetime) -> Group:
    group = rules.group_spoken_for(by, weight_round, now)
    if group is None:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    return group


def _check(stance: Stance, size: int) -> None:
    if not stance.reason.strip():
        sentence = _("Say why your group takes this position.")
        raise Refused("reason_required", sentence, fields={"reason": [sentence]})
    if len(stance.reason) > LONGEST_REASON:
        long = _("Your reason must be %(limit)s characters or fewer") % {"limit": f"{LONGEST_REASON:,}"}
        raise Refused("too_long", long, fields={"reason": [long]})
    try:
        check_points(stance.points, size)
    except ScoringError as error:
        raise Refused(error.code, error.message, details=error.details) from error


def _insert(weight_round: WeightRound, group: Group, stance: Stance, by: Person, now: dt.datetime) -> AdoptedPosition:
    before = AdoptedPosition.objects.filter(round=weight_round, group=group).aggregate(newest=Max("version"))
    return AdoptedPosition.objects.create(
        round=weight_round,
        group=group,
        version=(before["newest"] or 0) + 1,
        points=list(stance.points),
        reason=stance.reason.strip(),
        language=stance.language,
        adopted_by=by,
        adopted_at=now,
    )


def _record_sealed(adopted: AdoptedPosition, now: dt.datetime) -> None:
    record(
        kind="position.sealed",
        subject="round",
        subject_id=adopted.round_id,
        jurisdiction_id=adopted.group.jurisdiction_id,
        actor_id=None,
        acting_as="delegate",
        now=now,
        secret={
            "group": adopted.group.code,
            "version": adopted.version,
            "points": adopted.points,
            "reason": adopted.reason,
        },
    )
