"""What the load needs to know of a kind of write: who sends it, how, and what the answers mean."""

import random
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.torture.browser import Page


class NotReadyError(Exception):
    """A form could not be filled in now. Nothing was sent that binds; it is tried again."""


@dataclass(frozen=True)
class Write:
    """One thing to send: as what, what it says, under which key, and what the form holds besides."""

    kind: str
    payload: dict[str, Any]
    key: str = ""
    form: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """What came back: accepted, refused, or nothing certain yet (an empty outcome)."""

    status: str
    outcome: str = ""
    receipt: str = ""


class Lane(Protocol):
    """Somebody at something. What one lane sends comes one after the other."""

    name: str

    def decide(self, chance: random.Random) -> Write:
        """Decide what to send."""

    def fill_in(self, write: Write) -> Write:
        """Fill in the form up to its last button, and return the write with its key; may be done again."""

    def send(self, write: Write) -> Heard:
        """Press the last button; may be done again with the same write."""

    def accepted(self, write: Write) -> None:
        """Remember what stands now."""


def heard(page: Page, *, receipt: str | None) -> Heard:
    """Return what an answer means: a receipt is a yes, trouble of the server or of others is no answer at all."""
    if receipt is not None:
        return Heard(str(page.status), "accepted", receipt)
    certain = page.status < 500 and page.status != 429
    return Heard(str(page.status), "refused" if certain else "")
