"""Processes that are started again when they end, as an init system does."""

import contextlib
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.jobs.live import Process

LOOKS_EVERY = 0.1
WAITS_BEFORE_START = 0.2
"""Seconds between the end of a process and its next start; the usual init system waits half as long."""


class Supervised:
    """One process that ought to run. All of its group is known by the id of its first process."""

    def __init__(self, name: str, start: Callable[[], Process]) -> None:
        self.name = name
        self._start = start
        self.process = start()

    def has_ended(self) -> bool:
        """Say whether the first process of the group is gone."""
        return self.process.has_ended()

    def start_again(self) -> None:
        """Clear what is left of the group and start anew."""
        self.process.kill()
        time.sleep(WAITS_BEFORE_START)
        self.process = self._start()

    def kill(self) -> None:
        """End the whole group at once."""
        self.process.kill()

    def kill_a_child(self, choose: Callable[[Sequence[int]], int]) -> bool:
        """End one process below the first; say whether there was one."""
        children = children_of(self.process.pid)
        if not children:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(choose(children), signal.SIGKILL)
        return True

    def kill_with_children(self) -> None:
        """End the first process and the children that have left its group, as PostgreSQL's do."""
        children = children_of(self.process.pid)
        self.process.signal_group(signal.SIGKILL)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.wait(10)


class Supervisor:
    """Looks after everything that was started here, until it is told to end it."""

    def __init__(self) -> None:
        self._watched: list[Supervised] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self.starts: Counter[str] = Counter()

    def run(self, name: str, start: Callable[[], Process]) -> Supervised:
        """Start a process and keep it running."""
        one = Supervised(name, start)
        self._watched.append(one)
        if not self._thread.is_alive():
            self._thread.start()
        return one

    def end(self) -> None:
        """Stop looking after them and end them all, the last one first: servers come before what uses them."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        for one in reversed(self._watched):
            one.process.end()

    def _watch(self) -> None:
        while not self._stop.wait(LOOKS_EVERY):
            for one in list(self._watched):
                if one.has_ended():
                    self.starts[one.name] += 1
                    one.start_again()


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has started and that still run."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
