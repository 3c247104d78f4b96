"""Many weight vectors and many ratings at once agree with the exact core."""

from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.aggregators import common_form, multiplicative
from assessments.scoring.categories import category_value
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.bulk import category_values, multiplicative_scores, scorer
from tests.scoring.cases import points, ratings

ETA = D("0.01")
RATIOS = ((1, 1, 1), (2, 1, 1), (0, 1, 0))


@settings(deadline=None, max_examples=80)
@given(st.lists(points(7), min_size=1, max_size=5), ratings(7), st.sampled_from(["linear", "tempered"]))
def test_scorer_agrees_with_the_exact_core(rows, x, kind):
    with np.errstate(all="raise", under="ignore"):
        found = scorer(kind, x, ETA)(np.array(rows) / 10_000)
    exact = [float(common_form(kind, x, ETA).score(row)) for row in rows]
    assert found == pytest.approx(exact, abs=1e-9)


@settings(deadline=None, max_examples=80)
@given(st.lists(points(7), min_size=1, max_size=5), ratings(7))
def test_compounding_agrees_also_where_factors_are_at_one(rows, x):
    with np.errstate(all="raise", under="ignore"):
        found = scorer("multiplicative", x, ETA)(np.array(rows) / 10_000)
    assert found == pytest.approx([float(multiplicative(row, x)) for row in rows], abs=1e-9)


def test_zero_to_the_zero_is_one():
    shares = np.array([[0.0, 1.0], [0.0001, 0.9999], [1.0, 0.0]])
    assert multiplicative_scores(shares, np.array([1.0, 0.2])) == pytest.approx([0.2, 1, 1])


def test_another_aggregator_is_refused():
    with pytest.raises(ScoringError) as caught:
        scorer("cubic", [D("0.5")], ETA)
    assert caught.value.code == "E_MODE"


@settings(deadline=None, max_examples=50)
@given(st.lists(ratings(9), min_size=1, max_size=4), st.sampled_from(["mean", "rms"]))
def test_category_values_agree_with_the_exact_core(rows, rule):
    components = np.array(rows, dtype=float).reshape(-1, 3, 3)
    exact = [
        [float(category_value(row[3 * k : 3 * k + 3], ratios, rule)) for k, ratios in enumerate(RATIOS)] for row in rows
    ]
    assert category_values(components, RATIOS, rule) == pytest.approx(np.array(exact), abs=1e-9)
