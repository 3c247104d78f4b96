"""What a file says about one case, whatever its format."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field

from assessments.states import IncidentKind


@dataclass(frozen=True)
class CitedFact:
    """The one statement about a case that a file brings along, with the publication it rests on."""

    statement: str
    as_of_words: str
    as_of_from: dt.date | None
    as_of_to: dt.date | None
    source_title: str
    source_publisher: str = ""
    source_address: str = ""
    caveat: str = ""


@dataclass(frozen=True)
class CaseRow:
    """One row. ``catalogue`` and ``entry`` name it for ever; system and deployer are empty where none is named."""

    number: int
    catalogue: str
    entry: str
    kind: IncidentKind
    title: str
    summary: str
    affected: str
    language: str
    happened_from: dt.date | None
    happened_to: dt.date | None
    deployer: str = ""
    system: str = ""
    fact: CitedFact | None = None
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Name of what the row says, wherever in the file it stands."""
        told = {**vars(self), "number": None, "fact": vars(self.fact) if self.fact else None}
        return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()
