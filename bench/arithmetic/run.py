"""The parts that need neither a database nor a server."""

import sys
from importlib.util import find_spec

from bench.arithmetic import fitting, ranking, sensitivity, vectors

LIBRARIES = ("skcriteria", "pymcdm", "sklearn")


def run(only: str, *, quick: bool) -> None:
    """Measure what was asked for."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        sys.exit(f"Not installed: {', '.join(missing)}. Run: make bench")
    if "e" in only:
        vectors.measure(**({"repeats": 3} if quick else {}))
    if "f" in only:
        ranking.measure(**({"repeats": 3} if quick else {}))
    if "g" in only:
        sensitivity.measure(**({"repeats": 2} if quick else {}))
    if "h" in only:
        fitting.measure(**({"rows": 500, "repeats": 1} if quick else {}))
