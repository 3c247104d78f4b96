"""What a document says about one method of one address. The view itself holds it, so that both change together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from lastvote.rest.queries import Parameter

Schema = Mapping[str, Any]
SEEN = "Seen"
"""The header of a read with what its writer must send as ``seen``. No table has it: it also names what is withheld."""


@dataclass(frozen=True)
class Operation:
    """One method: its name in documents and examples, what it takes, what it answers, what it may refuse.

    ``answers`` holds the schema of each body by its status; ``codes`` the codes of problems by theirs, beyond those
    that every address has. Without a ``query`` whatever stands behind the question mark is left unread. A read with
    ``etag`` answers 304 to whoever has the newest already. ``leads`` names the operations to which an answer leads, and
    where in it their slots stand. A read that ``tells_seen`` has the header that those who may change the row need.
    """

    name: str
    section: Promise
    summary: Promise
    meaning: Promise
    answers: Mapping[int, Schema]
    query: tuple[Parameter, ...] | None = ()
    body: Schema | None = None
    codes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    etag: bool = True
    leads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tells_seen: bool = False
