"""What happens next in a case, and when."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, WeightRound
from deliberation.reads import stage_of
from deliberation.states import CaseStage

WORDS: dict[CaseStage, Promise] = {
    CaseStage.RECEIVED: _("The secretariat checks the case and asks evaluators to rate it."),
    CaseStage.RATING: _("Evaluators rate what the evidence says. Then people are asked what counts."),
    CaseStage.RATED: _("The secretariat and the chair set the days on which people can answer."),
    CaseStage.ANNOUNCED: _("The round opens. People on its list can then say what counts for them."),
    CaseStage.WEIGHING: _("The round closes. Then the score from all answers is published here."),
    CaseStage.COUNTING: _("The answers are being counted. The score is published as soon as all are in."),
    CaseStage.SCORED: _("The committee takes up the score. This site does not record its decisions yet."),
}

PAST_CASE: Promise = _("Nothing follows from this score. It tests what the lines would have said at the time.")


@dataclass(frozen=True)
class NextStep:
    """A sentence, and the instant it speaks of where there is one."""

    words: Promise
    at: dt.datetime | None


def next_step(assessment: Assessment | None, weight_round: WeightRound | None) -> NextStep:
    """Say what comes next."""
    stage = stage_of(assessment, weight_round)
    if assessment and assessment.retrospective and stage == CaseStage.SCORED:
        return NextStep(PAST_CASE, None)
    at = None
    if weight_round and stage == CaseStage.ANNOUNCED:
        at = weight_round.opens_at
    if weight_round and stage == CaseStage.WEIGHING:
        at = weight_round.closes_at
    return NextStep(WORDS[stage], at)
