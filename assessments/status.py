"""What became of an answer that was sent, as its author and the holder of its receipt may know."""

import json

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.models import RollEntry, Submission, WeightRound
from assessments.states import RoundState, SubmissionKind


class AnswerStatus(TextChoices):
    """The word on an answer's card and receipt."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")
    COUNTED = "counted", _("Counted")
    UNCOUNTED = "uncounted", _("Not counted")


def status_of(submission: Submission, standing: Submission | None, entry: RollEntry) -> AnswerStatus:
    """Return what became of a submission on ``entry``, given the one that stands there now."""
    if submission.kind == SubmissionKind.WITHDRAWAL or standing is None:
        return AnswerStatus.WITHDRAWN
    if submission.pk != standing.pk:
        return AnswerStatus.REPLACED
    if entry.round.state == RoundState.PUBLISHED:
        return AnswerStatus.COUNTED if _was_counted(entry.round, entry.group.code) else AnswerStatus.UNCOUNTED
    return AnswerStatus.SENT if entry.round.state == RoundState.OPEN else AnswerStatus.CLOSED


def _was_counted(weight_round: WeightRound, group: str) -> bool:
    """A group with too few answers is absent from the result, and its answers with it."""
    run = weight_round.runs.filter(published=True).order_by("-rev").first()
    if run is None:
        return False
    return any(row["code"] == group and row["present"] for row in json.loads(run.binding)["groups"])
