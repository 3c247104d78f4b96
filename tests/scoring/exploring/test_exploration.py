"""One case explored with the numbers of its own policy."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

import pytest

from assessments.scoring.arithmetic import half_up
from assessments.scoring.computation import compute
from assessments.scoring.exploring.draws import near_scores, possible_scores
from assessments.scoring.exploring.exploration import explore
from assessments.scoring.exploring.finding import NO_VARIANCE, NOBODY, NOT_LINEAR, ONE_EVALUATOR, Finding
from assessments.scoring.exploring.present import present_groups
from assessments.scoring.exploring.shapley import shapley
from assessments.scoring.parameters_exploring import ExploringParameters
from tests.scoring.cases import EQ7, WORKED_RATINGS, group, rating, taxonomy_input, worked_input
from tests.scoring.exploring.parties import CODES, worked_run


def changed(**numbers):
    """The worked example under a policy with other numbers."""
    return worked_run(parameters=replace(EQ7, exploring=ExploringParameters(**numbers)))


def test_worked_example():
    found = explore(worked_run())
    assert [str(half_up(edge)) for edge in found.capped_voices.value] == ["0.6121", "0.6539"]
    assert round(100 * possible_scores(worked_run()).share_at_or_over(D("0.6"))) == 62
    assert (len(found.groups), len(found.times), found.times[0].label) == (7, 1, "month")
    assert found.times[0].voice["M"] == Finding(D("0.8991"))
    assert tuple(found.times[0].bars[1].crossings) == ("L", "M", "H", "measures", "suspension")
    assert found.chance.value.test == Finding(None, NO_VARIANCE)


def test_policy_numbers_are_used():
    plain, other = explore(worked_run()), explore(changed(weight_step=D("0.2"), kappa=D(101)))
    assert other.weight_variance == plain.weight_variance * Fraction(51, 102)
    assert other.times[0].bars[0].stepped > plain.times[0].bars[0].stepped > plain.times[0].bars[0].now
    assert near_scores(changed(kappa=D(101))).deviation < near_scores(worked_run()).deviation


def test_draws_and_seed_of_the_policy_are_used():
    assert len(possible_scores(changed(draws=100)).scores) == len(near_scores(changed(draws=100)).scores) == 100
    assert possible_scores(changed(seed=1)).mean != possible_scores(worked_run()).mean


def test_cap_of_the_policy_is_used():
    wide, narrow = (explore(worked_run(parameters=replace(EQ7, rho=D(rho)))).capped_voices.value for rho in (9, 1))
    assert wide[0] < narrow[0] == narrow[1] < wide[1]


def test_ratings_share_the_doubt_only_between_evaluators_and_for_the_linear_score():
    two = (rating(WORKED_RATINGS, "a"), rating((D("0.70"), D("0.40"), D("0.75"), D("0.55")), "b"))
    assert explore(worked_run()).rating_shares == Finding(None, ONE_EVALUATOR)
    assert explore(worked_run(ratings=two)).rating_shares == Finding((0, 0, 1, 0))
    assert explore(worked_run(ratings=two, aggregator="tempered")).rating_shares == Finding(None, NOT_LINEAR)


def test_seven_factors_and_four_groups():
    run = compute(taxonomy_input())
    found = explore(run)
    assert (len(found.groups), len(found.times[0].bars)) == (4, 7)
    assert len(shapley(run.form, found.groups, run.lines[0]).shares) == 4


def test_retrospective_case_has_two_sets_of_lines():
    assert [one.label for one in explore(compute(worked_input())).times] == ["t0", "t1"]


@pytest.mark.parametrize("aggregator", ["linear", "tempered"])
def test_nobody_present_still_has_bars_and_weightings(aggregator):
    run = compute(worked_input(groups=tuple(group(code, []) for code in CODES), aggregator=aggregator))
    found = explore(run)
    assert {found.any_voices, found.capped_voices, found.without_one, found.chance} == {Finding(None, NOBODY)}
    assert (shapley(run.form, found.groups, run.lines[0]).shares, len(found.times[0].bars)) == ((), 4)
    assert len(possible_scores(run).scores) == len(near_scores(run).scores) == 4096


def test_published_groups_take_the_place_of_those_with_answers():
    """A page has no answers: positions, voices and numbers of answers give every figure but those about spread."""
    run = worked_run()
    found = explore(run, tuple(replace(one, sums=None) for one in present_groups(run)))
    known = explore(run)
    assert (found.capped_voices, found.without_one) == (known.capped_voices, known.without_one)
    assert found.times[0].bars == known.times[0].bars
    assert found.times[0].voice == known.times[0].voice
