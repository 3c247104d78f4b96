"""Timing of two ways to the same result, turn by turn in one process, so that both meet the same machine."""

import statistics
import time
from collections.abc import Callable, Mapping

from bench import figures

Work = Callable[[], object]


def milliseconds(ways: Mapping[str, Work], *, repeats: int) -> dict[str, list[float]]:
    """Run every way once to warm up, then in turns; return its times by name."""
    for work in ways.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, work in ways.items():
            started = time.perf_counter()
            work()
            taken[name].append(1000 * (time.perf_counter() - started))
    return taken


def ratio(taken: Mapping[str, list[float]], over: str, under: str) -> float:
    """Median of one way divided by the median of another."""
    return statistics.median(taken[over]) / statistics.median(taken[under])


def show(taken: Mapping[str, list[float]]) -> None:
    """Print the times of every way."""
    for name, values in taken.items():
        figures.line(name, figures.spread(values, " ms", places=2))
