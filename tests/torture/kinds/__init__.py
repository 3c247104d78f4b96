"""The kinds of writes that a run mixes. A new kind is a module here: a ``SHARE`` of the load, and ``lanes`` to send on.

What it leaves behind is compared by a module of ``tests.torture.comparing``.
"""

from collections.abc import Sequence

from tests.torture.kinds import answers, programs, ratings
from tests.torture.kinds.lane import Lane
from tests.torture.world import World

ALL = {"answers": answers, "programs": programs, "ratings": ratings}


def lanes(world: World, port: int) -> dict[str, tuple[int, Sequence[Lane]]]:
    """Return for each kind its share of the load and everybody who may send it."""
    return {name: (kind.SHARE, kind.lanes(world, port)) for name, kind in ALL.items()}
