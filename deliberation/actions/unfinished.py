"""What stays where it is: a case that is not judged yet, and one that ended in the protective default."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.states import RoundState
from deliberation.facts import facts_of
from deliberation.models import Case, ProtectiveFinding
from deliberation.protocol import next_step
from deliberation.states import CaseState
from lastvote.errors import Refused


def check_judged(assessment: Assessment, now: dt.datetime) -> None:
    """Refuse while groups talk, and from the publication of answers until they are judged."""
    if _goes_on(assessment, now):
        sentence = _("Groups still talk about this case, or their answers are being compared. Wait for the outcome.")
        raise Refused("proceeding_running", sentence, status=409)


def check_unprotected(assessment: Assessment) -> None:
    """Refuse to merge a case away in which the most protective view holds: in another case nobody would see it."""
    if ProtectiveFinding.objects.filter(case__assessment=assessment).exists():
        sentence = _("A case in which the most protective view holds cannot be merged into another one.")
        raise Refused("case_protected", sentence, status=409)


def _goes_on(assessment: Assessment, now: dt.datetime) -> bool:
    """A past case has no proceeding. One that waits for its committee goes on once enough people ask for talks."""
    if assessment.retrospective:
        return False
    case = Case.objects.filter(assessment=assessment).first()
    if case is None:
        return assessment.rounds.filter(state=RoundState.PUBLISHED).exists()
    case.assessment = assessment
    return case.state != CaseState.AWAITING_DECISION or next_step(facts_of(case), now) is not None
