"""(g) How much the score moves with the weights: in closed form, against drawing until the answer is as good."""

from decimal import Decimal
from math import ceil, sqrt

from assessments.scoring.aggregators import LINEAR, common_form
from assessments.scoring.exploring.bulk import scorer
from assessments.scoring.exploring.monte_carlo import drawn_scores, weights_near
from assessments.scoring.exploring.weights import covariance_shares, dirichlet_variance
from bench import figures
from bench.arithmetic import side_by_side

AIM = 100.0
KAPPA = Decimal(50)
ETA = Decimal("0.01")
HALF_A_DIGIT = 0.00005
"""Published numbers have four decimals: a deviation known to half of the last one is as good as exact."""
SURE = 1.96


def measure(*, repeats: int = 5) -> None:
    """Print times and ratio; stop if drawing and the closed form disagree."""
    figures.title(f"(g) Weight sensitivity in closed form against drawing (aim: at least {AIM:g} times faster)")
    points = (3500, 500, 1500, 2000, 1000, 500, 1000)
    ratings = tuple(Decimal(value) for value in ("0.9", "0.2", "0.7", "0.4", "0.1", "0.8", "0.55"))
    form = common_form(LINEAR, ratings, ETA)
    exact = sqrt(dirichlet_variance(form, points, KAPPA))
    # the error of a drawn deviation is about deviation / sqrt(2 n)
    draws = ceil((SURE * exact / HALF_A_DIGIT) ** 2 / 2)

    def closed() -> object:
        return dirichlet_variance(form, points, KAPPA), covariance_shares(form, points)

    def drawn() -> float:
        return drawn_scores(scorer(LINEAR, ratings, ETA), weights_near(points, KAPPA, draws, 20250)).deviation

    if abs(drawn() - exact) > 4 * HALF_A_DIGIT:
        raise RuntimeError("drawing gives another deviation than the closed form")
    taken = side_by_side.milliseconds({"closed form, variance and shares": closed, "drawing": drawn}, repeats=repeats)
    figures.line("draws for a deviation right to half a digit", f"{draws:,} (deviation {exact:.4f})")
    side_by_side.show(taken)
    figures.line("drawing / closed form", f"{side_by_side.ratio(taken, 'drawing', next(iter(taken))):.0f}")
