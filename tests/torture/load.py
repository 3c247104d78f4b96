"""Sending at a steady pace, whatever comes back: an open model, as people do not wait for each other."""

import queue
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.torture.browser import NoAnswerError
from tests.torture.kinds.lane import Heard, Lane, NotReadyError, Write
from tests.torture.ledger import Ledger
from tests.torture.sizes import Size

LEAD = 5.0
"""So many seconds before they want to send, people begin to fill in the form."""
DOUBLE_CLICKS = 0.03
"""So many press the last button twice at the same moment."""
GIVES_UP_AFTER = 300.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0


class Load:
    """Hands each write that is due to somebody who is free, and keeps the book."""

    def __init__(self, lanes: Mapping[str, tuple[int, Sequence[Lane]]], size: Size, seed: int, ledger: Ledger) -> None:
        """``lanes`` holds for each kind its share of the load and who may send it."""
        self._size = size
        self._seed = seed
        self._ledger = ledger
        self._shares = {kind: share for kind, (share, _lanes) in lanes.items()}
        self._free = {kind: self._shuffled(some) for kind, (_share, some) in lanes.items()}
        self._lock = threading.Lock()
        self._over = False
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []

    def run(self, began: float) -> None:
        """Send everything; the first write is due at ``began``. Returns when every outcome is certain."""
        chance = random.Random(f"{self._seed} load")
        kinds, shares = list(self._shares), list(self._shares.values())
        pool = ThreadPoolExecutor(self._size.senders)
        try:
            for number in range(self._size.writes):
                due = began + number / self._size.rate
                time.sleep(max(0.0, due - LEAD - time.monotonic()))
                kind = chance.choices(kinds, shares)[0]
                pool.submit(self._one, kind, self._free[kind].get(), due)
                self._count("begun")
            pool.shutdown()
        except BaseException:  # told to stop: nobody tries again
            self._over = True
            pool.shutdown(wait=False, cancel_futures=True)
            raise

    def share_begun(self) -> float:
        """How much of the load is with somebody already."""
        return self.counts["begun"] / self._size.writes

    def progress(self) -> str:
        """Return in words how far it is."""
        certain = self.counts["accepted"] + self.counts["refused"]
        waiting = self.counts["sent"] - certain
        return f"{certain} certain, {waiting} waiting, {self.counts['sent again']} sent again"

    def _shuffled(self, lanes: Sequence[Lane]) -> "queue.SimpleQueue[tuple[Lane, random.Random]]":
        free: queue.SimpleQueue[tuple[Lane, random.Random]] = queue.SimpleQueue()
        for lane in random.Random(f"{self._seed} order").sample(lanes, len(lanes)):
            free.put((lane, random.Random(f"{self._seed} {lane.name}")))
        return free

    def _one(self, kind: str, free: tuple[Lane, random.Random], due: float) -> None:
        lane, chance = free
        try:
            self._fill_in_and_send(lane, chance, due)
        except Exception as error:  # whatever it is belongs into the verdict
            self.problems.append(f"{lane.name}: {error!r}")
        finally:
            self._free[kind].put(free)

    def _fill_in_and_send(self, lane: Lane, chance: random.Random, due: float) -> None:
        wanted = lane.decide(chance)
        write = self._patiently(lambda: lane.fill_in(wanted))
        self._ledger.mean(key=write.key, kind=write.kind, payload=write.payload, intended=due)
        time.sleep(max(0.0, due - time.monotonic()))
        self._count("sent")
        if chance.random() < DOUBLE_CLICKS:
            twin = threading.Thread(target=self._attempt, args=(lane, write))
            twin.start()
            heard = self._until_certain(lane, write)
            twin.join()
        else:
            heard = self._until_certain(lane, write)
        if heard.outcome == "accepted":
            lane.accepted(write)
        self._ledger.settle(key=write.key, outcome=heard.outcome, receipt=heard.receipt, at=time.monotonic())
        self._count(heard.outcome or "uncertain")

    def _patiently(self, fill_in: Callable[[], Write]) -> Write:
        pause, started = FIRST_PAUSE, time.monotonic()
        while True:
            try:
                return fill_in()
            except (NotReadyError, NoAnswerError):
                if self._over or time.monotonic() - started > GIVES_UP_AFTER:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _until_certain(self, lane: Lane, write: Write) -> Heard:
        pause, started = FIRST_PAUSE, time.monotonic()
        while True:
            heard = self._attempt(lane, write)
            if heard.outcome or self._over or time.monotonic() - started > GIVES_UP_AFTER:
                return heard
            self._count("sent again")
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _attempt(self, lane: Lane, write: Write) -> Heard:
        started = time.monotonic()
        try:
            heard = lane.send(write)
        except NoAnswerError as error:
            heard = Heard(str(error))
        seconds = time.monotonic() - started
        self._ledger.tried(key=write.key, at=started, seconds=seconds, heard=heard.status)
        return heard

    def _count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1
