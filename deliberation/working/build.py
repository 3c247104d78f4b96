"""All steps of one published score, in the order in which a stranger would repeat them."""

from assessments import snapshot
from assessments.models import Rating
from assessments.reads import latest_ratings
from deliberation.results import PublishedScore
from deliberation.working.learned import learned_steps
from deliberation.working.meaning import (
    beside_step,
    certainty_step,
    disagreement_step,
    least_change_step,
    lines_step,
    powers_step,
)
from deliberation.working.past import past_step
from deliberation.working.people import positions_step, voices_step
from deliberation.working.ratings import ratings_step
from deliberation.working.score import pooled_step, products_step
from deliberation.working.steps import Step


def working_of(score: PublishedScore) -> list[Step]:
    """Return the steps; before anybody answered, those about groups are left out."""
    ratings = latest_ratings(score.assessment)
    told = _about_people(score) if score.from_answers else []
    return [*_about_score(score, ratings, told), *_about_meaning(score)]


def _about_people(score: PublishedScore) -> list[Step]:
    groups = snapshot.scoring_input(score.assessment, score.result.round).groups
    return [positions_step(score), voices_step(score, groups)]


def _about_score(score: PublishedScore, ratings: list[Rating], told: list[Step]) -> list[Step]:
    return [ratings_step(score, ratings), *told, pooled_step(score), products_step(score)]


def _about_meaning(score: PublishedScore) -> list[Step]:
    record = score.result.record
    past = [past_step(score, record)] if record else []
    differing = [disagreement_step(score)] if len(score.counted) > 1 else []
    return [
        lines_step(score),
        powers_step(score),
        certainty_step(score),
        *differing,
        least_change_step(score),
        *past,
        beside_step(score),
        *learned_steps(score.assessment.incident.jurisdiction, score),
    ]
