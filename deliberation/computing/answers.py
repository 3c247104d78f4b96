"""The answers behind a published round, for what only the site itself may look at. None of it leaves this package."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.models import CurrentAnswer, WeightRound
from assessments.scoring.arithmetic import Points
from assessments.states import AnswerMethod, RoundState, SubmissionKind

NOT_SURE = "unsure"
FORM_MAKES_ALIKE = frozenset({AnswerMethod.RANK, AnswerMethod.EQUAL, ""})
"""Ways of answering with few possible answers, and those that are not known any more."""


@dataclass(frozen=True, order=True)
class Answered:
    """One answer that stands: its points, how it was given, and whether it came in the last hours."""

    points: Points
    method: str
    not_sure: bool
    late: bool

    @property
    def by_rank(self) -> bool:
        """Whether things were only put in order."""
        return self.method == AnswerMethod.RANK

    @property
    def free(self) -> bool:
        """Whether the form left enough possible answers that equal ones mean something."""
        return self.method not in FORM_MAKES_ALIKE


def answers_of(weight_round: WeightRound, late_hours: int) -> dict[str, list[Answered]]:
    """Return the answers that stand by group, in an order that does not depend on who gave them or when.

    Only for a published round: before that nobody may work anything out from answers.
    """
    if weight_round.state != RoundState.PUBLISHED:
        raise LookupError("The answers of a round are looked at once it is published.")
    since = (weight_round.closed_at or weight_round.closes_at) - dt.timedelta(hours=late_hours)
    rows = CurrentAnswer.objects.filter(roll_entry__round=weight_round, submission__isnull=False).values(
        "roll_entry__group__code", "submission__points", "submission__kind", "submission__accepted_at",
        "submission__detail__method", "submission__detail__raw",
    )  # fmt: skip
    found: dict[str, list[Answered]] = defaultdict(list)
    for row in rows:
        found[row["roll_entry__group__code"]].append(_answered(row, since))
    return {code: sorted(answers) for code, answers in found.items()}


def _answered(row: Mapping[str, Any], since: dt.datetime) -> Answered:
    raw = row["submission__detail__raw"] or {}
    return Answered(
        points=tuple(row["submission__points"]),
        method=row["submission__detail__method"] or "",
        not_sure=any(isinstance(one, dict) and one.get("label") == NOT_SURE for one in raw.get("values", {}).values()),
        late=row["submission__kind"] == SubmissionKind.ANSWER and row["submission__accepted_at"] >= since,
    )
