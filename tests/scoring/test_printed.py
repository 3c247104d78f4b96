"""Every equation of the paper as printed, by a number worked out by hand; and a way from the page to code and test."""

import re
from decimal import Decimal as D
from decimal import localcontext
from pathlib import Path

import numpy as np
import pytest

from assessments.scoring import printed
from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.polynomial import Coefficients

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
NUMBERS = ("2", "3", "4", "5", "6h", "7a", "7b", "8a", "8b", "9", "10", *(str(n) for n in range(14, 21)))


def test_linear():
    """Eq. (2)."""
    assert printed.eq_2((5000, 2500, 2500, 0), [D("0.4"), D("0.8"), D("0.2"), D(1)]) == D("0.45")


def test_multiplicative():
    """Eq. (3): 1 - sqrt(0.5)."""
    assert abs(printed.eq_3((5000, 5000, 0, 0), [D("0.5"), D(0), D(1), D(1)]) - (1 - D("0.5").sqrt())) < D("1e-25")


def test_polynomial_knows_no_stakeholder_and_gives_a_half_to_nothing():
    """Eq. (4): off-diagonal entries act twice, 0.3 x 2 x 0.5 x 0.5 = 0.15."""
    half = Coefficients(0.0, np.zeros(2), np.array([[0, 0.3], [0.3, 0]]))
    assert printed.eq_4(np.array([[0.5, 0.5], [0.0, 0.0]]), half) == pytest.approx([1 / (1 + np.exp(-0.15)), 0.5])


def test_objective_counts_the_constant_and_both_halves_of_the_matrix():
    """Eq. (5): the loss of one case, 0.1 x 0.5 - 0.005, and 0.01 (1 + 4 + 2 x 9)."""
    history = LabelledHistory(("a", "b"), np.array([[0.0, 0.0]]), np.array([0.0]))
    theta = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert printed.eq_5(history, theta) == pytest.approx(0.045)
    theta = np.array([0.0, 2.0, 0.0, 0.0, 3.0, 0.0])
    assert printed.eq_5(history, theta) == pytest.approx(0.045 + 0.01 * (4 + 18))
    far = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert printed.eq_5(history, far) == pytest.approx(0.1 / (1 + np.exp(-1)) - 0.005 + 0.01)


def test_loss_is_square_near_and_straight_far():
    """Eq. (6H) with delta 0.1."""
    assert printed.eq_6h(np.array([0.05, -0.3])) == pytest.approx([0.00125, 0.025])


def test_utility():
    """Eq. (7a)."""
    assert printed.eq_7a(D("-0.2"), D("0.4"), D("0.5"), (D(1), D("0.5"), D(2))) == D(1)
    with localcontext(prec=1):
        assert printed.eq_7a(D("-0.25"), D("0.4"), D("0.5"), (D(1), D("0.5"), D(2))) == D("0.95")


def test_voices_have_no_cap():
    """Eq. (7b): 25 nats leave nothing to the others, and a shift changes nothing."""
    assert printed.eq_7b([D(25), D(0)])[1] < D("1e-10")
    assert printed.eq_7b([D(7), D(7), D(7), D(7)]) == (D("0.25"),) * 4
    with pytest.raises(ScoringError, match="no groups"):
        printed.eq_7b([])


def test_lines_move_between_their_ends():
    """Eq. (8a), (8b), (10) at a third of the way: phi = 7/27."""
    third = D(1) / 3
    assert printed.eq_10(D("0.5")) == D("0.5")
    assert printed.eq_8a(D("0.5"), D("0.8"), D("0.75")) == D("0.7750")
    assert printed.eq_8b(D("0.5"), D("0.01"), D("0.05")) == D("0.0300")
    assert printed.eq_8a(third, D("0.5"), D("0.6")) == D("0.5259")


def test_trigger_never_looks_at_the_case():
    """Eq. (9): 2 of 100 past scores over the line are enough for alpha 0.01, and for no stricter one."""
    past = [D("0.1")] * 98 + [D("0.9")] * 2
    assert printed.eq_9(past, D("0.8"), D("0.01"))
    assert not printed.eq_9(past, D("0.8"), D("0.05"))


@pytest.mark.parametrize("number", range(14, 21))
def test_category_forgets_how_much_harm_there_is(number):
    """Eq. (14)-(20), one rule: slight harm and total harm give the same."""
    equation = getattr(printed, f"eq_{number}")
    slight, total = (equation([D(value)] * 3, [1, 1, 1]) for value in ("0.01", "1"))
    assert abs(slight - total) < D("1e-25")


@pytest.mark.parametrize("number", NUMBERS)
def test_equation_stands_in_code_on_the_page_and_in_a_test(number):
    assert callable(getattr(printed, f"eq_{number}"))
    spelled = number.upper() if number == "6h" else number
    in_a_range = number.isdecimal() and 14 <= int(number) <= 20
    wanted = "(14)-(20)" if in_a_range else f"({spelled})"
    assert wanted in PAGE
    assert wanted in Path(__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize("number", range(1, 33))
def test_definition_stands_on_the_page_in_code_and_in_tests(number):
    assert covers(PAGE, number), "the page"
    core = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "assessments").rglob("*.py"))
    assert covers(core, number), "the code"
    tests = (path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))
    assert covers("".join(path.read_text(encoding="utf-8") for path in tests), number), "the tests"


def covers(text, number):
    """Whether a definition is named, by itself or within a range such as D13-D15 or D13 to D15."""
    if re.search(rf"\bD{number}\b", text):
        return True
    ranges = re.findall(r"\bD(\d+)(?:-| to )D(\d+)\b", text)
    return any(int(low) <= number <= int(high) for low, high in ranges)
