"""The look-out for manipulation after a round: flags for people to follow, with what chance alone gives.

It reads single answers and writes down none: distances, chances and numbers of people in steps of five. Nobody is
removed by a flag, and no score changes.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from assessments.scoring.arithmetic import Points, half_up, text
from assessments.scoring.exploring import alike, late
from assessments.scoring.exploring.concentration import concentration
from assessments.scoring.exploring.coordination import coordination
from assessments.scoring.exploring.geometric_median import geometric_median
from assessments.scoring.exploring.present import PresentGroup, pool_of
from assessments.scoring.exploring.shapley import MOST_GROUPS, shapley
from assessments.scoring.lines import level_of
from assessments.scoring.parameters_json import to_plain
from assessments.scoring.pooling import BY_MEAN
from assessments.scoring.record import canonical_bytes, number_text
from deliberation.computing.answers import Answered, answers_of
from deliberation.computing.subject import Published

Json = dict[str, Any]
RECORD = "lastvote.look_out"
RECORD_VERSION = 1
MEDIAN, ALIKE, LATE, ONE_GROUP = "median", "alike", "late", "one_group"
DRAWS_A_UNIT = 256
"""Small enough that a unit takes about a second for a group of 5,000."""
BAND = 5
"""Numbers of people are told in steps of five."""
PLACES = 2


class LookOut:
    """One published round that is looked at: its answers by group, and the numbers of its policy."""

    def __init__(self, found: Published) -> None:
        self.found = found
        self.numbers = found.rules.look_out
        self.exploring = found.score.parameters.exploring
        self.least = found.score.parameters.minimum_answers

    @cached_property
    def answers(self) -> dict[str, list[Answered]]:
        """The answers of the groups whose position is the mean of this round's answers; no other group is looked at."""
        found = answers_of(self.found.weight_round, self.numbers.late_hours)
        return {row.group.code: found[row.group.code] for row in self.found.score.counted if row.how == BY_MEAN}

    def units(self) -> list[list[Any]]:
        """Name the pieces of work: the centres, then blocks of draws by group, then what hangs on single groups."""
        blocks = range(-(-self.exploring.draws // DRAWS_A_UNIT))
        checks = [[check, code, block] for code in self.answers for check in (ALIKE, LATE) for block in blocks]
        return [[MEDIAN], *checks, [ONE_GROUP]]

    def work_out(self, unit: Sequence[Any]) -> Any:
        """Do one piece of work; a block of draws gives how many came as far, nothing where it cannot be tried."""
        what, *rest = unit
        if what == MEDIAN:
            return self._median()
        if what == ONE_GROUP:
            return self._one_group()
        code, block = rest
        draws = min(DRAWS_A_UNIT, self.exploring.draws - block * DRAWS_A_UNIT)
        seed = (self.exploring.seed, list(self.answers).index(code), block)
        return self._alike_draws(code, draws, seed) if what == ALIKE else self._late_draws(code, draws, seed)

    def result(self, units: Sequence[Sequence[Any]], parts: Sequence[Any]) -> str:
        """Write the report down with everything it rests on."""
        found = self.found
        as_far: dict[tuple[str, str], int | None] = {}
        for unit, part in zip(units, parts, strict=True):
            if unit[0] in (ALIKE, LATE):
                key = (unit[0], unit[1])
                as_far[key] = None if part is None else (as_far.get(key) or 0) + part
        single = {unit[0]: part for unit, part in zip(units, parts, strict=True) if len(unit) == 1}
        return canonical_bytes(
            {
                "record": RECORD,
                "version": RECORD_VERSION,
                "round_record": found.weight_round.record.reference,
                "policy": found.score.assessment.policy.reference,
                "numbers": to_plain(self.numbers)
                | {"median_line": number_text(self.exploring.median_line), "draws": self.exploring.draws,
                   "seed": self.exploring.seed},
                "median_level_differs": single[MEDIAN]["level_differs"],
                "late_level_differs": self._late_level_differs(),
                "groups": [
                    {
                        "group": code,
                        MEDIAN: single[MEDIAN]["groups"][code],
                        ALIKE: self._alike(code, as_far[ALIKE, code]),
                        LATE: self._late(code, as_far[LATE, code]),
                    }
                    for code in self.answers
                ],
                "not_looked_at": [
                    {"group": row.group.code, "because": row.how}
                    for row in found.score.groups
                    if row.group.code not in self.answers
                ],
                ONE_GROUP: single[ONE_GROUP],
                "comparisons": sum(count is not None for count in as_far.values()),
            }
        ).decode()  # fmt: skip

    # --- The middle against the mean ----------------------------------------------------------------------------

    def _median(self) -> Json:
        found, groups = self.found, self.found.groups
        centres = [
            geometric_median([one.points for one in self.answers[group.code]]) if group.code in self.answers else None
            for group in groups
        ]
        line = self.exploring.median_line
        seen = coordination(found.run.form, groups, centres, found.run.lines[-1], line)
        apart = {group.code: distance for group, distance in zip(groups, seen.apart, strict=True)}
        return {
            "level_differs": seen.level_differs,
            "groups": {
                code: {"flag": code in seen.far, "distance": text(apart[code], PLACES)} for code in self.answers
            },
        }

    # --- Alike answers ------------------------------------------------------------------------------------------

    def _free(self, code: str) -> list[Points]:
        """Answers whose form leaves enough room that equal ones mean something."""
        return [one.points for one in self.answers[code] if one.free]

    def _alike_draws(self, code: str, draws: int, seed: Sequence[int]) -> int | None:
        answers = self._free(code)
        if len(answers) < self.least:
            return None
        steps = alike.read_steps(answers, float(self.numbers.alike_within))
        return alike.as_many_by_chance(steps, alike.largest_alike(steps), draws, seed)

    def _alike(self, code: str, as_many: int | None) -> Json:
        answers = self._free(code)
        if as_many is None:
            return {"why_not": "too_few"}
        size = alike.largest_alike(alike.read_steps(answers, float(self.numbers.alike_within)))
        chance = self._chance(as_many)
        flag = chance <= Fraction(self.numbers.chance) and size >= self.least
        return {"flag": flag, "at_least": band(size), "of": band(len(answers)), "chance": text(chance)}

    # --- Late answers -------------------------------------------------------------------------------------------

    def _timed(self, code: str) -> tuple[list[Points], list[bool]] | None:
        """Points and lateness of a group's answers; nothing where either side is too few."""
        answers = self.answers[code]
        is_late = [one.late for one in answers]
        if min(sum(is_late), len(is_late) - sum(is_late)) < self.least:
            return None
        return [one.points for one in answers], is_late

    def _late_draws(self, code: str, draws: int, seed: Sequence[int]) -> int | None:
        timed = self._timed(code)
        return None if timed is None else late.as_far_by_chance(*timed, draws, seed)

    def _late(self, code: str, as_far: int | None) -> Json:
        timed = self._timed(code)
        if timed is None or as_far is None:
            return {"why_not": "too_few"}
        moved, chance = Fraction(late.moved_by_late(*timed)), self._chance(as_far)
        flag = chance <= Fraction(self.numbers.chance) and moved > Fraction(self.numbers.late_line)
        return {"flag": flag, "at_least": band(sum(timed[1])), "distance": text(moved, PLACES), "chance": text(chance)}

    def _late_level_differs(self) -> bool:
        """Whether the level would differ without the late answers, in the groups in which they can be left out."""
        found, lines = self.found, self.found.run.lines[-1]
        timed = {code: self._timed(code) for code in self.answers}
        early = {code: late.without_late(*answers) for code, answers in timed.items() if answers}
        groups = [replace(group, points=early.get(group.code, group.points)) for group in found.groups]
        pools = [pool_of(found.groups), pool_of(groups)]
        return len({level_of(half_up(found.run.form.score(pool)), lines) for pool in pools if pool}) > 1

    # --- What hangs on single groups ----------------------------------------------------------------------------

    def _one_group(self) -> list[Json] | None:
        found, lines = self.found, self.found.run.lines[-1]
        if len(found.groups) > MOST_GROUPS:
            return None
        shares = shapley(found.run.form, found.groups, lines).shares
        hangs = concentration(found.run.form, found.run.pooled, found.groups, shares, lines)
        rows = zip(found.groups, hangs.moved, hangs.people, strict=True)
        return [self._hanging(group, moved, people) for group, moved, people in rows]

    def _hanging(self, group: PresentGroup, moved: Fraction, people: int | None) -> Json:
        return {
            "group": group.code,
            "moved": text(moved, PLACES),
            "moved_flag": moved > Fraction(self.numbers.one_group_line),
            "people": people,
            "people_flag": people is not None and people < self.numbers.fewest_people,
        }

    def _chance(self, as_far: int) -> Fraction:
        """How often chance alone comes as far; what was observed counts as one more draw, so that it is never 0."""
        return Fraction(1 + as_far, 1 + self.exploring.draws)


def band(people: int) -> int:
    """Return a number of people, cut down to a step of five; 0 stands for fewer than five."""
    return people // BAND * BAND
