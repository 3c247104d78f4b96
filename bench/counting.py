"""Recomputing a score after one more answer, with few and with many answers before it."""

import statistics
import time

from django.conf import settings

from assessments.actions import scores
from bench import figures, world
from bench.world import Filled
from lastvote import clock

REPEATS = 40
AIM = 1.3


def measure(rounds: list[Filled], *, repeats: int = REPEATS) -> None:
    """Alternate between the rounds, one more answer and one recomputation each, and print times and ratio."""
    figures.title("(b) One more answer counted and scored, by the number of answers before it")
    settings.WAKE = False
    for filled in rounds:
        _verify(filled)
    taken: dict[int, list[float]] = {filled.size: [] for filled in rounds}
    for number in range(repeats + 3):
        for filled in rounds:
            world.answer(filled.stage, number)
            started = time.perf_counter()
            scores.recompute(assessment_id=filled.stage.round.assessment_id, now=clock.now())
            if number >= 3:
                taken[filled.size].append(1000 * (time.perf_counter() - started))
    for size, milliseconds in taken.items():
        figures.line(f"{size:,} answers", figures.spread(milliseconds, " ms"))
    smallest = statistics.median(taken[rounds[0].size])
    for filled in rounds[1:]:
        ratio = statistics.median(taken[filled.size]) / smallest
        figures.line(f"{filled.size:,} / {rounds[0].size:,} (aim {AIM})", f"{ratio:.2f}")
    settings.WAKE = True


def _verify(filled: Filled) -> None:
    """The sums that were loaded are those that the answers give."""
    scores.recompute(assessment_id=filled.stage.round.assessment_id, now=clock.now())
    if filled.size > 100_000:
        return
    stored = {row.group_id: (row.n, tuple(row.s), tuple(row.q)) for row in filled.stage.round.sums.all()}
    scratch = scores.sums_from_scratch(filled.stage.round)
    if stored != {pk: (one.n, one.s, one.q) for pk, one in scratch.items()}:
        raise RuntimeError("the sums loaded are not those of the answers")
