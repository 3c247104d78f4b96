"""Drawn weightings: the same every time, and right against closed forms (D24)."""

from decimal import Decimal as D

import numpy as np
import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.bulk import scorer
from assessments.scoring.exploring.monte_carlo import all_weights, drawn_scores, weights_near
from assessments.scoring.exploring.weights import dirichlet_variance
from tests.scoring.cases import WORKED_RATINGS
from tests.scoring.exploring.parties import FORM, PAPER

DRAWS, SEED = PAPER.exploring.draws, PAPER.exploring.seed
POOLED = (3058, 2035, 2503, 2404)
LINEAR = scorer("linear", WORKED_RATINGS, PAPER.eta)


def test_draws_are_weights_and_the_same_every_time():
    drawn = all_weights(4, DRAWS, SEED)
    assert drawn.shape == (4096, 4)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(DRAWS))
    assert (drawn == all_weights(4, DRAWS, SEED)).all()
    assert (drawn != all_weights(4, DRAWS, SEED + 1)).any()


def test_first_draw_is_pinned():
    """Another generator or seed would change what people were shown."""
    assert all_weights(4, 1, SEED)[0] == pytest.approx([0.1556318, 0.29391459, 0.30346901, 0.2469846], abs=1e-7)


def test_possible_weightings_of_the_worked_example():
    """All weightings: mean 0.625, as with equal weights; 62 of 100 reach 60."""
    found = drawn_scores(LINEAR, all_weights(4, DRAWS, SEED))
    assert found.mean == pytest.approx(0.625, abs=0.005)
    assert round(100 * found.share_at_or_over(D("0.6"))) == 62


def test_near_weights_have_the_closed_forms_spread():
    found = drawn_scores(LINEAR, weights_near(POOLED, D(50), DRAWS, SEED))
    assert found.deviation == pytest.approx(float(dirichlet_variance(FORM, POOLED, D(50))) ** 0.5, rel=0.03)


def test_factor_without_weight_gets_none():
    drawn = weights_near((5000, 0, 5000, 0), D(50), 100, SEED)
    assert drawn[:, [1, 3]].max() == 0
    assert drawn.sum(axis=1) == pytest.approx(np.ones(100))


def test_single_factor_has_one_score():
    found = drawn_scores(LINEAR, weights_near((0, 0, 10_000, 0), D(50), 100, SEED))
    assert (found.mean, found.deviation, set(found.dots())) == (pytest.approx(0.85), 0, {D("0.8500")})


def test_published_rounding_decides_at_a_line():
    """0.59995 is published as 0.6000."""
    found = drawn_scores(lambda _: np.array([0.59995, 0.59994, 0.6]), np.ones((3, 1)))
    assert found.share_at_or_over(D("0.6")) == pytest.approx(2 / 3)


def test_hundred_dots_show_the_share_at_or_over_a_line():
    found = drawn_scores(LINEAR, all_weights(4, DRAWS, SEED))
    dots = found.dots()
    assert (len(dots), list(dots)) == (100, sorted(dots))
    assert abs(sum(dot >= D("0.6") for dot in dots) - 100 * found.share_at_or_over(D("0.6"))) <= 1


def test_fewer_draws_than_dots():
    assert len(drawn_scores(LINEAR, all_weights(4, 3, SEED)).dots()) == 100


@pytest.mark.parametrize(
    ("score_of", "draws", "code"),
    [(LINEAR, np.empty((0, 4)), "E_EMPTY"), (lambda rows: rows[:, 0] * np.inf, np.ones((2, 4)), "E_NONFINITE")],
)
def test_refusals(score_of, draws, code):
    with pytest.raises(ScoringError) as caught:
        drawn_scores(score_of, draws)
    assert caught.value.code == code
