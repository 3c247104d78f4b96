"""What erasing a person takes with it here: their answers' words and the link to them, never points that counted."""

import datetime as dt
import secrets

from assessments import rules
from assessments.actions.answers import withdraw_answer
from assessments.models import Draft, PaperSheet, RollEntry, SubmissionDetail
from lastvote.errors import Refused
from stakeholders.models import Person


def erase_answers(*, person: Person, by: Person | None, now: dt.datetime) -> None:  # noqa: ARG001 -- the registry's signature
    """Withdraw answers of rounds still open, delete details, drafts and sheets, and empty the places on rolls."""
    entries = RollEntry.objects.filter(person=person).select_related("round__assessment")
    for entry in entries:
        if rules.accepts_answers(entry.round, now):
            _withdraw(entry, person, now)
    SubmissionDetail.objects.filter(submission__roll_entry__person=person).delete()
    Draft.objects.filter(roll_entry__person=person).delete()
    PaperSheet.objects.filter(roll_entry__person=person).delete()
    entries.update(person=None)


def _withdraw(entry: RollEntry, person: Person, now: dt.datetime) -> None:
    try:
        withdraw_answer(weight_round=entry.round, by=person, key=secrets.token_urlsafe(), now=now)
    except Refused as refusal:
        if refusal.code != "nothing_to_withdraw":
            raise
