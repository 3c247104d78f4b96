"""Taking answers over from one round into the next: silence carries the earlier answer, and it is marked as carried."""

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence

from assessments import receipts
from assessments.actions.answers import SALT_BYTES, commitment
from assessments.models import CurrentAnswer, RollEntry, Submission, SubmissionDetail, WeightRound
from assessments.states import SubmissionKind
from lastvote.audit.record import record
from stakeholders.models import Membership


def places_on(
    weight_round: WeightRound, members: Iterable[Membership], earlier: Sequence[WeightRound]
) -> list[RollEntry]:
    """Return a place for every member, each with the newest place that the person had for the same group before.

    Not saved yet. A person who stands for another group now begins anew: the earlier answer was that of a member of
    the other group.
    """
    before = RollEntry.objects.filter(round__in=earlier, person__isnull=False).order_by("round__opened_at", "pk")
    newest = {(row.person_id, row.group_id): row for row in before}
    return [
        RollEntry(
            round=weight_round,
            group=row.group,
            person=row.person,
            earlier=newest.get((row.person_id, row.group_id)),
        )
        for row in members
    ]


def carry_answers(*, weight_round: WeightRound, now: dt.datetime) -> None:
    """Let every answer that stands on the round before stand on this one, each under a revision of its own.

    The caller holds the assessment's lock and saves its ``input_rev``. What was typed comes along, so that it can be
    shown and kept; reasons stay with the answer that they were given for. Records ``round.answers_carried``, which
    does not tell how many there were: groups with too few answers would show in the sum.
    """
    assessment = weight_round.assessment
    pairs = _places_and_answers(weight_round)
    salts = [secrets.token_bytes(SALT_BYTES) for _pair in pairs]
    rows = [
        _carried(place, before.submission, salt, assessment.input_rev + number, now)
        for number, ((place, before), salt) in enumerate(zip(pairs, salts, strict=True), start=1)
    ]
    Submission.objects.bulk_create(rows)
    SubmissionDetail.objects.bulk_create(
        _detail(row, before, salt) for row, (_place, before), salt in zip(rows, pairs, salts, strict=True)
    )
    CurrentAnswer.objects.bulk_create(CurrentAnswer(roll_entry=row.roll_entry, submission=row) for row in rows)
    assessment.input_rev += len(rows)
    record(
        kind="round.answers_carried",
        subject="round",
        subject_id=weight_round.pk,
        jurisdiction_id=assessment.incident.jurisdiction_id,
        actor_id=None,
        acting_as="system",
        now=now,
        facts={"round": weight_round.number},
        secret={"commitments": [row.commitment for row in rows]},
    )


def _places_and_answers(weight_round: WeightRound) -> list[tuple[RollEntry, SubmissionDetail]]:
    """Return each place whose person has an answer standing on the round before, with that answer."""
    followers = weight_round.roll.filter(earlier__round=weight_round.carried_from).order_by("pk")
    places = {row.earlier_id: row for row in followers}
    standing = CurrentAnswer.objects.filter(roll_entry__in=followers.order_by().values("earlier")).values("submission")
    details = SubmissionDetail.objects.filter(submission__in=standing).select_related("submission")
    by_place = {row.submission.roll_entry_id: row for row in details.order_by("submission")}
    return [(place, by_place[earlier]) for earlier, place in places.items() if earlier in by_place]


def _carried(place: RollEntry, standing: Submission, salt: bytes, revision: int, now: dt.datetime) -> Submission:
    submission = Submission(
        roll_entry=place,
        assessment_id=standing.assessment_id,
        version=1,
        kind=SubmissionKind.CARRIED,
        points=standing.points,
        rev=revision,
        accepted_at=now,
    )
    submission.commitment = commitment(salt, submission)
    return submission


def _detail(submission: Submission, before: SubmissionDetail, salt: bytes) -> SubmissionDetail:
    return SubmissionDetail(
        submission=submission,
        receipt=receipts.new_code(),
        salt=salt,
        method=before.method,
        channel=before.channel,
        raw=before.raw,
        order_shown=before.order_shown,
        language=before.language,
        wording_version=before.wording_version,
    )
