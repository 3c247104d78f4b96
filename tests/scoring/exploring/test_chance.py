"""Distance between groups against the noise of who happened to answer (D23)."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import f as f_distribution
from scipy.stats import ttest_ind

from assessments.scoring.arithmetic import apportion
from assessments.scoring.disagreement import disagreement_index
from assessments.scoring.exploring.chance import chance
from assessments.scoring.exploring.covariance import covariance, pooled_covariance
from assessments.scoring.exploring.finding import NO_VARIANCE, NOBODY, ONE_GROUP, Finding
from assessments.scoring.exploring.present import PresentGroup
from assessments.scoring.group_sums import GroupSums
from tests.scoring.cases import ONE_HOT
from tests.scoring.exploring.parties import WORKED, any_parties, parties, party

HIGH, LOW = (10_000, 0), (0, 10_000)


def drawn(random, centre, size, spread=10):
    return [apportion([int(v * 10**9) + 1 for v in random.dirichlet(np.array(centre) * spread)]) for _ in range(size)]


def test_covariance_agrees_with_numpy():
    rows = drawn(np.random.default_rng(1), [1, 2, 3, 4], 6)
    assert covariance(GroupSums.of(rows, 4)) == pytest.approx(np.cov(np.array(rows) / 10_000, rowvar=False), abs=1e-15)


def test_covariance_needs_two_answers():
    assert covariance(GroupSums.of([HIGH], 2)) is None
    assert pooled_covariance([GroupSums.of([HIGH], 2), GroupSums.empty(2)]) is None


def test_pooled_covariance_weighs_by_degrees_of_freedom():
    matrix, freedom = pooled_covariance([GroupSums.of([HIGH, LOW], 2), GroupSums.of([HIGH, LOW] * 2, 2)])
    assert (matrix[0, 0], matrix[0, 1], freedom) == (pytest.approx(3 / 8), pytest.approx(-3 / 8), 4)


def test_two_groups_by_hand():
    """Each mean has trace 1/8 + 1/8 of noise from four answers; a quarter of it enters twice."""
    found = chance(parties([HIGH, HIGH, HIGH, LOW], [LOW, LOW, LOW, HIGH])).value
    # means .75 and .25: V_B = 2 x .25^2; C has .25 on its diagonal, so Gamma has trace .125
    assert (found.between, found.noise, found.corrected) == (0.125, pytest.approx(0.0625), pytest.approx(0.0625))
    test = found.test.value
    assert (test.f, test.nu1, test.nu2) == (pytest.approx(2), pytest.approx(1), pytest.approx(6))
    assert test.p == pytest.approx(f_distribution.sf(2, 1, 6))


def test_two_groups_on_two_factors_are_welchs_test():
    """One free number and two groups: F is Welch's t squared and nu2 its degrees of freedom."""
    one, other = [HIGH, (7000, 3000), (9000, 1000)], [LOW, (4000, 6000), (2000, 8000), (5000, 5000)]
    groups = tuple(
        PresentGroup(code, 5000, GroupSums.of(rows, 2).position(), len(rows), GroupSums.of(rows, 2))
        for code, rows in (("DI", one), ("CS", other))
    )
    welch = ttest_ind([a for a, _ in one], [a for a, _ in other], equal_var=False)
    test = chance(groups).value.test.value
    assert test.f == pytest.approx(welch.statistic**2, rel=1e-3)  # positions are whole points
    assert test.nu2 == pytest.approx(welch.df)
    assert test.p == pytest.approx(welch.pvalue, rel=1e-3)


def test_all_agree_have_no_noise_to_compare_with():
    found = chance(WORKED).value
    assert (found.noise, found.corrected, found.test) == (0, found.between, Finding(None, NO_VARIANCE))


def test_equal_means_are_never_surprising():
    found = chance(parties([HIGH, LOW], [HIGH, LOW])).value
    assert (found.between, found.corrected, found.test.value.f, found.test.value.p) == (0, 0, 0, 1)


def test_one_group_alone():
    found = chance([party(HIGH, LOW)]).value
    assert (found.between, found.noise, found.test) == (0, 0, Finding(None, ONE_GROUP))


def test_nobody():
    assert chance(()) == Finding(None, NOBODY)


def test_adopted_positions_bring_no_noise_and_are_named():
    found = chance([party(HIGH, LOW, voice=5000, adopted=True), party(HIGH, LOW, voice=5000, code="CS")]).value
    assert found.taken_as_sure == ("DI",)
    assert found.noise == pytest.approx(0.25 * 0.5)


def test_group_of_one_borrows_the_pooled_covariance():
    groups = parties([HIGH, LOW], [HIGH])
    found = chance(groups).value
    assert (found.taken_as_sure, found.noise) == ((), pytest.approx(0.25 * (0.5 + 1)))


def test_opposite_single_factors_are_seven_groups_far_from_chance():
    rows = [[ONE_HOT[k]] * 4 + [ONE_HOT[(k + 1) % 7]] for k in range(7)]
    assert chance(parties(*rows)).value.test.value.p < 1e-4


def test_chance_alone_is_called_rare_at_most_one_time_in_twenty():
    """Seven groups of 6 to 12 members who all draw from one distribution over four factors."""
    random = np.random.default_rng(20250)
    found = [chance(parties(*(drawn(random, [4, 3, 2, 1], 6 + k, 1) for k in range(7)))).value for _ in range(200)]
    assert np.mean([one.test.value.p < 0.05 for one in found]) <= 0.075  # 5 % and three standard errors of 200 draws
    assert np.mean([one.between for one in found]) == pytest.approx(np.mean([one.noise for one in found]), rel=0.1)


def test_random_opinions_of_seven_groups_lie_about_as_far_apart_as_said():
    """Index about 0.32 for seven factors and 0.41 for four."""
    random = np.random.default_rng(20250)
    for size, expected in ((7, 0.32), (4, 0.41)):
        indices = [float(disagreement_index(drawn(random, [1] * size, 7, 1))) for _ in range(150)]
        assert np.mean(indices) == pytest.approx(expected, abs=0.015)


@settings(deadline=None, max_examples=50)
@given(any_parties())
def test_every_number_is_finite(groups):
    found = chance(groups).value
    test = found.test.value
    numbers = [found.between, found.noise, found.corrected, *([test.f, test.nu1, test.nu2, test.p] if test else [])]
    assert np.isfinite(numbers).all()
    assert found.corrected <= found.between
    assert test is None or 0 <= test.p <= 1
