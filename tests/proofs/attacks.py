"""Histories of rounds, what is published of them, and a reader who tries to get single answers out of it (P9).

The reader is given more than is published: besides every published position and count, how many people are of each
kind, by which of the published means hold their answer. What such a reader cannot tell, nobody can who knows less.

    python -m tests.proofs.attacks --count 500 --seed 1
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.optimize import linprog

from assessments.scoring.arithmetic import POINTS, Points, apportion
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.held_back import Comparison, is_held_back

MINIMUM = 5
TOLD = 0.1
"""A share is recovered when all that it can be lies within this width: better than 0.05 on either side."""
SLACK = 1e-7

Answers: TypeAlias = dict[int, Points]
"""What stands at the end of a round, by person."""


@dataclass(frozen=True)
class Round:
    """One round of a group: its answers, who is of which community, and whether their means are told after it."""

    answers: Answers
    communities: tuple[frozenset[int], ...] = ()
    protects: bool = False


@dataclass(frozen=True)
class Mean:
    """One published mean, and the answers behind it, which the reader does not see."""

    number: int
    answers: Answers
    of_community: bool = False

    @property
    def sums(self) -> GroupSums:
        """What was added up."""
        return GroupSums.of(self.answers.values(), len(next(iter(self.answers.values()))))


# --- Histories --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Habits:
    """How the people of one group answer: over how many factors, what is popular, how many think alike."""

    rng: random.Random
    size: int
    popular: list[Points]
    alike: float

    def answer(self) -> Points:
        """Something popular, or something of one's own."""
        return self.rng.choice(self.popular) if self.rng.random() < self.alike else any_answer(self.rng, self.size)

    def change(self, own: list[Points], others: list[Points]) -> Points:
        """Go back to what one said first, say what another said, or answer anew."""
        way = self.rng.random()
        if way < 0.2:
            return own[0]
        return self.rng.choice(others) if way < 0.35 else self.answer()


def any_answer(rng: random.Random, size: int) -> Points:
    """Everything to one factor, a comparison in steps of 20, or any shares at all."""
    if rng.random() < 0.35:
        only = rng.randrange(size)
        return tuple(POINTS * (place == only) for place in range(size))
    if rng.random() < 0.5:
        return apportion([rng.choice((0, 20, 40, 60, 80, 100)) for _place in range(size - 1)] + [100])
    return apportion([int(rng.expovariate(1) * 10**6) + 1 for _place in range(size)])


def history(seed: int) -> list[Round]:
    """Two or three rounds of a small group, in every second history with communities that are told of after some."""
    rng = random.Random(seed)
    rounds = rounds_of_answers(rng)
    if not rng.randrange(2):
        return [Round(answers) for answers in rounds]
    neighbours = Neighbours(rng, max(len(answers) for answers in rounds))
    found: list[Round] = []
    for answers in rounds:
        here = neighbours.stayed(answers) if found and rng.random() < 0.3 else answers
        found.append(Round(here, neighbours.after(here), protects=rng.random() < 0.7))
    return found


class Neighbours:
    """Who is of which of two communities: written down once for most, later for some."""

    def __init__(self, rng: random.Random, most: int) -> None:
        self.rng = rng
        self.sizes = (rng.randint(4, most), rng.choice((0, 5, 6)))
        self.of: dict[int, int] = {}

    def stayed(self, answers: Answers) -> Answers:
        """Everybody leaves but a community and one or two who are in none."""
        others = [person for person in answers if self.of.get(person) != 0][-self.rng.randint(1, 2) :]
        return {person: points for person, points in answers.items() if self.of.get(person) == 0 or person in others}

    def after(self, answers: Answers) -> tuple[frozenset[int], ...]:
        """Fill the communities up with people who answer; those who left stay written down."""
        for place, size in enumerate(self.sizes):
            here = [person for person in answers if self.of.get(person) == place]
            free = [person for person in answers if person not in self.of]
            joins = max(0, size - len(here)) if not self.of or self.rng.random() < 0.5 else self.rng.choice((0, 0, 1))
            self.of |= dict.fromkeys(free[:joins], place)
        return tuple(frozenset(one for one, at in self.of.items() if at == place) for place in range(len(self.sizes)))


def rounds_of_answers(rng: random.Random) -> list[Answers]:
    """Few change, many think alike, some come, leave, are erased or go back; now and then most leave at once."""
    size = rng.choice((4, 7))
    popular = [any_answer(rng, size) for _one in range(2)] + [apportion([1] * size)]
    habits = Habits(rng, size, popular, alike=rng.choice((0.2, 0.5, 0.8)))
    restless, leaving = rng.choice((0.1, 0.4, 0.8)), rng.choice((0.08, 0.08, 0.5))
    said: dict[int, list[Points]] = {person: [habits.answer()] for person in range(rng.randint(5, 16))}
    rounds = [{person: answers[-1] for person, answers in said.items()}]
    for _round in range(rng.randint(1, 2)):
        standing = dict(rounds[-1])
        for person in list(standing):
            if rng.random() < restless:
                standing[person] = habits.change(said[person], [answers[-1] for answers in said.values()])
            elif rng.random() < leaving:
                del standing[person]  # left, withdrew or was erased
        for _joined in range(rng.choice((0, 0, 0, 1, 1, 2))):
            standing[max(said) + 1] = habits.answer()
            said[max(said) + 1] = []
        for person, points in standing.items():
            said[person].append(points)
        rounds.append(standing)
    return rounds


# --- Publications -----------------------------------------------------------------------------------------------

Rule: TypeAlias = Callable[[list[Comparison]], bool]
"""Whether a mean is held back, given what it is compared with."""


def as_published(compared: list[Comparison]) -> bool:
    """Hold back what the product holds back."""
    return is_held_back(compared, MINIMUM)


def by_count_alone(compared: list[Comparison]) -> bool:
    """Hold back only where fewer than five changed."""
    return any(one.changed < MINIMUM for one in compared)


def every_mean(compared: list[Comparison]) -> bool:
    """Hold nothing back."""
    return False


def published(rounds: list[Round], rule: Rule) -> list[Mean]:
    """The means that come out of a history: of five answers or more, and not held back."""
    means: list[Mean] = []
    standing: Mean | None = None
    for number, one in enumerate(rounds, start=1):
        mean = Mean(number, one.answers)
        if len(one.answers) >= MINIMUM and not rule([compared(before, mean) for before in means]):
            means.append(mean)
            standing = mean
        if one.protects and standing is not None:
            means += of_communities(standing, rounds[standing.number - 1].communities, means, rule)
    return means


def of_communities(group: Mean, communities: tuple[frozenset[int], ...], told: list[Mean], rule: Rule) -> list[Mean]:
    """The means of communities told beside the mean of their group, which leave no others or five (R21)."""
    found, left = [], set(group.answers)
    for members in communities:
        mean = Mean(
            group.number, {person: points for person, points in group.answers.items() if person in members}, True
        )
        rest = left - mean.answers.keys()
        if len(mean.answers) < MINIMUM or 0 < len(rest) < MINIMUM:
            continue
        left = rest
        known = [before for before in told if before.answers != mean.answers]
        if len(known) == len(told) and not rule([compared(before, mean) for before in known]):
            found.append(mean)
    return found


def compared(before: Mean, now: Mean) -> Comparison:
    """Count as the product does whose answer is in both, and whose is the same."""
    both = before.answers.keys() & now.answers.keys()
    kept = sum(before.answers[person] == now.answers[person] for person in both)
    changed = len(before.answers) + len(now.answers) - len(both) - kept
    return Comparison(before.sums, now.sums, kept=kept, changed=changed)


# --- The reader -------------------------------------------------------------------------------------------------


def recovered(means: list[Mean]) -> bool:
    """Tell whether every share of some answer lies within 0.05 of a number that the reader can name."""
    reader = Reader(means)
    return any(
        all(reader.knows(kind, members, factor) for factor in range(reader.size))
        for kind, members in enumerate(reader.kinds.values())
    )


class Reader:
    """Somebody who holds all the published means against each other, in a linear programme.

    The unknowns are the total shares of each kind of answers: those of one kind are in the same means, so they are
    alike, and any way to share the total out is possible.
    """

    def __init__(self, means: list[Mean]) -> None:
        self.means = means
        self.size = len(means[0].sums.s)
        self.kinds = kinds_of(means)
        rows, low, high = self._equations()
        self.rows = np.vstack([rows, -rows])
        self.bounds = np.concatenate([high + SLACK, SLACK - low])

    def knows(self, kind: int, members: int, factor: int) -> bool:
        """Tell whether the share of a factor in the answers of one kind is known to better than 0.05."""
        cost = np.zeros(self.rows.shape[1])
        cost[kind * self.size + factor] = 1
        low, high = (
            sign * linprog(sign * cost, A_ub=self.rows, b_ub=self.bounds, bounds=(0, None)).fun for sign in (1, -1)
        )
        return min(1.0, high) - max(0.0, low - (members - 1)) < TOLD

    def _equations(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The sums of each mean as far as rounding tells them, and that shares add up to 1."""
        rows, low, high = [], [], []
        for place, mean in enumerate(self.means):
            count = len(mean.answers)
            for factor, points in enumerate(mean.sums.position()):
                rows.append([float(place in kind and at == factor) for kind in self.kinds for at in range(self.size)])
                low.append(count * max(points - 1, 0) / POINTS)
                high.append(count * (points + 1) / POINTS)
        for kind, members in enumerate(self.kinds.values()):
            rows.append([float(place // self.size == kind) for place in range(len(self.kinds) * self.size)])
            low.append(float(members))
            high.append(float(members))
        return np.array(rows), np.array(low), np.array(high)


def kinds_of(means: list[Mean]) -> Counter[tuple[int, ...]]:
    """How many answers of each kind there are, a kind being the means that the same answer of a person is in."""
    found: Counter[tuple[int, ...]] = Counter()
    for person in {person for mean in means for person in mean.answers}:
        by_answer: dict[Points, list[int]] = {}
        for place, mean in enumerate(means):
            if person in mean.answers:
                by_answer.setdefault(mean.answers[person], []).append(place)
        found.update(tuple(places) for places in by_answer.values())
    return found


# --- Counting ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """Seeds of histories in which an answer was recovered, and those where one mean told it; means told and held.

    moved : means of a group after its first
    """

    recovered: tuple[int, ...]
    alone: tuple[int, ...]
    moved: int
    of_communities: int
    held: int


def attack(seeds: range, rule: Rule) -> Outcome:
    """Play the histories and read what is published; what one mean tells alone is counted apart."""
    series, alone, moved, of_communities, held = [], [], 0, 0, 0
    for seed in seeds:
        rounds = history(seed)
        means = published(rounds, rule)
        moved += sum(mean.number > 1 and not mean.of_community for mean in means)
        of_communities += sum(mean.of_community for mean in means)
        held += len(published(rounds, every_mean)) - len(means)
        if any(recovered([mean]) for mean in means):
            alone.append(seed)
        elif len(means) > 1 and recovered(means):
            series.append(seed)
    return Outcome(tuple(series), tuple(alone), moved, of_communities, held)


def main() -> int:
    """Attack each way of publishing and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + asked.count)
    found = {rule.__name__: attack(seeds, rule) for rule in (as_published, by_count_alone, every_mean)}
    for name, outcome in found.items():
        sys.stdout.write(
            f"{name}: {len(outcome.recovered)} of {len(seeds)} histories recovered {list(outcome.recovered)}, "
            f"{len(outcome.alone)} more by one mean alone {list(outcome.alone)}; "
            f"{outcome.moved} means moved, {outcome.of_communities} of communities, {outcome.held} held back\n"
        )
    return 1 if found["as_published"].recovered or not found["every_mean"].recovered else 0


if __name__ == "__main__":
    raise SystemExit(main())
