"""The conflict protocol as a pure function: what is known and the time go in, the next step comes out (App. E; D26).

Nothing here reads a database or a clock. The caller takes one step, writes it down with its legal time, and asks
again, so a site that stood still for a week catches up step by step and in order.

Written decisions where the paper is silent:

- A case may deliberate twice on the High path, once on the Moderate one, and not at all below. An alert above the level
  obliges one session (D21), so it allows one round.
- The path only rises. Groups that come nearer to each other in round 1 do not lose their right to round 2.
- Where no round is allowed and the difference is fundamental, the most protective view holds at once.
- Groups have come nearer only if all that differed are still counted. Where people directly affected are counted no
  longer, their conflict is not over: the talks go on as if it were there and mattered, and end in the most protective
  view. That takes the highest score of any group where nobody affected is counted any more (D27).
- After the longest time that deliberation may take, the round that runs ends as announced and no other follows.
"""

import datetime as dt
from dataclasses import dataclass

from deliberation.states import CaseOutcome, CaseState, Convened, DeliberationState, NotRequested, StepKind

NONE, LOW, MODERATE, HIGH = "none", "L", "M", "H"
PATHS = (NONE, LOW, MODERATE, HIGH)
"""Lowest first."""
ROUNDS_BY_PATH = {NONE: 0, LOW: 0, MODERATE: 1, HIGH: 2}


@dataclass(frozen=True)
class Measured:
    """What the newest published close says.

    level, alert : of D18 and D21, at the lines of the case's month
    closed_at : its legal time; what is judged by it does not depend on how late somebody looks
    counted : codes of the groups that have a position
    affected : those of them whose people are directly affected
    """

    conflict: bool
    fundamental: bool
    level: str
    alert: str
    closed_at: dt.datetime
    counted: frozenset[str] = frozenset()
    affected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RunningRound:
    """The deliberation round that runs, with the ends of its three parts. ``published``: its close was published.

    Two people may close the answers early; the round then ends with its sessions.
    """

    number: int
    state: DeliberationState
    statements_until: dt.datetime
    session_until: dt.datetime
    answers_until: dt.datetime
    published: bool


@dataclass(frozen=True)
class CaseFacts:
    """Everything that the next step follows from.

    measured : none before the first close is published
    differed : the close over which talks were first convened because groups differed; none if they never were
    path : the highest level that the case was ever on
    longest_until : after it no further round is convened; none before the first one was
    pending : accepted inputs that are in no score yet
    requested : a group asked for a round, as it may on the High path
    """

    state: CaseState
    measured: Measured | None
    path: str
    rounds_ended: int
    max_rounds: int
    running: RunningRound | None = None
    longest_until: dt.datetime | None = None
    pending: int = 0
    requested: bool = False
    differed: Measured | None = None


@dataclass(frozen=True)
class Step:
    """One thing that is due. ``at``: when it takes effect by law, however late somebody looks."""

    kind: StepKind
    at: dt.datetime
    outcome: CaseOutcome | None = None


def path_of(before: str, measured: Measured) -> str:
    """Return the path of a case after a close: the highest level so far."""
    return max(before, measured.level, key=PATHS.index)


def rounds_allowed(path: str, measured: Measured, max_rounds: int) -> int:
    """Return how many deliberation rounds a case may have in all; the policy's number is never exceeded."""
    alerted = PATHS.index(measured.alert) > PATHS.index(measured.level)
    return min(max_rounds, max(ROUNDS_BY_PATH[path], int(alerted)))


def next_step(facts: CaseFacts, now: dt.datetime) -> Step | None:
    """Return the earliest step that is due, or nothing: then somebody has to act, or time has to pass."""
    if facts.running is not None:
        return _step_in_round(facts, facts.running, now)
    if facts.measured is None or facts.pending:
        return None
    if facts.state == CaseState.WEIGHING:
        return _judge(facts, facts.measured, now)
    if facts.state == CaseState.AWAITING_DECISION and facts.requested and may_be_requested(facts, now):
        return Step(StepKind.CONVENE, now)
    return None


def may_be_requested(facts: CaseFacts, now: dt.datetime) -> bool:
    """Whether a group may ask for a round: on the High path, while one is left and time is not over (App. E)."""
    return why_not_requested(facts, now) is None


def why_not_requested(facts: CaseFacts, now: dt.datetime) -> NotRequested | None:
    """Return why no group may ask for a round now; nothing if one may."""
    if facts.running is not None:
        return NotRequested.RUNNING
    if facts.measured is None:
        return NotRequested.UNPUBLISHED
    if facts.path != HIGH:
        return NotRequested.PATH
    if facts.rounds_ended >= rounds_allowed(facts.path, facts.measured, facts.max_rounds):
        return NotRequested.USED_UP
    return NotRequested.OVER if _is_over(facts, now) else None


def outcome_of(measured: Measured, *, ended: int, allowed: int, differed: Measured | None = None) -> CaseOutcome | None:
    """Return how the protocol ends; nothing if a round must be convened.

    Source: D26. Conflict and marginal: one round. Conflict and fundamental: as many as are allowed, then the most
    protective view. No conflict: go on, near a line if the groups' own scores lie on both sides of one.
    """
    if are_affected_gone(measured, differed) or (measured.conflict and measured.fundamental):
        return CaseOutcome.PROTECTIVE_DEFAULT if ended >= allowed else None
    if measured.conflict:
        return CaseOutcome.PROCEED_MARGINAL if ended >= min(1, allowed) else None
    if differed is not None and differed.counted <= measured.counted:
        return CaseOutcome.CONVERGED
    return CaseOutcome.PROCEED_NEAR_LINE if measured.fundamental else CaseOutcome.PROCEED


def are_affected_gone(measured: Measured, differed: Measured | None) -> bool:
    """Whether people directly affected were counted when groups differed, and are counted no longer."""
    return differed is not None and not differed.affected <= measured.affected


def why_convened(facts: CaseFacts) -> Convened:
    """Return why a round is convened that is due now."""
    if facts.requested:
        return Convened.REQUEST
    gone = facts.measured is not None and are_affected_gone(facts.measured, facts.differed)
    return Convened.ABSENCE if gone else Convened.CONFLICT


def _judge(facts: CaseFacts, measured: Measured, now: dt.datetime) -> Step:
    over = _is_over(facts, measured.closed_at)
    allowed = facts.rounds_ended if over else rounds_allowed(facts.path, measured, facts.max_rounds)
    outcome = outcome_of(measured, ended=facts.rounds_ended, allowed=allowed, differed=facts.differed)
    if outcome is None:
        return Step(StepKind.CONVENE, now)
    return Step(StepKind.SETTLE, now, outcome)


def _is_over(facts: CaseFacts, at: dt.datetime) -> bool:
    return facts.longest_until is not None and at >= facts.longest_until


def _step_in_round(facts: CaseFacts, running: RunningRound, now: dt.datetime) -> Step | None:
    """Statements, then the session, then answers; the round ends when the close of its answers is published."""
    if running.state == DeliberationState.STATEMENTS and now >= running.statements_until:
        return Step(StepKind.BEGIN_SESSION, running.statements_until)
    if running.state == DeliberationState.SESSION and now >= running.session_until:
        return Step(StepKind.BEGIN_ANSWERS, running.session_until)
    if running.state == DeliberationState.ANSWERS and running.published and not facts.pending:
        return Step(StepKind.END_ROUND, max(running.session_until, running.answers_until))
    return None
