"""Lines over time, levels and powers: the paper's numbers, and comparisons exactly at a line (D16, D18, D19)."""

import datetime as dt
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.arithmetic import half_up
from assessments.scoring.errors import ScoringError
from assessments.scoring.lines import (
    Powers,
    authority_source,
    level_of,
    lines_at,
    lines_in_month,
    lines_of,
    powers_of,
    transition,
    whole_months,
)
from assessments.scoring.parameters import Parameters

PAPER = Parameters()
TIMES = st.fractions(0, 1, max_denominator=1000)


def strings(values):
    return {j: str(value) for j, value in values.items()}


def test_transition_at_a_third_and_two_thirds():
    assert transition(Fraction(1, 3)) == Fraction(7, 27)
    assert transition(Fraction(2, 3)) == Fraction(20, 27)


@pytest.mark.parametrize(
    ("month", "s", "alpha"),
    [
        (0, ("0.2000", "0.5000", "0.8000"), ("0.1000", "0.0500", "0.0100")),
        (18, ("0.2156", "0.5156", "0.7922"), ("0.1078", "0.0578", "0.0163")),
        (30, ("0.2376", "0.5376", "0.7812"), ("0.1188", "0.0688", "0.0250")),
        (36, ("0.2500", "0.5500", "0.7750"), ("0.1250", "0.0750", "0.0300")),
        (48, ("0.2741", "0.5741", "0.7630"), ("0.1370", "0.0870", "0.0396")),
        (72, ("0.3000", "0.6000", "0.7500"), ("0.1500", "0.1000", "0.0500")),
        (73, ("0.3000", "0.6000", "0.7500"), ("0.1500", "0.1000", "0.0500")),
        (1200, ("0.3000", "0.6000", "0.7500"), ("0.1500", "0.1000", "0.0500")),
    ],
)
def test_lines_in_a_month(month, s, alpha):
    lines = lines_in_month(month, PAPER)
    assert strings(lines.s) == dict(zip("LMH", s, strict=True))
    assert strings(lines.alpha) == dict(zip("LMH", alpha, strict=True))


def test_phi_in_month_30():
    assert half_up(lines_in_month(30, PAPER).phi) == D("0.3762")


def test_retrospective_lines_are_those_of_both_ends():
    assert [(lines.label, lines.t) for lines in lines_of(None, PAPER)] == [("t0", 0), ("t1", 1)]
    assert [lines.label for lines in lines_of(5, PAPER)] == ["month"]


@pytest.mark.parametrize("t", [D("1.01"), D("-0.01")])
def test_time_outside_the_roadmap_is_refused(t):
    with pytest.raises(ScoringError) as caught:
        transition(t)
    assert caught.value.code == "phase_range"


@pytest.mark.parametrize(
    ("score", "level"),
    [
        ("0.1999", "none"),
        ("0.2000", "L"),
        ("0.4999", "L"),
        ("0.5000", "M"),
        ("0.7999", "M"),
        ("0.8000", "H"),
        ("1.0000", "H"),
        ("0.0000", "none"),
    ],
)
def test_level_is_reached_at_the_line(score, level):
    assert level_of(D(score), lines_at(0, PAPER)) == level


def test_same_score_in_two_months_can_have_two_levels():
    assert [level_of(D("0.55"), lines_in_month(month, PAPER)) for month in (30, 48)] == ["M", "L"]


@pytest.mark.parametrize(
    ("score", "powers"),
    [
        ("0.5999", Powers(measures=False, suspension=False, at_measures_line=False, at_suspension_line=False)),
        ("0.6000", Powers(measures=False, suspension=False, at_measures_line=True, at_suspension_line=False)),
        ("0.6001", Powers(measures=True, suspension=False, at_measures_line=False, at_suspension_line=False)),
        ("0.8000", Powers(measures=True, suspension=False, at_measures_line=False, at_suspension_line=True)),
        ("0.8001", Powers(measures=True, suspension=True, at_measures_line=False, at_suspension_line=False)),
    ],
)
def test_powers_open_only_above_the_line(score, powers):
    assert powers_of(D(score), PAPER) == powers


def test_level_and_powers_are_two_scales():
    """High without suspension at the end of the roadmap, moderate without powers at its start."""
    assert (level_of(D("0.78"), lines_at(1, PAPER)), powers_of(D("0.78"), PAPER).suspension) == ("H", False)
    assert (level_of(D("0.55"), lines_at(0, PAPER)), powers_of(D("0.55"), PAPER).measures) == ("M", False)


@pytest.mark.parametrize(
    ("month", "covered", "public", "source"),
    [
        (24, True, True, "mandate"),
        (23, True, True, "contract"),
        (24, False, True, "contract"),
        (23, True, False, "disclosure"),
    ],
)
def test_source_of_authority(month, covered, public, source):
    assert authority_source(month, PAPER, is_covered=covered, is_public_procurement=public) == source


@settings(deadline=None, max_examples=100)
@given(TIMES)
def test_transition_is_symmetric_and_lines_keep_their_order(t):
    """P15."""
    assert transition(t) + transition(1 - t) == 1
    lines = lines_at(t, PAPER)
    assert lines.s["L"] < lines.s["M"] < lines.s["H"]


@settings(deadline=None, max_examples=100)
@given(TIMES, TIMES)
def test_transition_never_falls(one, other):
    assert transition(min(one, other)) <= transition(max(one, other))


def test_months_are_whole():
    start = dt.date(2026, 1, 15)
    days = (dt.date(2026, 1, 14), start, dt.date(2026, 2, 14), dt.date(2026, 2, 15), dt.date(2027, 1, 15))
    assert [whole_months(start, day) for day in days] == [-1, 0, 0, 1, 12]
