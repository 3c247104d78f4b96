"""Other rules than the default: by rank, by other forms, and how easily each is captured (D29)."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import apportion, half_up
from assessments.scoring.computation import compute
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.alternatives import Comparison, alternatives_of, compare
from assessments.scoring.exploring.finding import (
    NO_CASES,
    NO_COMPONENTS,
    NOBODY,
    OUT_OF_REACH,
    TOO_FEW_GROUPS,
    Finding,
)
from assessments.scoring.exploring.methods import methods_of
from assessments.scoring.exploring.present import present_groups
from assessments.scoring.exploring.rank_rules import HALF, QUARTER, trimmed_mean, upper_quantile
from assessments.scoring.parameters import Parameters
from tests.scoring.cases import group, points, rating, ratings, taxonomy_input, worked_groups, worked_input
from tests.scoring.exploring.parties import AGGREGATORS, CODES, worked_run

SEVENTHS = apportion([1] * 7)
RULES = ("default", "tempered", "multiplicative", "median", "trimmed_mean", "upper_quartile", "rms")


def decimals(*values):
    return [D(value) for value in values]


def split_run(high, low, **changes):
    """Groups of one mind on a steep case: `high` of them at 0.9, `low` at 0.1, equal voices."""
    rows = [[(9000, 1000, 0, 0)] * 5] * high + [[(1000, 9000, 0, 0)] * 5] * low
    groups = tuple(group(code, answers) for code, answers in zip(CODES, rows, strict=False))
    return compute(
        worked_input(groups=groups, ratings=(rating((1, 0, 0, 0)),), parameters=Parameters(), month=30, **changes)
    )


def test_median_of_seven_is_the_fourth():
    assert upper_quantile(decimals(".1", ".2", ".3", ".4", ".5", ".6", ".7"), SEVENTHS, HALF) == D(".4")


def test_upper_median_of_two_is_the_higher():
    assert upper_quantile(decimals(".1", ".7"), (5000, 5000), HALF) == D(".7")


def test_median_follows_the_voice():
    assert upper_quantile(decimals(".1", ".2", ".7"), (5001, 2000, 2999), HALF) == D(".1")


def test_upper_quartile_of_seven_is_the_second_highest():
    assert upper_quantile(decimals(".1", ".2", ".3", ".4", ".5", ".6", ".7"), SEVENTHS, QUARTER) == D(".6")


def test_trimmed_mean_by_hand():
    assert trimmed_mean(decimals("0", ".2", ".3", ".4", "1")) == Fraction(3, 10)


@pytest.mark.parametrize(
    ("rank", "code"),
    [(lambda: upper_quantile([], (), HALF), "E_EMPTY"), (lambda: trimmed_mean(decimals(".1") * 4), "E_UNDEFINED")],
)
def test_rank_rules_refuse_too_few(rank, code):
    with pytest.raises(ScoringError) as caught:
        rank()
    assert caught.value.code == code


def test_worked_example():
    found = {name: str(one.value.score) for name, one in alternatives_of(worked_run()).items() if one.value}
    assert found == {
        "default": "0.6404",
        "tempered": "0.6785",
        "multiplicative": "0.6798",
        "median": "0.6300",
        "trimmed_mean": "0.6423",
        "upper_quartile": "0.6786",
    }


def test_default_is_the_score_and_forms_are_those_beside_it():
    run = worked_run(aggregator="tempered")
    found = alternatives_of(run)
    assert tuple(found) == ("default", "linear", *RULES[2:])
    assert found["default"].value.score == run.score
    assert {name: found[name].value.score for name in ("linear", "multiplicative")} == {
        name: run.by_aggregator[name] for name in ("linear", "multiplicative")
    }


def test_root_mean_square_needs_components():
    assert alternatives_of(worked_run())["rms"] == Finding(None, NO_COMPONENTS)
    inputs = taxonomy_input()
    found = alternatives_of(compute(inputs))["rms"].value.score
    assert found == compute(replace(inputs, parameters=replace(inputs.parameters, category_rule="rms"))).score


def test_trimmed_mean_needs_five_groups():
    assert alternatives_of(compute(taxonomy_input()))["trimmed_mean"] == Finding(None, TOO_FEW_GROUPS)


def test_nobody_present():
    run = compute(worked_input(groups=tuple(group(code, []) for code in CODES)))
    found = alternatives_of(run)
    assert set(found.values()) == {Finding(None, NOBODY)}
    assert compare([found])["median"] == Comparison(0, 0, Finding(None, NO_CASES))


def test_retrospective_case_has_two_levels():
    found = alternatives_of(compute(worked_input()))["default"].value
    assert (found.levels, len(found.to_dictate)) == (("M", "M"), 2)


def test_capture_by_hand():
    """Seven equal voices; one of four at 0.9 falls to 0, one of three at 0.1 rises to 1."""
    found = alternatives_of(split_run(4, 3))["default"].value
    assert found.score == D("0.5573")
    assert float(found.capture[0]) == pytest.approx(0.5573 - 0.9 / 7, abs=2e-4)
    assert float(found.capture[1]) == pytest.approx(0.5573 + 0.9 / 7, abs=2e-4)


def test_median_of_seven_is_dictated_by_four():
    """And the trimmed mean by two: one group alone is left out. The mean depends on how far one group can go."""
    found = alternatives_of(split_run(7, 0))
    assert found["median"].value.to_dictate == (Finding(4),)
    assert found["trimmed_mean"].value.to_dictate == (Finding(2),)
    assert found["upper_quartile"].value.to_dictate == (Finding(6),)
    assert found["default"].value.to_dictate == (Finding(1),)  # 0.9 falls to 0.7714, below 0.7812


def test_rules_that_ratings_hold_at_one_level_cannot_be_dictated():
    groups = worked_groups()
    run = compute(worked_input(groups=groups, ratings=(rating((0.6, 0.6, 0.6, 0.6)),), month=30))
    found = alternatives_of(run)["median"].value
    assert (found.score, found.capture) == (D("0.6000"), (D("0.6000"), D("0.6000")))
    assert found.to_dictate == (Finding(None, OUT_OF_REACH),)


def test_compare_counts_cases_with_the_same_level():
    """Four high groups of seven: the median is 0.9, High, the mean 0.557, Moderate."""
    apart, together = alternatives_of(split_run(4, 3)), alternatives_of(split_run(7, 0))
    found = compare([apart, together])
    assert found["default"] == Comparison(2, 2, Finding(Fraction(1)))
    assert found["median"] == Comparison(2, 1, Finding(Fraction(1, 2)))
    assert found["rms"].share == Finding(None, NO_CASES)
    assert compare([]) == {}


def test_another_form_can_be_compared():
    run = worked_run()
    gentle = common_form("tempered", run.ratings.values, D("0.5"))
    found = alternatives_of(run, {"gentle": gentle})["gentle"].value
    assert found.score == half_up(gentle.score(run.pooled))


def test_too_many_groups_are_refused():
    groups = tuple(group(f"G{k}", [(2500,) * 4] * 5) for k in range(13))
    with pytest.raises(ScoringError) as caught:
        alternatives_of(compute(worked_input(groups=groups)))
    assert caught.value.code == "E_RANGE"


@settings(deadline=None, max_examples=25)
@given(st.lists(points(), min_size=5, max_size=7), ratings(), AGGREGATORS, st.data())
def test_every_rule_rises_with_every_groups_score(rows, x, kind, data):
    """What trying only the two ends rests on; to the rounding of points."""
    groups = tuple(group(code, [row] * 5) for code, row in zip(CODES, rows, strict=False))
    run = compute(worked_input(groups=groups, ratings=(rating(x),), aggregator=kind))
    positions = [one.points for one in present_groups(run)]
    k = data.draw(st.integers(0, len(rows) - 1))
    for name, method in methods_of(run).items():
        if method.value is None:
            continue
        score = method.value.score_of(positions)
        low, high = (
            method.value.score_of([end if i == k else row for i, row in enumerate(positions)])
            for end in (method.value.low, method.value.high)
        )
        slack = D("0.0004") if name != "multiplicative" else D("0.01")
        assert low - slack <= score <= high + slack, name
