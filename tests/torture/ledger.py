"""The client's own book: what it meant to send, what it heard, and what came of it. Nothing in it is ever changed.

One line of JSON for each event: ``meant`` before the first byte is sent, ``tried`` after each attempt, ``settled``
once the outcome is certain. The comparison at the end reads the file and knows nothing else.
"""

import hashlib
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Attempt:
    """One request: when, for how long, and what was heard (a status, or the name of an error)."""

    at: float
    seconds: float
    heard: str


@dataclass
class Entry:
    """One write as the book tells it."""

    key: str
    kind: str
    payload: dict[str, Any]
    sha256: str
    intended: float
    attempts: list[Attempt] = field(default_factory=list)
    outcome: str = ""
    receipt: str = ""
    settled_at: float = 0.0

    @property
    def accepted(self) -> bool:
        """Whether the site said that it has it."""
        return self.outcome == "accepted"

    @property
    def seconds(self) -> float:
        """From the moment at which it was meant to be sent to a certain outcome."""
        return self.settled_at - self.intended

    @property
    def ambiguous(self) -> bool:
        """Whether some request was sent of which nobody could say for a while whether it had arrived."""
        return any(not attempt.heard.isdigit() or attempt.heard >= "500" for attempt in self.attempts)


def digest(payload: dict[str, Any]) -> str:
    """Return the hash of what is sent; the comparison works it out again from what is stored."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Ledger:
    """Writes the book."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._file = path.open("a")

    def mean(self, *, key: str, kind: str, payload: dict[str, Any], intended: float) -> None:
        """Note what is going to be sent."""
        self._write(event="meant", key=key, kind=kind, payload=payload, sha256=digest(payload), intended=intended)

    def tried(self, *, key: str, at: float, seconds: float, heard: str) -> None:
        """Note one attempt."""
        self._write(event="tried", key=key, at=at, seconds=seconds, heard=heard)

    def settle(self, *, key: str, outcome: str, receipt: str, at: float) -> None:
        """Note what is certain."""
        self._write(event="settled", key=key, outcome=outcome, receipt=receipt, at=at)

    def close(self) -> None:
        """Nothing more will be written."""
        self._file.close()

    def _write(self, **event: Any) -> None:
        line = json.dumps(event, ensure_ascii=False) + "\n"
        with self._lock:
            self._file.write(line)
            self._file.flush()


def read(path: Path) -> list[Entry]:
    """Return what the book says, in the order in which it was meant."""
    entries: dict[str, Entry] = {}
    for line in path.read_text().splitlines():
        _enter(entries, json.loads(line))
    return list(entries.values())


def _enter(entries: dict[str, Entry], event: dict[str, Any]) -> None:
    what, key = event.pop("event"), event.pop("key")
    if what == "meant":
        entries[key] = Entry(key=key, **event)
    elif what == "tried":
        entries[key].attempts.append(Attempt(**event))
    else:
        entry = entries[key]
        entry.outcome, entry.receipt, entry.settled_at = event["outcome"], event["receipt"], event["at"]
