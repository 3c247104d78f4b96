"""The least share of voice that must move."""

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assessments.scoring.aggregators import common_form
from assessments.scoring.change import Change
from assessments.scoring.exploring.finding import NOBODY, OUT_OF_REACH, Finding
from assessments.scoring.exploring.voice_change import least_voice_change
from tests.scoring.cases import ratings
from tests.scoring.exploring.parties import FORM, PAPER, WORKED, any_parties, linear, parties

EDGES = linear("1", "0")


def test_by_hand():
    two = parties([(8000, 2000)], [(2000, 8000)])
    assert least_voice_change(EDGES, two, D("0.56"), upward=True) == Finding(Change(1000, 0, ((1, 1000),)))
    assert least_voice_change(EDGES, two, D("0.44"), upward=False) == Finding(Change(1000, 1, ((0, 1000),)))


def test_worked_example_to_the_line_of_measures():
    """Industry (5) would have to take over: first all of Communities' voice, then part of Academia's."""
    change = least_voice_change(FORM, WORKED, D("0.6"), upward=False).value
    assert (change.into, [giver for giver, _ in change.taken]) == (5, [4, 6])


def test_no_group_lies_beyond_the_line():
    assert least_voice_change(FORM, WORKED, D("0.7"), upward=True) == Finding(None, OUT_OF_REACH)


def test_all_agree_and_nobody():
    same = parties([(6000, 4000)], [(6000, 4000)])
    assert least_voice_change(EDGES, same, D("0.6"), upward=True) == Finding(Change(0, 0, ()))
    assert least_voice_change(EDGES, same, D("0.7"), upward=True) == Finding(None, OUT_OF_REACH)
    assert least_voice_change(EDGES, (), D("0.7"), upward=True) == Finding(None, NOBODY)


@settings(deadline=None, max_examples=50)
@given(any_parties(least=2), ratings(), st.integers(1, 9999))
def test_the_change_is_the_optimum_of_the_linear_programme(groups, x, line):
    """P18 for voices: least moved voice that reaches the line, rounded up to whole points."""
    form, target = common_form("linear", x, PAPER.eta), line / 10_000
    z = [float(form.inner(group.points)) for group in groups]
    voices = [group.voice / 10_000 for group in groups]
    count = len(groups)
    # new voices and the gain of each, so that half of the sum of gains and losses is what moved
    rows = [[-v for v in z] + [0] * count]
    rows += [[int(i == k) for i in range(count)] + [-int(i == k) for i in range(count)] for k in range(count)]
    best = linprog([0] * count + [1] * count, rows, [-target, *voices], [[1] * count + [0] * count], [1])
    found = least_voice_change(form, groups, D(line).scaleb(-4), upward=True)
    if not best.success:
        assert found.reason == OUT_OF_REACH
    elif found.value is not None:
        assert 0 <= found.value.points / 10_000 - best.fun < count / 10_000 + 1e-7
    else:
        assert max(z) == pytest.approx(target, abs=1e-6)  # within the solver's tolerance of the edge
