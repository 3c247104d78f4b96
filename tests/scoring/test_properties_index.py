"""The properties that every score must have, and that each has a test which names it."""

import ast
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROPERTIES = {
    "P01": "0 <= eq. (2) <= tempered <= eq. (3) <= 1",
    "P02": "each score lies between the least and the greatest factor that has weight",
    "P03": "each score rises with every factor",
    "P04": "the order of factors does not matter",
    "P05": "eq. (3) is subadditive across factors",
    "P06": "eq. (3) is convex along each factor",
    "P07": "eq. (14) as printed stays between 1/3 and 1/sqrt 3, blind to scale",
    "P08": "mean <= root mean square <= greatest component",
    "P09": "the learned score with an even split is eq. (4), and contributions add up",
    "P10": "a learned score with no negative coefficient rises with every rating",
    "P11": "the score lies between the groups' own scores",
    "P12": "the order of groups does not matter",
    "P13": "sums of a group are exact, order-free and reversible",
    "P14": "voices sum to 1, keep within the cap and ignore a shift",
    "P15": "lines keep their order, and phi(t) + phi(1 - t) = 1",
    "P16": "the alert is never below the level",
    "P17": "the index lies in [0, 1] and is 0 only for unanimity",
    "P18": "the least change is never dearer than a single transfer",
    "P19": "Shapley shares add up",
    "P20": "one submission stays within its bounds",
    "P21": "the protective score is never below the score and grows with communities",
    "P22": "whatever silent groups send stays within the bounds",
    "P23": "the range of capped voices lies inside that of any voices",
    "P24": "the gradient is the central difference",
    "P25": "tempered runs from eq. (3) to eq. (2)",
}


def named_by_tests():
    """Numbers that stand in the docstring of a test function of the core."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in HERE.rglob("test_*.py"))
    tests = (
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
    return {number for test in tests for number in re.findall(r"\bP\d\d\b", ast.get_docstring(test) or "")}


@pytest.mark.parametrize("number", PROPERTIES)
def test_property_has_a_test(number):
    assert number in named_by_tests(), PROPERTIES[number]


def test_no_test_names_a_property_that_is_not_listed():
    assert named_by_tests() <= set(PROPERTIES)
