"""How far an import is. A hint beside the run's row: nobody sees what a transaction wrote before it has ended.

The cache is the one that web processes and workers share. Where it is out of reach, a page knows the state alone.
"""

import contextlib

from django.core.cache import cache

from assessments.models import ComputationRun

KEPT_SECONDS = 600


def tell(run: ComputationRun, done: int) -> None:
    """Note how many cases are written, whether the cache is there or not: the import must not depend on it."""
    with contextlib.suppress(Exception):
        cache.set(_key(run), done, KEPT_SECONDS)


def told(run: ComputationRun) -> int:
    """Return how many cases are written, as far as anybody has heard."""
    if not run.unfinished:
        return run.steps_done
    with contextlib.suppress(Exception):
        return min(int(cache.get(_key(run), 0)), run.steps_total)
    return 0


def _key(run: ComputationRun) -> str:
    return f"cases.import:{run.token}"
