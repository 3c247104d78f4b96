"""The index, lone dissent, and the four cells of what to do next (D23, D26)."""

from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.disagreement import (
    disagreement,
    disagreement_index,
    is_fundamental,
    lone_dissent,
    outcome_of,
    wide_factors,
)
from assessments.scoring.lines import lines_at
from assessments.scoring.parameters import Parameters
from tests.scoring.cases import ONE_HOT, WORKED_ANSWERS, points, worked_points

PAPER = Parameters()
WORKED = [worked_points(code) for code in WORKED_ANSWERS]
ROWS = st.lists(points(4), min_size=2, max_size=7)


def test_worked_example():
    """Index 0.2401, lone dissent 0.346: no conflict, but misuse differs widely."""
    found = disagreement(WORKED, PAPER)
    assert (found.index, found.conflict_by_variance, found.conflict) == (D("0.2401"), False, False)
    assert dict(zip(WORKED_ANSWERS, map(str, found.lone), strict=True)) == {
        "DI": "0.1955",
        "CS": "0.1700",
        "RB": "0.0623",
        "TE": "0.3461",
        "AC": "0.1816",
        "IR": "0.3079",
        "AR": "0.1395",
    }
    assert [str(value) for value in found.spread] == ["0.0850", "0.1448", "0.0928", "0.0802"]
    assert wide_factors(found.spread, PAPER) == (1,)


def test_all_agree():
    found = disagreement([WORKED[0]] * 7, PAPER)
    assert (found.index, set(found.lone), found.conflict) == (D(0), {D(0)}, False)


def test_one_group_alone():
    found = disagreement(WORKED[:1], PAPER)
    assert (found.index, found.lone, found.conflict) == (D(0), (), False)


def test_nobody_present():
    found = disagreement([], PAPER)
    assert (found.index, found.lone, found.spread, found.conflict) == (None, (), (), False)
    assert wide_factors(found.spread, PAPER) == ()


def test_opposite_corners_give_one():
    assert disagreement_index(ONE_HOT) == 1
    assert disagreement_index([(10_000, 0, 0, 0), (0, 10_000, 0, 0)]) == 1


def test_two_blocs_33_points_apart_reach_the_line():
    """Seven groups, seven factors: three against four."""
    one, other = (10_000, 0, 0, 0, 0, 0, 0), (6640, 3360, 0, 0, 0, 0, 0)
    assert disagreement_index([one] * 3 + [other] * 4) == pytest.approx(D("0.25"), abs=D("0.005"))


def test_one_dissenter_far_away_is_a_conflict_that_the_index_misses():
    """45 points away from six others: the index says 0.16 of seven, lone dissent says 0.45."""
    others, lone = (1429, 1429, 1429, 1429, 1428, 1428, 1428), (5929, 679, 679, 679, 678, 678, 678)
    found = disagreement([others] * 6 + [lone], PAPER)
    assert found.lone[-1] == D("0.4500")
    assert (found.conflict_by_variance, found.conflict) == (False, True)


def test_exactly_at_a_line_is_no_conflict():
    two = [(10_000, 0), (6000, 4000)]
    assert lone_dissent(two) == (D("0.4"), D("0.4"))
    assert not disagreement(two, Parameters(index_line=D(1))).conflict
    assert not disagreement([(10_000, 0), (7500, 2500)], Parameters()).conflict_by_variance


def test_no_factor_is_wide_then_the_two_widest_are_shown():
    assert wide_factors([D("0.01"), D("0.05"), D("0.02"), D("0.09")], PAPER) == (1, 3)


@pytest.mark.parametrize(
    ("scores", "fundamental"),
    [
        (["0.6250", "0.5999"], True),
        (["0.6250", "0.6000"], True),  # same level at the end, but only one opens measures
        (["0.6250", "0.6001"], False),
        (["0.7400", "0.7600"], True),
        (["0.8000", "0.8001"], True),
        (["0.9000"], False),
        ([], False),
    ],
)
def test_fundamental_at_the_end_of_the_roadmap(scores, fundamental):
    assert is_fundamental([D(score) for score in scores], lines_at(1, PAPER), PAPER) is fundamental


def test_four_cells():
    assert [outcome_of(conflict=c, fundamental=f) for c in (False, True) for f in (False, True)] == [
        "proceed",
        "proceed_near_line",
        "deliberate_once",
        "deliberate",
    ]


@settings(deadline=None, max_examples=100)
@given(ROWS)
def test_index_is_zero_only_for_unanimity(rows):
    """P17."""
    index = disagreement_index(rows)
    assert 0 <= index <= 1
    assert (index == 0) == (len(set(rows)) == 1)


@settings(deadline=None, max_examples=60)
@given(ROWS)
def test_index_and_lone_dissent_agree_with_numpy(rows):
    shares = np.array(rows) / 10_000
    between = ((shares - shares.mean(axis=0)) ** 2).sum(axis=1).mean()
    assert float(disagreement_index(rows)) == pytest.approx(np.sqrt(between / (1 - 1 / min(shares.shape))), abs=1e-9)
    for k, value in enumerate(lone_dissent(rows)):
        others = np.delete(shares, k, axis=0).mean(axis=0)
        assert float(value) == pytest.approx(np.abs(shares[k] - others).sum() / 2, abs=1e-12)
