"""A case that is not judged yet stays where it is: rated again or merged, nobody would ever judge it."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.states import RoundState
from deliberation.facts import facts_of
from deliberation.models import Case
from deliberation.protocol import next_step
from deliberation.states import CaseState
from lastvote.errors import Refused


def check_judged(assessment: Assessment, now: dt.datetime) -> None:
    """Refuse while groups talk, and from the publication of answers until they are judged."""
    if _goes_on(assessment, now):
        sentence = _("Groups still talk about this case, or their answers are being compared. Wait for the outcome.")
        raise Refused("proceeding_running", sentence, status=409)


def _goes_on(assessment: Assessment, now: dt.datetime) -> bool:
    """A past case has no proceeding. One that waits for its committee goes on once enough people ask for talks."""
    if assessment.retrospective:
        return False
    case = Case.objects.filter(assessment=assessment).first()
    if case is None:
        return assessment.rounds.filter(state=RoundState.PUBLISHED).exists()
    case.assessment = assessment
    return case.state != CaseState.AWAITING_DECISION or next_step(facts_of(case), now) is not None
