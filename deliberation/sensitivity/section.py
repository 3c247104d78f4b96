"""One part of the page: what is asked, the answer in words, a drawing, and the numbers."""

from dataclasses import dataclass
from typing import Any

from deliberation.working.steps import Table, Words


@dataclass(frozen=True)
class Section:
    """``component`` is the template that draws ``chart``; ``more`` is folded away at first.

    ``again`` offers to look again, because it is not worked out yet.
    """

    anchor: str
    title: Words
    source: Words
    words: tuple[Words, ...]
    chart: Any = None
    component: str = ""
    tables: tuple[Table, ...] = ()
    more: tuple[Table, ...] = ()
    again: bool = False
