"""Accepting, changing and taking back an answer. One transaction each; nothing in it waits for broker, mail or file.

The order is: lock the assessment, check, insert the immutable submission, raise ``input_rev``, write event, outbox
and idempotency key. Whatever arrives after the close waits for the same lock and is then refused.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from assessments import reads, receipts, rules
from assessments.actions.why_changed import NO_CHANGE, Change, required_change
from assessments.models import CurrentAnswer, Draft, RollEntry, Submission, SubmissionDetail, WeightRound
from assessments.scoring.arithmetic import check_points
from assessments.scoring.errors import ScoringError
from assessments.scoring.record import canonical_bytes
from assessments.scoring.schemes import SCHEMES
from assessments.states import AnswerMethod, Channel, SubmissionKind
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.once import remember, stored_outcome
from lastvote.jobs.outbox import enqueue_together
from lastvote.transactions import locking
from stakeholders.models import Person

KEEP_KEYS = dt.timedelta(days=7)
SALT_BYTES = 32
_NEXT_REVISION = "UPDATE assessments_assessment SET input_rev = input_rev + 1 WHERE id = %s RETURNING input_rev"


@dataclass(frozen=True)
class Answer:
    """What a person sends: whole points in the scheme's order, and how they came about."""

    points: tuple[int, ...]
    method: AnswerMethod
    raw: dict[str, Any] = field(default_factory=dict)
    order_shown: list[str] = field(default_factory=list)
    first_points: tuple[int, ...] | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    change: Change | None = None
    language: str = "en"
    wording_version: str = ""
    channel: Channel = Channel.SELF


@dataclass(frozen=True)
class Accepted:
    """The outcome of a submission; the same again if it was sent twice."""

    submission: Submission
    receipt: str
    replaced: bool


@dataclass(frozen=True)
class Sent:
    """One request: the key its page was made with, what it says, and when it arrived."""

    key: str
    body: bytes
    now: dt.datetime


@dataclass(frozen=True)
class Locked:
    """A place on the roll as it is under the assessment's lock, and the revision this act commits under."""

    entry: RollEntry
    versions: int
    current: CurrentAnswer | None
    revision: int
    salt: bytes
    sent: Sent


class _DoneBeforeError(Exception):
    """The same request was accepted before. Undoes the transaction that found out."""

    def __init__(self, submission_id: int) -> None:
        super().__init__(submission_id)
        self.submission_id = submission_id


def submit_answer(*, weight_round: WeightRound, by: Person, answer: Answer, key: str, now: dt.datetime) -> Accepted:
    """Accept an answer or a change of one. ``now`` is the instant at which the request arrived.

    Refuses people who are not on the roll (404), a round that is not open (409 ``round_closed``), points that are
    no whole shares of 10,000, a change of the answer of the round before without saying why, and a key that came with
    another body. Records ``answer.accepted``.
    """
    check_answer(weight_round, answer)
    change = answer.change or NO_CHANGE
    said = [answer.reasons, change.reason, change.read, answer.language]
    body = canonical_bytes([list(answer.points), answer.method, answer.raw, *said])
    return _once(weight_round, by, Sent(key, body, now), lambda locked: _insert_answer(locked, answer))


def withdraw_answer(*, weight_round: WeightRound, by: Person, key: str, now: dt.datetime) -> Accepted:
    """Take the standing answer back; until the close the person may answer again.

    Refuses as ``submit_answer`` does, and 409 ``nothing_to_withdraw`` without a standing answer.
    Records ``answer.withdrawn``.
    """
    return _once(weight_round, by, Sent(key, b"withdraw", now), _insert_withdrawal)


def keep_answer(*, weight_round: WeightRound, by: Person, key: str, now: dt.datetime) -> Accepted:
    """Say again what was carried over from the round before: an answer of its own, so that it is not taken for silence.

    Refuses as ``submit_answer`` does, and 409 ``nothing_to_keep`` where nothing was carried over.
    Records ``answer.accepted``.
    """
    return _once(weight_round, by, Sent(key, b"keep", now), _insert_kept)


def save_draft(*, weight_round: WeightRound, by: Person, data: dict[str, Any], now: dt.datetime) -> Draft:
    """Keep a form half filled in. Refuses after the close, so that a page can keep the words itself and say so."""
    entry = _entry_or_404(weight_round, by)
    if not rules.accepts_answers(weight_round, now):
        raise round_closed(weight_round)
    draft, _made = Draft.objects.update_or_create(roll_entry=entry, defaults={"data": data, "updated_at": now})
    return draft


def discard_draft(*, weight_round: WeightRound, by: Person) -> None:
    """Throw the person's draft away."""
    Draft.objects.filter(roll_entry=_entry_or_404(weight_round, by)).delete()


def round_closed(weight_round: WeightRound) -> Refused:
    """Return the refusal of anything that comes when the round does not accept answers."""
    return Refused(
        "round_closed",
        _("This round does not take answers now."),
        status=409,
        details={"closes_at": weight_round.closes_at.isoformat(), "state": weight_round.state},
    )


def check_answer(weight_round: WeightRound, answer: Answer) -> None:
    """Refuse points that are no whole shares of 10,000."""
    size = SCHEMES[weight_round.assessment.scheme].size
    try:
        for points in filter(None, (answer.points, answer.first_points)):
            check_points(points, size)
    except ScoringError as error:
        raise Refused(error.code, error.message, details=error.details) from error


def _entry_or_404(weight_round: WeightRound, by: Person) -> RollEntry:
    entry = reads.roll_entry_of(weight_round, by)
    if entry is None:
        raise _not_on_roll()
    return entry


def _not_on_roll() -> Refused:
    return Refused("not_on_roll", _("You are not on the roll of this round."), status=404)


def _once(weight_round: WeightRound, by: Person, sent: Sent, act: Callable[[Locked], Accepted]) -> Accepted:
    try:
        with locking():
            return act(_lock(weight_round, by, sent))
    except _DoneBeforeError as done:
        return _accepted(Submission.objects.select_related("detail").get(pk=done.submission_id))


def _accepted(submission: Submission) -> Accepted:
    return Accepted(submission, submission.detail.receipt, replaced=submission.version > 1)


def _insert_answer(locked: Locked, answer: Answer) -> Accepted:
    change = required_change(locked.entry, answer.points, answer.change)
    submission = _insert(locked, SubmissionKind.ANSWER, list(answer.points))
    detail = SubmissionDetail(
        submission=submission,
        receipt=receipts.new_code(),
        salt=locked.salt,
        method=answer.method,
        channel=answer.channel,
        raw=answer.raw,
        order_shown=answer.order_shown,
        first_points=list(answer.first_points or answer.points),
        reasons=answer.reasons,
        change_reason=change.reason,
        reason_read=change.read,
        language=answer.language,
        wording_version=answer.wording_version,
    )
    detail.save(force_insert=True)
    _set_current(locked, submission)
    _owe(locked, submission)
    Draft.objects.filter(roll_entry=locked.entry).delete()
    return Accepted(submission, detail.receipt, replaced=submission.version > 1)


def _insert_kept(locked: Locked) -> Accepted:
    carried = locked.entry.submissions.filter(kind=SubmissionKind.CARRIED).select_related("detail").first()
    if carried is None:
        raise Refused("nothing_to_keep", _("There is no earlier answer to keep."), status=409)
    detail = carried.detail
    kept = Answer(
        points=tuple(carried.points or ()),
        method=AnswerMethod(detail.method),
        raw=detail.raw,
        order_shown=detail.order_shown,
        language=detail.language,
        wording_version=detail.wording_version,
    )
    return _insert_answer(locked, kept)


def _insert_withdrawal(locked: Locked) -> Accepted:
    if locked.current is None or locked.current.submission_id is None:
        raise Refused("nothing_to_withdraw", _("There is no answer to take back."), status=409)
    submission = _insert(locked, SubmissionKind.WITHDRAWAL, None)
    detail = SubmissionDetail(submission=submission, receipt=receipts.new_code(), salt=locked.salt)
    detail.save(force_insert=True)
    _set_current(locked, None)
    _owe(locked, submission)
    return Accepted(submission, detail.receipt, replaced=True)


def _lock(weight_round: WeightRound, by: Person, sent: Sent) -> Locked:
    """Lock the assessment by taking its next revision, then read roll, round and standing answer as they now are.

    Whether the request came before is asked under the lock too: of many alike, all but the first only ask.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_REVISION, [weight_round.assessment_id])
        (revision,) = cursor.fetchone()
    entry = _place(weight_round, by)
    stored = stored_outcome(scope=_scope(entry), key=sent.key, body=sent.body)
    if stored is not None:
        raise _DoneBeforeError(stored)
    if not rules.accepts_answers(entry.round, sent.now):
        raise round_closed(entry.round)
    salt = secrets.token_bytes(SALT_BYTES)
    return Locked(entry, entry.newest or 0, getattr(entry, "current", None), revision, salt, sent)


def _place(weight_round: WeightRound, by: Person) -> Any:
    newest = Submission.objects.filter(roll_entry=OuterRef("pk")).order_by("-version").values("version")[:1]
    entry = (
        RollEntry.objects.filter(round=weight_round, person=by)
        .select_related("round", "group", "current")
        .annotate(newest=Subquery(newest))
        .first()
    )
    if entry is None:
        raise _not_on_roll()
    return entry


def scope_of(weight_round: WeightRound) -> str:
    """Return how the scope of every idempotency key of a round begins."""
    return f"answer:{weight_round.pk}:"


def _scope(entry: RollEntry) -> str:
    return f"{scope_of(entry.round)}{entry.pk}"


def _insert(locked: Locked, kind: SubmissionKind, points: list[int] | None) -> Submission:
    submission = Submission(
        roll_entry=locked.entry,
        assessment_id=locked.entry.round.assessment_id,
        version=locked.versions + 1,
        kind=kind,
        points=points,
        rev=locked.revision,
        accepted_at=locked.sent.now,
    )
    submission.commitment = commitment(locked.salt, submission)
    submission.save(force_insert=True)
    return submission


def commitment(salt: bytes, submission: Submission) -> str:
    """Return the salted hash that stands for the answer in public."""
    content = canonical_bytes([submission.roll_entry_id, submission.version, submission.kind, submission.points])
    return hashlib.sha256(salt + content).hexdigest()


def _set_current(locked: Locked, submission: Submission | None) -> None:
    if locked.current is None:
        CurrentAnswer(roll_entry=locked.entry, submission=submission).save(force_insert=True)
    else:
        locked.current.submission = submission
        locked.current.save(update_fields=["submission"])


def _owe(locked: Locked, submission: Submission) -> None:
    sent = locked.sent
    verb = "accepted" if submission.kind == SubmissionKind.ANSWER else "withdrawn"
    weight_round = locked.entry.round
    record(
        kind=f"answer.{verb}",
        subject="round",
        subject_id=weight_round.pk,
        jurisdiction_id=locked.entry.group.jurisdiction_id,
        actor_id=None,
        now=sent.now,
        secret={"commitment": submission.commitment},
    )
    work = [("recompute", submission.assessment_id), (f"mail.answer_{verb}", submission.pk)]
    enqueue_together(work=work, now=sent.now)
    remember(
        scope=_scope(locked.entry),
        key=sent.key,
        body=sent.body,
        outcome_id=submission.pk,
        purge_after=weight_round.closes_at + KEEP_KEYS,
    )
