"""Doing harm on schedule: when what is killed, frozen or emptied, and when it was whole again."""

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.jobs.live import wait_until
from tests.torture.site import Site
from tests.torture.sizes import Fault, Size

QUIET = 0.15
"""The first part of a run, in which nothing happens: what an undisturbed write takes is measured there."""
WHOLE_WITHIN = 120
LOOKS_EVERY = 0.05
PARTS = {
    "workers": (Fault.WORKER_KILLED,),
    "web server": (Fault.WEB_KILLED,),
    "Redis": (Fault.REDIS_KILLED, Fault.REDIS_FROZEN),
    "database": (Fault.POSTGRES_KILLED,),
}
"""Faults of one part come one after the other; those of different parts may come together."""


@dataclass(frozen=True)
class Harm:
    """One fault that was done: from when to when the part was not whole, by the monotonic clock."""

    fault: Fault
    began: float
    ended: float

    @property
    def part(self) -> str:
        """What it was done to."""
        return next(part for part, faults in PARTS.items() if self.fault in faults)


def schedule(size: Size, chance: random.Random) -> dict[str, list[tuple[float, Fault]]]:
    """Return for each part what happens when, as a share of the load: each fault in a stretch of its own.

    A share and not a time, so that a machine that is busy with other work meets its faults under load as well.
    """
    planned: dict[str, list[tuple[float, Fault]]] = {}
    for part, faults in PARTS.items():
        kinds = [fault for fault in faults for _ in range(size.faults.get(fault, 0))]
        chance.shuffle(kinds)
        stretch = (1 - QUIET) / max(1, len(kinds))
        planned[part] = [(QUIET + (place + chance.random()) * stretch, kind) for place, kind in enumerate(kinds)]
    return planned


class Harming:
    """One thread for each part that does what is planned for it."""

    def __init__(self, site: Site, size: Size, seed: int) -> None:
        self._site = site
        self._size = size
        self._chance = random.Random(f"{seed} victims")
        self._planned = schedule(size, random.Random(f"{seed} schedule"))
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self.done: list[Harm] = []
        self.failed: list[str] = []
        self._acts: dict[Fault, Callable[[], None]] = {
            Fault.WORKER_KILLED: self._kill_worker,
            Fault.WEB_KILLED: self._kill_web,
            Fault.REDIS_KILLED: self._kill_redis,
            Fault.REDIS_FROZEN: self._freeze_redis,
            Fault.POSTGRES_KILLED: self._kill_postgres,
        }

    def start(self, share_begun: Callable[[], float]) -> None:
        """Begin; ``share_begun`` says how much of the load has begun."""
        self._threads = [
            threading.Thread(target=self._run, args=(plan, share_begun), name=part, daemon=True)
            for part, plan in self._planned.items()
        ]
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        """Wait until all is done and whole again."""
        for thread in self._threads:
            thread.join()

    def counts(self) -> Counter[Fault]:
        """How many of each kind were done."""
        return Counter(harm.fault for harm in list(self.done))

    def _run(self, plan: Iterable[tuple[float, Fault]], share_begun: Callable[[], float]) -> None:
        for at, fault in plan:
            while share_begun() < at:
                time.sleep(LOOKS_EVERY)
            started = time.monotonic()
            try:
                self._acts[fault]()
            except Exception as error:
                self.failed.append(f"{fault}: {error!r}")
                continue
            with self._lock:
                self.done.append(Harm(fault, started, time.monotonic()))

    def _kill_worker(self) -> None:
        """End a worker with all it holds, or only one of the processes that do its work."""
        victim = self._chance.choice(self._site.workers)
        whole = self._chance.random() < 0.5
        if whole or not victim.kill_a_child(self._chance.choice):
            victim.kill()

    def _kill_web(self) -> None:
        """End the web server, or only one of its processes; without a broker that is the one that does everything."""
        web = self._site.web
        whole = self._chance.random() < 0.5
        if whole or not web.kill_a_child(self._chance.choice):
            web.kill()
        wait_until(self._site.answers, WHOLE_WITHIN)

    def _kill_redis(self) -> None:
        self._site.redis.supervised.kill()
        wait_until(self._site.redis.answers, WHOLE_WITHIN)

    def _freeze_redis(self) -> None:
        process = self._site.redis.supervised.process
        process.signal_group(signal.SIGSTOP)
        time.sleep(self._size.freeze_seconds)
        process.signal_group(signal.SIGCONT)
        wait_until(self._site.redis.answers, WHOLE_WITHIN)

    def _kill_postgres(self) -> None:
        self._site.postgres.kill()
        wait_until(self._site.postgres.answers, WHOLE_WITHIN)
