"""A labelled history checks itself once and then never changes."""

import numpy as np
import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.history import LabelledHistory
from tests.scoring.learning.histories import history


def refusal(**changes):
    good = {"factors": ("a", "b"), "ratings": [[0, 1], [0.5, 0.5]], "labels": [0, 1], "raters": [2, 3]}
    with pytest.raises(ScoringError) as caught:
        LabelledHistory(**(good | changes))
    return caught.value.code


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("E_EMPTY", {"ratings": np.zeros((0, 2)), "labels": [], "raters": []}),
        ("E_RANGE", {"ratings": [[0, 1.0000000000000002], [0, 0]]}),
        ("E_RANGE", {"ratings": [[0, -1e-300], [0, 0]]}),
        ("E_RANGE", {"labels": [0, 1.5]}),
        ("E_RANGE", {"raters": [2, -1]}),
        ("E_NONFINITE", {"ratings": [[0, float("nan")], [0, 0]]}),
        ("E_NONFINITE", {"labels": [0, float("inf")]}),
        ("E_SHAPE", {"labels": [0, 1, 1], "raters": None}),
        ("E_SHAPE", {"ratings": [[0, 1, 1], [0, 1, 1]]}),
        ("E_SHAPE", {"ratings": [0, 1]}),
        ("E_SHAPE", {"factors": ("a", "a")}),
        ("E_SHAPE", {"factors": ("a",), "ratings": [[0], [1]]}),
        ("E_SHAPE", {"raters": [2]}),
        ("E_TYPE", {"ratings": [[0, 1], [0]]}),
        ("E_TYPE", {"labels": ["high", "low"]}),
        ("E_TYPE", {"raters": [2, 1.5]}),
    ],
)
def test_bad_input_is_refused_and_never_repaired(code, changes):
    assert refusal(**changes) == code


def test_a_history_is_a_copy_that_cannot_be_written_to():
    ratings = np.array([[0.0, 1.0]])
    held = history(ratings, [0.5], raters=[2])
    ratings[0, 0] = 1
    assert held.ratings.tolist() == [[0, 1]]
    for array in (held.ratings, held.labels, held.raters):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_leaving_one_case_out():
    rest = history([[0, 0.1], [0.2, 0.3], [0.4, 0.5]], [0, 0.5, 1], raters=[1, 2, 3]).without(1)
    assert (rest.ratings.tolist(), rest.labels.tolist(), rest.raters.tolist()) == (
        [[0, 0.1], [0.4, 0.5]],
        [0, 1],
        [1, 3],
    )
    assert (rest.cases, rest.size) == (2, 2)


def test_leaving_out_the_only_case_is_refused():
    with pytest.raises(ScoringError) as caught:
        history([[0, 1]], [0.5]).without(0)
    assert caught.value.code == "E_EMPTY"
