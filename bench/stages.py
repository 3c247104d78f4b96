"""Where the time of one accepted answer goes: queries and milliseconds by stage, inside one process."""

import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

from assessments.actions import answers
from assessments.views import weigh_check, weigh_scope
from bench import figures
from tests.proofs.sites import Visitor

MOST = 100
PARTS = (
    (weigh_scope, "weighing_or_404", "find round, place, earlier answers"),
    (weigh_check, "fingerprint", "compare with what was shown"),
    (weigh_check, "submit_answer", "the action, of which:"),
    (answers, "_lock", "  lock, roll, key"),
    (answers, "_insert", "  insert the submission"),
    (answers, "_set_current", "  set which version stands"),
    (answers, "record", "  event and its salt"),
    (answers, "enqueue_together", "  outbox, two rows"),
    (answers, "remember", "  idempotency key"),
)


class Watch:
    """Adds up time and queries of named parts; a part includes the parts within it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.database: dict[str, float] = defaultdict(float)
        self.queries: dict[str, int] = defaultdict(int)
        self._open: list[str] = []

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what happens inside towards ``name``."""
        self._open.append(name)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - started
            self._open.pop()

    def query(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Count one query towards every open part."""
        started = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            for name in self._open:
                self.queries[name] += 1
                self.database[name] += time.perf_counter() - started

    def watched(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Return ``function`` with its time counted towards ``name``."""

        def run(*args: Any, **kwargs: Any) -> Any:
            with self.part(name):
                return function(*args, **kwargs)

        return run


def stages_of(visitors: Sequence[Visitor], restore: Callable[[], None]) -> None:
    """Have people send their forms inside this process and print the mean of every stage."""
    watch, people = Watch(), visitors[:MOST]
    whole, bare = "one answer, whole request", "one INSERT, whole request"
    restore()
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(watch.query))
        for module, name, label in PARTS:
            stack.enter_context(patch.object(module, name, watch.watched(getattr(module, name), label)))
        for visitor in people:
            with watch.part(bare):
                visitor.client.post("/bench/bare/")
            with watch.part(whole):
                visitor.client.post(f"{visitor.base}check/", visitor.form | {"key": secrets.token_urlsafe(18)})
    figures.line("where it goes, one client, mean of", f"{len(people)}: queries, ms in the database, ms in all")
    for label in (bare, whole, *(label for _module, _name, label in PARTS)):
        numbers = (watch.queries[label], 1000 * watch.database[label], 1000 * watch.seconds[label])
        counted, database, seconds = (number / len(people) for number in numbers)
        figures.line(f"  {label}", f"{counted:5.1f} {database:8.2f} {seconds:8.2f}")
