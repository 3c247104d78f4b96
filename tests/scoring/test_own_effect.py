"""What one person's answers alone would do."""

from decimal import Decimal as D

import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.own_effect import Move, own_effect
from assessments.scoring.parameters import Parameters
from assessments.scoring.schemes import CLASSIC, TAXONOMY
from tests.scoring.cases import ONE_HOT, WORKED_RATINGS, worked_points

PAPER = Parameters()


def test_worked_example_says_69_66_and_72():
    found = own_effect(CLASSIC, "linear", worked_points("AC"), WORKED_RATINGS, PAPER)
    assert (found.score, found.compounding) == (D("0.6885"), D("0.7193"))
    assert found.strongest_move == Move("I", "E", 1000, D("0.6585"))
    assert [(move.target, move.score) for move in found.moves] == [
        ("E", D("0.6585")),
        ("R", D("0.7035")),
        ("X", D("0.6735")),
    ]
    assert found.factors_at_one == ()


def test_factor_at_one_is_named_only_with_weight():
    ratings = (D(1), D("0.2"), D(1), D("0.2"))
    found = own_effect(CLASSIC, "linear", (0, 0, 1, 9999), ratings, PAPER)
    assert (found.factors_at_one, found.compounding) == (("R",), D(1))


def test_single_factor_of_seven():
    ratings = tuple(D(value) / 10 for value in range(1, 8))
    found = own_effect(TAXONOMY, "tempered", ONE_HOT[6], ratings, PAPER)
    assert (found.score, len(found.moves), found.strongest_move.target) == (D("0.7000"), 6, "DI")


@pytest.mark.parametrize(
    ("points", "ratings", "code"),
    [
        ((10_000, 0), WORKED_RATINGS, "weights_count"),
        ((1, 0, 0, 0), WORKED_RATINGS, "E_SUM"),
        ((2500,) * 4, WORKED_RATINGS[:3], "E_SHAPE"),
        ((2500,) * 4, (D(2),) * 4, "E_RANGE"),
    ],
)
def test_own_effect_refuses(points, ratings, code):
    with pytest.raises(ScoringError) as caught:
        own_effect(CLASSIC, "linear", points, ratings, PAPER)
    assert caught.value.code == code
