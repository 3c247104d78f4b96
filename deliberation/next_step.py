"""What happens next in a case, and when."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, WeightRound
from deliberation.facts import running_round
from deliberation.models import Case
from deliberation.reads import stage_of
from deliberation.states import CaseOutcome, CaseStage, ClockKind

WORDS: dict[CaseStage, Promise] = {
    CaseStage.RECEIVED: _("The secretariat checks the case and asks evaluators to rate it."),
    CaseStage.RATING: _("Evaluators rate what the evidence says. Then people are asked what counts."),
    CaseStage.RATED: _("The secretariat and the chair set the days on which people can answer."),
    CaseStage.ANNOUNCED: _("The round opens. People on its list can then say what counts for them."),
    CaseStage.TALKS: _("Groups give their reasons until then, and meet. People then keep or change their answers."),
    CaseStage.WEIGHING: _("The round closes. Then the score from all answers is published here."),
    CaseStage.COUNTING: _("The answers are being counted. The score is published as soon as all are in."),
    CaseStage.SCORED: _("The committee takes up the score. This site does not record its decisions yet."),
}

TALKS_GO_ON: Promise = _("People have answered again. The groups can still meet. Then they are compared once more.")
COMPARED: Promise = _("The published answers are being compared. What follows stands here in a few minutes.")
ANSWERS_AGAIN: Promise = _("People keep or change their answers. Then the groups are compared once more.")
OUTCOMES: dict[str, Promise] = {
    CaseOutcome.PROCEED: _("The groups do not differ much, so the committee takes up the score."),
    CaseOutcome.PROCEED_NEAR_LINE: _("The groups differ little, but near a line. The committee takes up the score."),
    CaseOutcome.PROCEED_MARGINAL: _("The groups still differ, but it does not matter. The committee takes it up."),
    CaseOutcome.CONVERGED: _("The groups came nearer to each other, so the committee takes up the score."),
    CaseOutcome.PROTECTIVE_DEFAULT: _("The committee must start from the most protective view, shown below."),
}
"""How the conflict protocol ended. The site does not record what the committee decides yet."""
PAST_CASE: Promise = _("Nothing follows from this score. It tests what the lines would have said at the time.")


@dataclass(frozen=True)
class NextStep:
    """A sentence, and the instant it speaks of where there is one."""

    words: Promise
    at: dt.datetime | None


def next_step(
    assessment: Assessment | None, weight_round: WeightRound | None, proceeding: Case | None = None
) -> NextStep:
    """Say what comes next. A published score says little where there is a proceeding: its state does."""
    stage = stage_of(assessment, weight_round)
    if assessment and assessment.retrospective and stage == CaseStage.SCORED:
        return NextStep(PAST_CASE, None)
    if proceeding and proceeding.outcome:
        return NextStep(OUTCOMES[proceeding.outcome], None)
    if proceeding and stage == CaseStage.SCORED:
        return _not_judged(proceeding)
    at = None
    if weight_round and stage in (CaseStage.ANNOUNCED, CaseStage.TALKS):
        at = weight_round.opens_at
    if weight_round and stage == CaseStage.WEIGHING:
        at = weight_round.closes_at
        return NextStep(ANSWERS_AGAIN if hasattr(weight_round, "deliberation") else WORDS[stage], at)
    return NextStep(WORDS[stage], at)


def _not_judged(proceeding: Case) -> NextStep:
    """Say what a published case waits for: the end of its sessions, if the answers closed early, or the judgement."""
    one = running_round(proceeding)
    if one is None:
        return NextStep(COMPARED, None)
    return NextStep(TALKS_GO_ON, one.clocks.get(kind=ClockKind.SESSION).due_at)
