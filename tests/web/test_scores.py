"""Scores as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastvote.web.scores import out_of_100, percent

published = st.decimals(min_value=0, max_value=1, places=4)
LINES = [Decimal("0.6"), Decimal("0.8")]


@pytest.mark.parametrize(
    ("score", "shown"),
    [("0.6880", "68.8"), ("0.6885", "68.9"), ("0.5996", "59.9"), ("0.5995", "59.9"), ("0.6000", "60.0"),
     ("0.6004", "60.1"), ("0.6006", "60.1"), ("0.7999", "79.9"), ("0.8000", "80.0"), ("0.8001", "80.1"),
     ("0.0000", "0.0"), ("1.0000", "100.0")],
)  # fmt: skip
def test_one_decimal_on_the_right_side_of_the_line(score, shown):
    assert out_of_100(score, LINES) == shown


def test_without_lines_it_is_rounded_half_up():
    assert [out_of_100(score) for score in ("0.5996", "0.55555", "0.0005")] == ["60.0", "55.6", "0.1"]


def test_two_lines_too_close_for_one_decimal_show_all():
    assert out_of_100("0.5622", ["0.5621", "0.5624"]) == "56.22"


@given(published, st.lists(published, max_size=8))
def test_shown_score_stands_to_every_line_as_the_exact_one(score, lines):
    shown = Decimal(out_of_100(score, lines)) / 100
    for line in lines:
        assert (shown > line, shown < line) == (score > line, score < line) or (
            score == line and abs(shown - line) <= Decimal("0.0005")
        )


@given(st.integers(-30, 30), st.lists(published, min_size=1, max_size=4))
def test_around_every_line(offset, lines):
    for line in lines:
        score = min(max(line + Decimal(offset) / 10_000, Decimal(0)), Decimal(1))
        shown = Decimal(out_of_100(score, lines))
        assert not (score < line and shown >= line * 100)
        assert not (score > line and shown <= line * 100)


@given(published, st.lists(published, max_size=8))
def test_shown_score_is_near_the_exact_one(score, lines):
    assert abs(Decimal(out_of_100(score, lines)) - score * 100) <= Decimal("0.15")


@pytest.mark.parametrize(
    ("points", "shown"),
    [(0, "0"), (1, "1"), (49, "1"), (3846, "38"), (3850, "39"), (9950, "99"), (9999, "99"), (10_000, "100")],
)
def test_only_nothing_is_none_and_only_everything_is_all(points, shown):
    assert percent(points) == shown
