"""What the sweeper repairs and clears away for this app."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q

from assessments.models import Assessment, Draft, ScoreRun
from assessments.scoring.version import FORMULA_VERSION
from assessments.states import RoundState
from lastvote.jobs.models import OutboxItem
from lastvote.jobs.outbox import enqueue


def owe_missing_scores(now: dt.datetime) -> int:
    """Write down the work for every score that lags behind without anybody owing it; normally there is none.

    A closed round whose score was computed with older formulas lags behind too.
    """
    run = ScoreRun.objects.filter(assessment=OuterRef("pk"), rev=OuterRef("input_rev"), engine=FORMULA_VERSION)
    unpublished = Q(rounds__state=RoundState.CLOSED) & ~Q(Exists(run))
    behind = Assessment.objects.filter(Q(scored_rev__lt=F("input_rev")) | unpublished)
    lagging = behind.order_by("pk").values_list("pk", flat=True).distinct()
    owed = set(OutboxItem.objects.filter(kind="recompute").values_list("subject_id", flat=True))
    missing = [pk for pk in lagging if pk not in owed]
    for pk in missing:
        enqueue(kind="recompute", subject_id=pk, now=now)
    return len(missing)


def drop_stale_drafts(now: dt.datetime) -> int:  # noqa: ARG001 -- the sweeper's signature
    """Delete drafts of rounds that are over."""
    over = (RoundState.CLOSED, RoundState.PUBLISHED, RoundState.VOID)
    deleted, _by_model = Draft.objects.filter(roll_entry__round__state__in=over).delete()
    return deleted
