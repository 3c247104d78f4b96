"""What the holder of a receipt may know: whether the answer still counts, and never what it says."""

from assessments import receipts
from assessments.models import CurrentAnswer, SubmissionDetail
from assessments.status import AnswerStatus, status_of
from stakeholders.models import Jurisdiction

NO_CODE = "-" * 11
"""Looked up in place of what cannot be a receipt, so that both take the same time."""


def sent_under(jurisdiction: Jurisdiction, typed: str) -> SubmissionDetail | None:
    """Return what was sent under the receipt that somebody typed; nothing for unknown and malformed ones alike."""
    return (
        SubmissionDetail.objects.filter(
            receipt=receipts.read(typed) or NO_CODE, submission__assessment__incident__jurisdiction=jurisdiction
        )
        .select_related("submission__roll_entry__round__assessment__incident", "submission__roll_entry__group")
        .first()
    )


def status_under(detail: SubmissionDetail) -> AnswerStatus:
    """Return what became of it."""
    entry = detail.submission.roll_entry
    current = CurrentAnswer.objects.select_related("submission").filter(roll_entry=entry).first()
    return status_of(detail.submission, current.submission if current else None, entry)
