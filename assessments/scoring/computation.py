"""All steps of one scoring, in order, before anything is written down."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.aggregators import CommonForm, common_form, scores_by_aggregator
from assessments.scoring.arithmetic import Points, equal_points, half_up, in_context
from assessments.scoring.disagreement import Disagreement, disagreement
from assessments.scoring.inputs import ScoringInput
from assessments.scoring.lines import Lines, lines_of
from assessments.scoring.pooling import Position, Quorum, pooled_points, position_of, quorum_of
from assessments.scoring.ratings import PublishedRatings, published_ratings
from assessments.scoring.voices import voice_points, voice_weights


@dataclass(frozen=True)
class Computation:
    """Everything computed for one scoring, before it is written down.

    voices : (G,) points over present groups; pooled : (F,) points; score : published
    by_aggregator : published score of the pooled weights under each aggregator
    own_scores : (G,) published score of each group's own position, None if absent
    """

    inputs: ScoringInput
    ratings: PublishedRatings
    form: CommonForm
    lines: tuple[Lines, ...]
    positions: tuple[Position, ...]
    voices: Points
    equal_voices: Points
    pooled: Points
    is_heard: bool
    score: Decimal
    by_aggregator: dict[str, Decimal]
    own_scores: tuple[Decimal | None, ...]
    quorum: Quorum
    disagreement: Disagreement

    @property
    def present_scores(self) -> tuple[Decimal, ...]:
        """Own scores of the present groups."""
        return tuple(score for score in self.own_scores if score is not None)


@in_context
def compute(inputs: ScoringInput) -> Computation:
    """Run all steps of one scoring."""
    ratings = published_ratings(inputs.scheme, inputs.ratings, inputs.parameters)
    form = common_form(inputs.aggregator, ratings.values, inputs.parameters.eta)
    positions = tuple(position_of(group) for group in inputs.groups)
    counted = [position.is_present for position in positions]
    voices = voice_points(voice_weights(inputs.groups, inputs.parameters), counted)
    pooled = pooled_points(voices, positions)
    weights = pooled or equal_points(inputs.scheme.size)
    present = [position.points for position in positions if position.points is not None]
    return Computation(
        inputs=inputs,
        ratings=ratings,
        form=form,
        lines=lines_of(inputs.month, inputs.parameters),
        positions=positions,
        voices=voices,
        equal_voices=voice_points([Decimal(1)] * len(counted), counted),
        pooled=weights,
        is_heard=pooled is not None,
        score=half_up(form.score(weights)),
        by_aggregator=scores_by_aggregator(weights, ratings.values, inputs.parameters.eta),
        own_scores=tuple(None if one.points is None else half_up(form.score(one.points)) for one in positions),
        quorum=quorum_of(inputs.groups, positions, inputs.parameters),
        disagreement=disagreement(present, inputs.parameters),
    )
