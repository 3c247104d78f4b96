"""Figures as text: every number with the spread of its repeats."""

import statistics
from collections.abc import Sequence


def spread(values: Sequence[float], unit: str = "", places: int = 1) -> str:
    """Median with least and most."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{places}f}{unit} ({low:.{places}f} to {high:.{places}f}, {len(values)} repeats)"


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least ``percent`` of all do not exceed."""
    ordered = sorted(values)
    place = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(place) - 1)]


def line(name: str, text: str) -> None:
    """Print one figure."""
    print(f"  {name:<46} {text}", flush=True)


def title(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}", flush=True)
