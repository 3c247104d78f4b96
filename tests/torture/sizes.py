"""How much load and how many faults: in full, and as little as every test run can afford."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Fault(StrEnum):
    """What can be done to a running site. The order is that of the verdict."""

    WORKER_KILLED = "worker killed"
    WEB_KILLED = "web server killed"
    REDIS_KILLED = "Redis killed and emptied"
    REDIS_FROZEN = "Redis frozen"
    POSTGRES_KILLED = "PostgreSQL killed"


@dataclass(frozen=True)
class Size:
    """One run: so many writes at so many a second, and the faults spread over them."""

    writes: int
    rate: float
    faults: dict[Fault, int]
    towns: int
    members: int
    """People of each of the seven groups of a town."""
    cases: int
    """Cases of each town that evaluators rate meanwhile."""
    senders: int = 120
    """How many may be at it at the same time. On a machine that is too slow for the rate, more would only queue."""
    freeze_seconds: float = 20.0

    @property
    def seconds(self) -> float:
        """How long the load lasts."""
        return self.writes / self.rate


FULL = Size(
    writes=5000,
    rate=20.0,
    faults={
        Fault.WORKER_KILLED: 50,
        Fault.WEB_KILLED: 20,
        Fault.REDIS_KILLED: 10,
        Fault.REDIS_FROZEN: 3,
        Fault.POSTGRES_KILLED: 5,
    },
    towns=3,
    members=20,
    cases=6,
)
SMALL = Size(
    writes=500,
    rate=7.0,
    faults=dict.fromkeys(Fault, 5),
    towns=2,
    members=8,
    cases=3,
    senders=50,
    freeze_seconds=4.0,
)
EMBEDDED_FULL = Size(writes=4000, rate=12.0, faults={Fault.WEB_KILLED: 50}, towns=2, members=20, cases=6, senders=8)
EMBEDDED_SMALL = Size(writes=150, rate=6.0, faults={Fault.WEB_KILLED: 3}, towns=1, members=8, cases=3, senders=8)
SIZES = {
    ("full", "servers"): FULL,
    ("small", "servers"): SMALL,
    ("full", "embedded"): EMBEDDED_FULL,
    ("small", "embedded"): EMBEDDED_SMALL,
}


def chosen(name: str, setup: str, *, writes: int | None, rate: float | None) -> Size:
    """Return a size by its name, with other numbers where they are given."""
    size = SIZES[name, setup]
    return replace(size, writes=writes or size.writes, rate=rate or size.rate)
