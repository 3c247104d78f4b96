"""Doing many things at the same moment, on as many threads, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections

CONNECTIONS = 40
"""A PostgreSQL server has about a hundred connections for everybody, so only so many threads hold one at a time."""


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start every act behind one barrier; return what each returned or raised, in order."""
    barrier = threading.Barrier(len(acts))
    places = threading.Semaphore(len(acts) if connection.vendor == "sqlite" else CONNECTIONS)

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait(30)
        with places:
            try:
                return act()
            except Exception as error:
                return error
            finally:
                connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
