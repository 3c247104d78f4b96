"""What is known of a case, in the terms of the pure protocol. Called under the lock of its assessment."""

import json
from typing import Any

from django.db.models import Count, Q

from assessments import policy
from assessments.models import ScoreRun, WeightRound
from assessments.states import RoundState
from deliberation.models import Case, DeliberationRound
from deliberation.protocol import CaseFacts, Measured, RunningRound
from deliberation.states import CaseState, ClockKind, Convened, DeliberationState

SUPPORTERS = 5
"""People of one group who together may ask for a round; its delegate may do so alone."""


def facts_of(case: Case) -> CaseFacts:
    """Read everything that the next step of a case follows from."""
    assessment = case.assessment
    running = running_round(case)
    last = last_close(case)
    return CaseFacts(
        state=CaseState(case.state),
        measured=None if last is None else measured_at(*last),
        path=case.path,
        rounds_ended=case.rounds_ended,
        max_rounds=policy.read(assessment.policy).parameters.max_rounds,
        running=None if running is None else _running(running),
        longest_until=case.clocks.filter(kind=ClockKind.LONGEST).values_list("due_at", flat=True).first(),
        pending=assessment.input_rev - assessment.scored_rev,
        requested=bool(asking_groups(case)),
        differed=_differed(case),
    )


def _differed(case: Case) -> Measured | None:
    """Return what the close said over which talks were first convened because groups differed."""
    first = case.rounds.filter(because=Convened.CONFLICT).select_related("basis").order_by("number").first()
    return None if first is None else measured_at(first.basis, ScoreRun.objects.get(round=first.basis, published=True))


def running_round(case: Case) -> DeliberationRound | None:
    """Return the round of talks that has not ended."""
    return case.rounds.exclude(state=DeliberationState.ENDED).select_related("follow_up", "basis").first()


def last_close(case: Case) -> tuple[WeightRound, ScoreRun] | None:
    """Return the newest published round of answers, and what was published of it."""
    weight_round = case.assessment.rounds.filter(state=RoundState.PUBLISHED).order_by("-number").first()
    if weight_round is None:
        return None
    return weight_round, ScoreRun.objects.get(round=weight_round, published=True)


def measured_at(weight_round: WeightRound, run: ScoreRun) -> Measured:
    """Read what a published close says of disagreement and levels."""
    binding: dict[str, Any] = json.loads(run.binding)
    (time,) = binding["times"]
    alert = next(row["alert"] for row in run.statistics["times"] if row["label"] == time["label"])
    counted = {row["code"] for row in binding["groups"] if row["present"]}
    affected = weight_round.sums.filter(group__is_affected=True).values_list("group__code", flat=True)
    return Measured(
        conflict=binding["disagreement"]["conflict"],
        fundamental=time["fundamental"],
        level=time["level"],
        alert=alert,
        closed_at=_closed_at(weight_round),
        counted=frozenset(counted),
        affected=frozenset(counted.intersection(affected)),
    )


def _closed_at(weight_round: WeightRound) -> Any:
    return weight_round.closed_at or weight_round.closes_at


def _running(one: DeliberationRound) -> RunningRound:
    due = dict(one.clocks.values_list("kind", "due_at"))
    return RunningRound(
        number=one.number,
        state=DeliberationState(one.state),
        statements_until=due[ClockKind.STATEMENTS],
        session_until=due[ClockKind.SESSION],
        answers_until=_closed_at(one.follow_up),
        published=one.follow_up.state == RoundState.PUBLISHED,
    )


def asking_groups(case: Case) -> list[str]:
    """Return the codes of groups that ask for a round now: by their delegate, or by enough of their people."""
    asked = case.requests.filter(after_rounds=case.rounds_ended).values("group__code")
    counted = asked.annotate(
        people=Count("person", distinct=True), delegates=Count("pk", filter=Q(as_delegate=True))
    )  # fmt: skip
    return sorted(row["group__code"] for row in counted if row["delegates"] or row["people"] >= SUPPORTERS)
