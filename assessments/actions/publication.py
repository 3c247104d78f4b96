"""Publishing what a closed round found: refused while anything accepted is not counted, then resumed by itself."""

import datetime as dt
from functools import partial

from django.utils.translation import gettext_lazy as _

from assessments import notices
from assessments.actions import positions, scores
from assessments.actions.changes import change_state
from assessments.models import Assessment, RoundRecord, ScoreRun, WeightRound
from assessments.publication_record import record_body, round_reference, score_string
from assessments.scoring.record import canonical_bytes, digest
from assessments.scoring.version import FORMULA_VERSION
from assessments.states import RoundState
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.outbox import dead_items, enqueue
from lastvote.jobs.sweeper import alone
from lastvote.transactions import locking
from stakeholders.notices.telling import tell

CASE = "case.advance"
"""Work that a published close owes: the app above judges the case by it."""


def count_and_publish(assessment_id: int, now: dt.datetime) -> None:
    """Do the work that every accepted input owes: bring the score up to date and publish a round that waits for it."""
    scores.recompute(assessment_id=assessment_id, now=now)
    closed = WeightRound.objects.filter(assessment=assessment_id, state=RoundState.CLOSED).first()
    if closed is not None:
        publish_round(weight_round=closed, now=now)


def publish_closed_rounds(now: dt.datetime) -> int:
    """Publish every closed round that waits only for this; called by each sweep."""
    closed = WeightRound.objects.filter(state=RoundState.CLOSED).order_by("closed_at", "pk")
    return sum(alone(partial(_publish_if_counted, row, now), sweep="publication", subject_id=row.pk) for row in closed)


def _publish_if_counted(weight_round: WeightRound, now: dt.datetime) -> int:
    """Publish a closed round, unless accepted input is still to be counted; then the next sweep asks again."""
    try:
        publish_round(weight_round=weight_round, now=now)
    except Refused:
        return 0
    return 1


def publish_round(*, weight_round: WeightRound, now: dt.datetime) -> RoundRecord:
    """Publish the score of a closed round with its record, and delete the working runs that led to it.

    Refuses 409 ``pending_inputs`` while accepted input is not in the score. Records ``round.published``.
    """
    with locking():
        assessment = (
            Assessment.objects.select_for_update(of=("self",))
            .select_related("policy__jurisdiction", "incident__jurisdiction")
            .get(pk=weight_round.assessment_id)
        )
        fresh = WeightRound.objects.get(pk=weight_round.pk)
        fresh.assessment = assessment
        run = _run_or_refuse(assessment)
        change_state(fresh, RoundState.PUBLISHED, published_at=now)
        published = _insert_record(fresh, run, now)
        ScoreRun.objects.filter(round=fresh, published=False).exclude(pk=run.pk).delete()
        ScoreRun.objects.filter(pk=run.pk).update(published=True)
        record(
            kind="round.published",
            subject="round",
            subject_id=fresh.pk,
            jurisdiction_id=assessment.incident.jurisdiction_id,
            actor_id=None,
            acting_as="system",
            now=now,
            facts={"round": fresh.number, "record": published.reference, "rev": run.rev},
            formula_version=run.engine,
        )
        positions.record_adoptions(weight_round=fresh, now=now)
        enqueue(kind=CASE, subject_id=assessment.pk, now=now)
        tell(notices.ROUND_PUBLISHED, fresh.pk, now)
    return published


def _run_or_refuse(assessment: Assessment) -> ScoreRun:
    """Return the run of the newest revision under the formulas in use; an upgrade may have come after the close."""
    run = ScoreRun.objects.filter(assessment=assessment, rev=assessment.input_rev, engine=FORMULA_VERSION).first()
    waiting = assessment.input_rev - assessment.scored_rev
    given_up = dead_items().filter(kind="recompute", subject_id=assessment.pk).count()
    if run is None or waiting or given_up:
        raise Refused(
            "pending_inputs",
            _("Not everything that was accepted is counted yet. This goes on by itself as soon as it is."),
            status=409,
            details={"waiting": waiting, "given_up": given_up},
        )
    return run


def _insert_record(weight_round: WeightRound, run: ScoreRun, now: dt.datetime) -> RoundRecord:
    body = canonical_bytes(record_body(weight_round, run))
    name = round_reference(weight_round, body)
    return RoundRecord.objects.create(
        round=weight_round,
        reference=name,
        body=body.decode(),
        sha256=digest(body),
        score_string=score_string(weight_round.assessment, run, name),
        published_at=now,
    )
