"""Other readings of "variance in w^(k)"."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.arithmetic import apportion
from assessments.scoring.disagreement import disagreement_index
from assessments.scoring.exploring.distance import total_variation
from assessments.scoring.exploring.finding import ONE_GROUP, Finding
from assessments.scoring.exploring.readings import factor_variances, mean_pairwise_distance
from tests.scoring.cases import ONE_HOT, points

ROWS = st.lists(points(4), min_size=2, max_size=7)


def test_variances_by_hand():
    rows = [(10_000, 0, 0), (5000, 5000, 0), (0, 10_000, 0)]
    assert factor_variances(rows) == Finding((Fraction(1, 4), Fraction(1, 4), Fraction(0)))


def test_all_on_one_factor_is_unanimity_not_disagreement():
    """The variance inside one vector would say 0.12; between groups there is none."""
    rows = [ONE_HOT[2]] * 7
    assert np.var(np.array(ONE_HOT[2]) / 10_000) == pytest.approx(0.12, abs=0.005)
    assert factor_variances(rows) == Finding((Fraction(0),) * 7)
    assert mean_pairwise_distance(rows) == Finding(Fraction(0))


def test_one_group_47_points_away_reaches_an_index_of_a_quarter():
    """Seven groups on seven factors; six hold one opinion, wherever it lies."""
    others, lone = (0, 10_000, 0, 0, 0, 0, 0), (4700, 5300, 0, 0, 0, 0, 0)
    assert total_variation(others, lone) == Fraction(47, 100)
    assert float(disagreement_index([others] * 6 + [lone])) == pytest.approx(0.25, abs=0.005)


def test_two_blocs_33_points_apart():
    blocs = [(10_000, 0, 0, 0, 0, 0, 0)] * 3 + [(6700, 3300, 0, 0, 0, 0, 0)] * 4
    assert mean_pairwise_distance(blocs) == Finding(Fraction(33, 100) * Fraction(12, 21))


def test_random_opinions_are_46_points_apart():
    random = np.random.default_rng(20250)
    means = [
        mean_pairwise_distance([apportion([int(v * 10**9) for v in row]) for row in random.dirichlet([1] * 7, 7)]).value
        for _ in range(150)
    ]
    assert float(sum(means) / len(means)) == pytest.approx(0.46, abs=0.01)


@pytest.mark.parametrize("reading", [factor_variances, mean_pairwise_distance])
@pytest.mark.parametrize("rows", [[], [(5000, 5000)]])
def test_below_two_groups_nothing_can_differ(reading, rows):
    assert reading(rows) == Finding(None, ONE_GROUP)


@settings(deadline=None, max_examples=50)
@given(ROWS)
def test_readings_agree_with_numpy(rows):
    shares = np.array(rows) / 10_000
    assert [float(v) for v in factor_variances(rows).value] == pytest.approx(shares.var(axis=0, ddof=1), abs=1e-12)
    pairs = [np.abs(a - b).sum() / 2 for i, a in enumerate(shares) for b in shares[:i]]
    assert float(mean_pairwise_distance(rows).value) == pytest.approx(np.mean(pairs), abs=1e-12)
