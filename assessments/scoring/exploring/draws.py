"""One case under drawn weightings, with the draws and the seed of its own policy (D24 e)."""

from assessments.scoring.computation import Computation
from assessments.scoring.exploring.bulk import Scorer, scorer
from assessments.scoring.exploring.monte_carlo import Drawn, all_weights, drawn_scores, weights_near


def possible_scores(run: Computation) -> Drawn:
    """Scores under every weighting, each equally likely.

    Source: D24; "62 of 100 possible weightings".
    """
    numbers = run.inputs.parameters.exploring
    return drawn_scores(_score_all(run), all_weights(len(run.pooled), numbers.draws, numbers.seed))


def near_scores(run: Computation) -> Drawn:
    """Scores under weightings near the pooled one.

    Source: D24 (e).
    """
    numbers = run.inputs.parameters.exploring
    return drawn_scores(_score_all(run), weights_near(run.pooled, numbers.kappa, numbers.draws, numbers.seed))


def _score_all(run: Computation) -> Scorer:
    return scorer(run.form.kind, run.ratings.values, run.inputs.parameters.eta)
