"""What a number of the policy is to people: its name, its unit, where it comes from, and between what it lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

Words = str | Promise
Path = tuple[str | int, ...]


class Kind(StrEnum):
    """How a value is stored, shown and typed."""

    OUT_OF_100 = "out_of_100"
    PERCENT = "percent"
    NUMBER = "number"
    WHOLE = "whole"
    NUMBERS = "numbers"
    CHOICE = "choice"
    WORDS = "words"


@dataclass(frozen=True)
class Setting:
    """One value of the policy's file, at ``path``.

    ``low`` and ``high`` are as stored. ``fixed`` values are shown and cannot be changed on the page.
    """

    path: Path
    name: Words
    kind: Kind
    source: Words
    unit: Words = ""
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(1)
    places: int = 4
    choices: Mapping[str, Words] | None = None
    fixed: bool = False

    @property
    def field(self) -> str:
        """Name of its field in the form."""
        return "-".join(map(str, self.path))


@dataclass(frozen=True)
class Section:
    """Settings that people look for in one place. ``code`` is its anchor."""

    code: str
    title: Words
    words: Words
    settings: tuple[Setting, ...]
