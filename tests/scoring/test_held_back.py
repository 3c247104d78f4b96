"""When an earlier position stands: too few changed, or two means together would tell somebody's share."""

import itertools
import random

import numpy as np
import pytest
from scipy.optimize import linprog

from assessments.scoring.arithmetic import POINTS
from assessments.scoring.errors import ScoringError
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.held_back import PINNED, Comparison, is_held_back, tells_a_share

EVEN = (2500, 2500, 2500, 2500)
FIRST = (10000, 0, 0, 0)
SECOND = (0, 10000, 0, 0)
MIXED = [(4000, 3000, 2000, 1000), (1000, 2000, 3000, 4000), (3000, 1000, 4000, 2000), (2000, 4000, 1000, 3000), EVEN]


def compare(before, now, size=4):
    """Compare two lists of answers whose places are the same people; None where somebody is in one only."""
    kept = sum(one is not None and one == two for one, two in zip(before, now, strict=True))
    changed = sum(one != two for one, two in zip(before, now, strict=True))
    sums = [GroupSums.of((row for row in rows if row is not None), size) for rows in (before, now)]
    return Comparison(sums[0], sums[1], kept=kept, changed=changed)


def held(before, now):
    return is_held_back([compare(before, now)], 5)


def test_nothing_published_before_holds_nothing_back():
    assert is_held_back([], 5) is False


@pytest.mark.parametrize(("changing", "expected"), [(4, True), (5, False)])
def test_a_mean_moves_once_five_answers_really_differ(changing, expected):
    before = MIXED * 2
    now = [MIXED[(place + 1) % 5] if place < changing else points for place, points in enumerate(before)]
    assert held(before, now) is expected


def test_who_joined_and_who_left_count_as_changed():
    before = [*MIXED, *MIXED, None, None]
    now = [*MIXED[:4], None, *MIXED[:3], None, None, MIXED[4], EVEN]
    assert compare(before, now).changed == 5
    assert held(before, now) is False


def test_an_answer_sent_again_as_it_was_is_no_change():
    before = MIXED * 2
    assert compare(before, list(before)).changed == 0
    assert held(before, list(before)) is True


def test_five_who_all_move_to_one_thing_are_told_by_the_difference():
    before = [SECOND] * 5 + [EVEN] * 5
    now = [FIRST] * 5 + [EVEN] * 5
    assert compare(before, now).changed == 5
    assert tells_a_share(compare(before, now)) is True
    assert held(before, now) is True


def test_a_factor_that_nobody_weighed_before_or_since_was_no_secret():
    before = [(5000, 3000, 2000, 0), (2000, 3000, 5000, 0), (3000, 5000, 2000, 0), (4000, 3000, 3000, 0)] * 2
    now = [(3000, 5000, 2000, 0), (4000, 3000, 3000, 0), (2000, 3000, 5000, 0), (5000, 3000, 2000, 0)] * 2
    assert held(before, now) is False


def test_a_factor_that_everybody_gives_up_is_told():
    before = [(5000, 3000, 1000, 1000)] * 4 + [(2000, 4000, 3000, 1000)] * 4
    now = [(6000, 3000, 1000, 0)] * 4 + [(2000, 5000, 3000, 0)] * 4
    assert held(before, now) is True


def test_every_earlier_publication_counts_not_only_the_last():
    first = MIXED * 2
    second = [EVEN if place in (0, 1, 2, 3, 5) else points for place, points in enumerate(first)]
    third = list(first)
    assert is_held_back([compare(second, third)], 5) is False
    assert is_held_back([compare(second, third), compare(first, third)], 5) is True


@pytest.mark.parametrize(("kept", "changed", "code"), [
    (6, 5, "E_RANGE"), (2, 2, "E_RANGE"), (2, 7, "E_RANGE"), (-1, 5, "E_RANGE"), (5, 0, "E_SUM"),
])  # fmt: skip
def test_counts_that_do_not_belong_to_the_sums_are_refused(kept, changed, code):
    sums = [GroupSums.of([points] * 5, 4) for points in (FIRST, SECOND)]
    with pytest.raises(ScoringError) as refused:
        Comparison(*sums, kept=kept, changed=changed)
    assert refused.value.code == code


def test_publications_about_other_factors_are_refused():
    with pytest.raises(ScoringError) as refused:
        Comparison(GroupSums.of([EVEN] * 5, 4), GroupSums.of([(10000, 0)] * 5, 2), kept=0, changed=5)
    assert refused.value.code == "E_SHAPE"


# --- Against a solver that knows nothing of the closed form -----------------------------------------------------


def polytope(compared):
    """Equations over every member's every share: rows of 1, and the sums of both publications."""
    sizes = (compared.before.n - compared.kept, compared.kept, compared.now.n - compared.kept)
    people, width = sum(sizes), compared.now.size
    kinds = [kind for kind, size in enumerate(sizes) for _member in range(size)]
    rows, right = [], []
    for member in range(people):
        rows.append([float(place // width == member) for place in range(people * width)])
        right.append(1.0)
    for sums, counted in ((compared.before, (0, 1)), (compared.now, (1, 2))):
        for factor in range(width):
            rows.append([
                float(place % width == factor and kinds[place // width] in counted) for place in range(people * width)
            ])  # fmt: skip
            right.append(sums.s[factor] / POINTS)
    return np.array(rows), np.array(right), kinds


def ranges_by_solver(compared):
    """(kind, factor) -> (low, high) of one member's share."""
    rows, right, kinds = polytope(compared)
    width = compared.now.size
    found = {}
    for kind, factor in itertools.product(sorted(set(kinds)), range(width)):
        cost = np.zeros(len(kinds) * width)
        cost[kinds.index(kind) * width + factor] = 1
        ends = [linprog(sign * cost, A_eq=rows, b_eq=right, bounds=(0, 1)).fun * sign for sign in (1, -1)]
        found[kind, factor] = tuple(ends)
    return found


ALIKE = [(10000, 0, 0), (0, 10000, 0), (0, 0, 10000), (9500, 500, 0), (200, 300, 9500)]
APART = [(3334, 3333, 3333), (8000, 1000, 1000), (5000, 5000, 0)]


def random_pair(rng):
    """Few people, often of one mind, so that many shares are pinned."""
    before = [rng.choice(ALIKE + APART) for _member in range(rng.randint(2, 5))]
    now = [rng.choice([None, points, points, *ALIKE, *APART]) for points in before]
    joined = [rng.choice(ALIKE + APART) for _member in range(rng.randint(0, 2))]
    return [*before, *[None] * len(joined)], [*now, *joined]


def test_the_closed_form_finds_what_a_linear_programme_finds():
    rng = random.Random(2027)
    told = 0
    for _example in range(100):
        before, now = random_pair(rng)
        if not any(now):
            continue
        compared = compare(before, now, 3)
        alone = {
            which: [
                (max(0.0, sums.s[i] / POINTS - sums.n + 1), min(1.0, sums.s[i] / POINTS)) for i in range(3)
            ] for which, sums in (("before", compared.before), ("now", compared.now))
        }  # fmt: skip
        expected = False
        for (kind, factor), (low, high) in ranges_by_solver(compared).items():
            was, is_ = alone["before"][factor], alone["now"][factor]
            known_before = was[1] - was[0] <= 2 * PINNED / POINTS + 1e-9
            known_now = is_[1] - is_[0] <= 2 * PINNED / POINTS + 1e-9
            same_end = known_before and known_now and (was[0] == 0) == (is_[0] == 0)
            known = same_end if kind == 2 else known_before
            expected |= high - low <= 2 * PINNED / POINTS + 1e-7 and not known
        assert tells_a_share(compared) is bool(expected), (before, now)
        told += bool(expected)
    assert 10 <= told <= 90
