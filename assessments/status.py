"""What became of an answer that was sent, as its author and the holder of its receipt may know."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.became import how_counted, published_groups
from assessments.models import RollEntry, Submission
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


def status_of(
    submission: Submission, standing: Submission | None, entry: RollEntry, how: str | None = None
) -> AnswerStatus:
    """Return what became of a submission on ``entry``, given the one that stands there now.

    ``how`` the position of the group was made is looked up, unless a list knows it for all of its rows.
    """
    if submission.kind == SubmissionKind.WITHDRAWAL or standing is None:
        return AnswerStatus.WITHDRAWN
    if submission.pk != standing.pk:
        return AnswerStatus.REPLACED
    if entry.round.state == RoundState.PUBLISHED:
        return _IN_THE_RESULT.get(how or _how_counted(entry), AnswerStatus.COUNTED)
    if entry.round.state != RoundState.OPEN:
        return AnswerStatus.CLOSED
    return AnswerStatus.CARRIED if submission.kind == SubmissionKind.CARRIED else AnswerStatus.SENT


_IN_THE_RESULT = {ABSENT: AnswerStatus.UNCOUNTED, BY_ADOPTION: AnswerStatus.ADOPTED, HELD: AnswerStatus.HELD}
"""How a group's position was made, where it says something else of the group's answers than that they were counted."""


def _how_counted(entry: RollEntry) -> str:
    return how_counted(entry, published_groups([entry.round]))
