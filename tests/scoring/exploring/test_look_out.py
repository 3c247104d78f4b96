"""The look-out: alike answers, late answers, concentration. Each beside what chance gives, and no oftener than told."""

from decimal import Decimal as D
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.arithmetic import POINTS, apportion
from assessments.scoring.elicitation import points_from_ratios
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring import alike, late
from assessments.scoring.exploring.concentration import concentration
from assessments.scoring.exploring.shapley import shapley
from assessments.scoring.parameters_look_out import LookOutParameters
from tests.scoring.cases import points
from tests.scoring.exploring.parties import FORM, START, WORKED, linear, parties, party, worked_run

NUMBERS = (100, 80, 60, 40, 20, 0)


def compared(generator, size=4):
    """An answer as somebody gives it who puts one thing first and says the rest without looking at anybody."""
    first = int(generator.integers(size))
    numbers = [100 if item == first else int(generator.choice(NUMBERS)) for item in range(size)]
    return points_from_ratios([D(number) for number in numbers])


def test_answers_that_differ_only_in_their_total_are_alike():
    steps = alike.read_steps([(5000, 2500, 2500, 0), (4998, 2502, 2500, 0), (2500, 5000, 2500, 0)], 0.05)
    assert steps.tolist() == [[20, 10, 10, 0], [20, 10, 10, 0], [10, 20, 10, 0]]
    assert alike.largest_alike(steps) == 2


def test_a_wider_step_calls_more_answers_alike():
    answers = [(5000, 2500, 2500, 0), (4800, 2600, 2600, 0)]
    assert [alike.largest_alike(alike.read_steps(answers, within)) for within in (0.01, 0.25)] == [1, 2]


def test_shuffling_keeps_what_each_item_got_and_what_stood_first():
    steps = alike.read_steps([compared(np.random.default_rng(seed)) for seed in range(40)], 0.05)
    leading = steps == steps.max(axis=1, keepdims=True)
    mixed = alike._shuffled(steps, [np.flatnonzero(~column) for column in leading.T], np.random.default_rng(3))
    assert (np.sort(mixed, axis=0) == np.sort(steps, axis=0)).all()
    assert ((mixed == mixed.max(axis=1, keepdims=True)) == leading).all()
    assert (mixed != steps).any()


def test_copied_answers_are_more_than_chance_gives():
    generator = np.random.default_rng(7)
    answers = [compared(generator, 7) for _ in range(30)] + [
        points_from_ratios([D(n) for n in (100, 80, 0, 60, 20, 40, 80)])
    ] * 10
    steps = alike.read_steps(answers, 0.05)
    observed = alike.largest_alike(steps)
    assert observed >= 10
    assert alike.as_many_by_chance(steps, observed, 200, (1, 2)) == 0


def test_honest_answers_are_flagged_no_oftener_than_the_policy_says():
    """1 in 20 wanted: of 200 groups of honest people at most what a binomial with 5 % gives in 999 of 1000 tries."""
    flagged = 0
    for number in range(200):
        generator = np.random.default_rng(number)
        steps = alike.read_steps([compared(generator) for _ in range(20)], 0.05)
        observed = alike.largest_alike(steps)
        flagged += (1 + alike.as_many_by_chance(steps, observed, 99, (number,))) / 100 <= 0.05
    assert flagged <= 21


def test_no_answers_are_refused():
    with pytest.raises(ScoringError) as refused:
        alike.read_steps([], 0.05)
    assert refused.value.code == "E_EMPTY"


@given(st.lists(points(4), min_size=2, max_size=12), st.data())
def test_the_move_is_the_distance_of_two_means(answers, data):
    is_late = data.draw(
        st.lists(st.booleans(), min_size=len(answers), max_size=len(answers)).filter(lambda x: not all(x))
    )
    early = [answer for answer, one in zip(answers, is_late, strict=True) if not one]
    whole, rest = ([F(sum(column), len(rows)) for column in zip(*rows, strict=True)] for rows in (answers, early))
    distance = sum(abs(a - b) for a, b in zip(whole, rest, strict=True)) / (2 * POINTS)
    assert late.moved_by_late(answers, is_late) == pytest.approx(float(distance))
    assert late.without_late(answers, is_late) == apportion([sum(column) for column in zip(*early, strict=True)])


def test_late_answers_from_elsewhere_are_farther_than_chance_gives():
    answers = [(4000, 2000, 2000, 2000)] * 20 + [(500, 500, 500, 8500)] * 10
    is_late = [False] * 20 + [True] * 10
    assert late.moved_by_late(answers, is_late) > 0.2
    assert late.as_far_by_chance(answers, is_late, 200, (4,)) == 0


def test_late_answers_like_the_others_are_flagged_no_oftener_than_told():
    flagged = 0
    for number in range(200):
        generator = np.random.default_rng(number)
        answers = [compared(generator) for _ in range(20)]
        is_late = [place < 6 for place in range(20)]
        flagged += (1 + late.as_far_by_chance(answers, is_late, 99, (number,))) / 100 <= 0.05
    assert flagged <= 21


def test_one_answer_for_all_moves_nothing_and_chance_always_does_as_much():
    answers, is_late = [(2500, 2500, 2500, 2500)] * 12, [True] * 6 + [False] * 6
    assert late.moved_by_late(answers, is_late) == 0
    assert late.as_far_by_chance(answers, is_late, 50, (1,)) == 50


def test_nobody_early_is_refused():
    for act in (late.moved_by_late, late.without_late):
        with pytest.raises(ScoringError) as refused:
            act([(2500, 2500, 2500, 2500)], [True])
        assert refused.value.code == "E_EMPTY"


@pytest.mark.parametrize("count", [alike.as_many_by_chance, None])
def test_the_same_seed_gives_the_same_count(count):
    generator = np.random.default_rng(1)
    answers = [compared(generator) for _ in range(25)]
    if count:
        steps = alike.read_steps(answers, 0.05)
        found = {count(steps, 2, 50, (9, 1)) for _ in range(2)}
    else:
        found = {late.as_far_by_chance(answers, [place < 8 for place in range(25)], 50, (9, 1)) for _ in range(2)}
    assert len(found) == 1


def test_shares_of_the_moves_add_up_to_one():
    run = worked_run()
    found = concentration(FORM, run.pooled, WORKED, shapley(FORM, WORKED, START).shares, START)
    assert sum(found.moved) == 1
    assert len(found.people) == len(WORKED)


def test_few_people_of_a_small_group_tip_a_score_that_lies_near_a_line():
    """z = .495, the line .5 is .005 away; one group, all weight on it, reach up .505: 5 * .005 / .5 rounds up to 1."""
    form = linear("1", "0")
    groups = (party(*[(4950, 5050)] * 5),)
    found = concentration(form, (4950, 5050), groups, (F(1, 10),), START)
    assert (found.people, found.moved) == ((1,), (F(1),))


def test_a_score_that_nobody_moved_has_no_shares():
    groups = parties([(5000, 5000)] * 5, [(5000, 5000)] * 5)
    found = concentration(linear("1", "1"), (5000, 5000), groups, (F(0), F(0)), START)
    assert found.moved == (0, 0)
    assert found.people == (None, None)


def test_a_delegate_decides_for_the_people():
    groups = (party((4950, 5050), adopted=True),)
    assert concentration(linear("1", "0"), (4950, 5050), groups, (F(1),), START).people == (None,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"alike_within": D("0.001")}, {"chance": D(0)}, {"chance": D("0.5")}, {"late_hours": 0}, {"late_hours": 721},
        {"late_line": D("1.1")}, {"one_group_line": D("-0.1")}, {"fewest_people": 0},
    ],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(ScoringError) as refused:
        LookOutParameters(**wrong)
    assert refused.value.code == "E_RANGE"
