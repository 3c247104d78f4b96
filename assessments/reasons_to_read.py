"""Reasons of others that people could read before they answered again. The app above keeps them and says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assessments.models import WeightRound


@dataclass(frozen=True)
class ReasonToRead:
    """A reason that somebody gave in public: its token, what it is about, who signed it and how it begins."""

    token: str
    about: str
    words: str


Source = Callable[[WeightRound], Sequence[ReasonToRead]]
_sources: list[Source] = []


def register_reasons(source: Source) -> None:
    """Let an app say which reasons could be read before a round."""
    if source not in _sources:
        _sources.append(source)


def reasons_to_read(weight_round: WeightRound) -> list[ReasonToRead]:
    """Return every reason that could be read before a round, in the order of what they are about."""
    return [one for source in _sources for one in source(weight_round)]
