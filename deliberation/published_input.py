"""A published score made computable again, from nothing but what everybody can read: no answer is looked at."""

from collections.abc import Sequence

from assessments import policy
from assessments.models import Rating
from assessments.scoring.computation import Computation, compute
from assessments.scoring.exploring.present import PresentGroup
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.inputs import GroupInput, ScoringInput
from assessments.scoring.pooling import Position
from assessments.scoring.schemes import SCHEMES
from assessments.snapshot import evaluator_rating
from deliberation.results import GroupResult, PublishedScore

NO_ANSWERS_NEEDED = 1
"""A published position stands in for a group's answers; a group without one has none and stays absent."""


def computation_of(score: PublishedScore, rated: Sequence[Rating]) -> Computation:
    """Run the published positions, voices and ratings through the core again; the score comes out as published."""
    assessment = score.assessment
    rules, scheme = policy.read(assessment.policy), SCHEMES[assessment.scheme]
    ratings = (evaluator_rating(rating, scheme, number) for number, rating in enumerate(rated, start=1))
    return compute(
        ScoringInput(
            scheme=scheme,
            aggregator=assessment.aggregator,
            ratings=tuple(ratings),
            groups=tuple(_group(row, rules, scheme.size) for row in score.groups),
            parameters=rules.parameters,
            month=assessment.month,
        )
    )


def present_groups_of(score: PublishedScore) -> tuple[PresentGroup, ...]:
    """Return the counted groups with what was published of each: no sum of answers is among it."""
    return tuple(
        PresentGroup(row.group.code, row.voice, row.position, _members(row), None)
        for row in score.counted
        if row.position is not None
    )


def _members(row: GroupResult) -> int | None:
    """Return how many answers a position rests on; none where a delegate adopted it."""
    return row.answers if Position(row.how, row.position).rests_on_answers else None


def _group(row: GroupResult, rules: policy.Policy, size: int) -> GroupInput:
    return GroupInput(
        code=row.group.code,
        is_affected=row.group.is_affected,
        is_civil_society=row.group.is_civil_society,
        min_size=NO_ANSWERS_NEEDED,
        sums=GroupSums.empty(size),
        adopted=row.position,
        roll_size=None,
        voice=rules.voices.get(row.group.code, policy.NEUTRAL_VOICE),
    )
