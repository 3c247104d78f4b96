"""What became of an answer that was sent, as its author and the holder of its receipt may know."""

import json

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.models import RollEntry, Submission, WeightRound
from assessments.scoring.pooling import ABSENT, BY_ADOPTION, HELD
from assessments.states import RoundState, SubmissionKind


class AnswerStatus(TextChoices):
    """The word on an answer's card and receipt."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    CARRIED = "carried", _("Carried over")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")
    COUNTED = "counted", _("Counted")
    UNCOUNTED = "uncounted", _("Not counted")
    ADOPTED = "adopted", _("Position adopted")
    HELD = "held", _("Earlier position stands")


def status_of(submission: Submission, standing: Submission | None, entry: RollEntry) -> AnswerStatus:
    """Return what became of a submission on ``entry``, given the one that stands there now."""
    if submission.kind == SubmissionKind.WITHDRAWAL or standing is None:
        return AnswerStatus.WITHDRAWN
    if submission.pk != standing.pk:
        return AnswerStatus.REPLACED
    if entry.round.state == RoundState.PUBLISHED:
        return _IN_THE_RESULT.get(_how_counted(entry.round, entry.group.code), AnswerStatus.COUNTED)
    if entry.round.state != RoundState.OPEN:
        return AnswerStatus.CLOSED
    return AnswerStatus.CARRIED if submission.kind == SubmissionKind.CARRIED else AnswerStatus.SENT


_IN_THE_RESULT = {ABSENT: AnswerStatus.UNCOUNTED, BY_ADOPTION: AnswerStatus.ADOPTED, HELD: AnswerStatus.HELD}
"""How a group's position was made, where it says something else of the group's answers than that they were counted."""


def _how_counted(weight_round: WeightRound, group: str) -> str:
    """A group with too few answers is absent from the result, and its answers with it."""
    run = weight_round.runs.filter(published=True).order_by("-rev").first()
    rows = json.loads(run.binding)["groups"] if run else []
    return next((row["how"] for row in rows if row["code"] == group), ABSENT)
