"""The two schemes of the paper, and what a scheme refuses."""

import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.schemes import CLASSIC, SCHEMES, TAXONOMY, Scheme


def test_classic_scheme():
    assert (CLASSIC.factors, CLASSIC.size, CLASSIC.widths) == (("I", "E", "R", "X"), 4, (1, 1, 1, 1))


def test_taxonomy_scheme():
    assert TAXONOMY.factors == ("DI", "SU", "EL", "MA", "CI", "CA", "EM")
    assert (TAXONOMY.size, TAXONOMY.widths) == (7, (3,) * 7)
    assert len({name for parts in TAXONOMY.components for name in parts}) == 21


def test_schemes_by_code():
    assert SCHEMES == {"classic": CLASSIC, "taxonomy": TAXONOMY}


@pytest.mark.parametrize(
    ("factors", "components", "code"),
    [
        (("A",), (), "E_SHAPE"),
        (("A", "A"), (), "E_SHAPE"),
        (("A", "B"), (("x",),), "E_SHAPE"),
        (("A", "B"), (("x",), ()), "E_EMPTY"),
    ],
)
def test_scheme_refused(factors, components, code):
    with pytest.raises(ScoringError) as caught:
        Scheme("own", factors, components)
    assert caught.value.code == code
