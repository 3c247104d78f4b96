"""Enums and allowed transitions of the deliberation app. A leaf: no models here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseStage(TextChoices):
    """How far a case has come, told from its newest assessment and that assessment's newest round."""

    RECEIVED = "received", _("Received")
    RATING = "rating", _("Being rated")
    RATED = "rated", _("Rated")
    ANNOUNCED = "announced", _("Round announced")
    TALKS = "talks", _("Groups say why they differ")
    WEIGHING = "weighing", _("Open for answers")
    COUNTING = "counting", _("Being counted")
    SCORED = "scored", _("Score published")


class CaseOrder(TextChoices):
    """Orders of the case list."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    CLOSING = "closing", _("Closing soonest")


class CaseState(TextChoices):
    """Where the proceeding on a case is."""

    WEIGHING = "weighing", _("People say what counts")
    DELIBERATING = "deliberating", _("Groups talk about where they differ")
    AWAITING_DECISION = "awaiting", _("The committee has to decide")


CASE_TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.WEIGHING: frozenset({CaseState.DELIBERATING, CaseState.AWAITING_DECISION}),
    CaseState.DELIBERATING: frozenset({CaseState.WEIGHING}),
    CaseState.AWAITING_DECISION: frozenset({CaseState.DELIBERATING}),
}
"""After a round the case is weighed again: the newest close is judged as the first one was."""


class CaseOutcome(TextChoices):
    """How the conflict protocol ended."""

    PROCEED = "proceed", _("The groups do not differ much")
    PROCEED_NEAR_LINE = "near_line", _("The groups do not differ much, but near a line")
    PROCEED_MARGINAL = "marginal", _("The groups still differ, and it does not matter")
    CONVERGED = "converged", _("The groups came nearer to each other")
    PROTECTIVE_DEFAULT = (
        "protective",
        _("The most protective view holds"),
    )


class DeliberationState(TextChoices):
    """Where a deliberation round is."""

    STATEMENTS = "statements", _("Groups say why they differ")
    SESSION = "session", _("Groups meet")
    ANSWERS = "answers", _("People keep or change their answers")
    ENDED = "ended", _("Ended")


DELIBERATION_TRANSITIONS: dict[DeliberationState, frozenset[DeliberationState]] = {
    DeliberationState.STATEMENTS: frozenset({DeliberationState.SESSION}),
    DeliberationState.SESSION: frozenset({DeliberationState.ANSWERS}),
    DeliberationState.ANSWERS: frozenset({DeliberationState.ENDED}),
    DeliberationState.ENDED: frozenset(),
}


class Convened(TextChoices):
    """Why a deliberation round was convened."""

    CONFLICT = "conflict", _("The groups' answers differ too much")
    REQUEST = "request", _("A group asked for it")
    ABSENCE = "absence", _("People directly affected are no longer counted")


class NotRequested(TextChoices):
    """Why no group can ask for a round of talks now."""

    MERGED = "merged", _("This case was merged into another one. Ask for talks there.")
    RATED_AGAIN = "rated_again", _("This case was rated again. Ask for talks once its new score is published.")
    UNPUBLISHED = "unpublished", _("No answers on this case are published yet. There is nothing to talk about.")
    RUNNING = "running", _("A round of talks is running already.")
    JUDGING = "judging", _("The published answers are being compared. Come back in a few minutes.")
    PATH = "path", _("A group can ask for a round only in a case that was once on the High level. This one was not.")
    OVER = "over", _("The longest time that talks in this case may take is over.")
    USED_UP = "used_up", _("This case has had all the rounds of talks that it may have.")


class StepKind(TextChoices):
    """What the protocol calls for next."""

    CONVENE = "convene", _("Convene a round")
    BEGIN_SESSION = "begin_session", _("End the statements")
    BEGIN_ANSWERS = "begin_answers", _("End the sessions")
    END_ROUND = "end_round", _("End the round")
    SETTLE = "settle", _("End the protocol")


class ClockKind(TextChoices):
    """What a clock runs for."""

    STATEMENTS = "statements", _("Statements of the groups")
    SESSION = "session", _("Sessions")
    ANSWERS = "answers", _("Keeping or changing answers")
    LONGEST = "longest", _("All of the deliberation")


PUBLIC_CLOCKS = frozenset({ClockKind.STATEMENTS, ClockKind.SESSION, ClockKind.ANSWERS})
"""Clocks of the people who take part: days without the site are given back to them."""


class PauseReason(TextChoices):
    """The reasons for which a clock may be paused; there are no others."""

    COURT = "court", _("A court or authority ordered it")
    EMERGENCY = "emergency", _("An emergency keeps people from taking part")
    ACCESS = "access", _("Interpreting or access was not there")
    EVIDENCE = "evidence", _("Evidence that a group asked for is on its way")


class DifferenceKind(TextChoices):
    """In what way somebody differs."""

    KNOWLEDGE = "knowledge", _("We know something others may not")
    READING = "reading", _("We read the same evidence differently")
    VALUES = "values", _("We care about different things")
    WORDS = "words", _("We use the word differently")
    BURDEN = "burden", _("We would bear the harm or the cost")
    EXPERIENCE = "experience", _("Past experience with this system")
    OTHER = "other", _("Something else")


class ReplyKind(TextChoices):
    """What one can say to somebody's reason. There are no likes."""

    ADOPT = "adopt", _("This is my reason too")
    EVIDENCE = "evidence", _("I have evidence on this")
    DIFFERENT = "different", _("I read it differently")
