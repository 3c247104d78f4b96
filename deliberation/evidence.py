"""Evidence as a page shows it, and the frozen bundle that a score string cites."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format

from assessments.models import Assessment, EvidenceItem, Source
from assessments.states import EvidenceKind, Visibility


@dataclass(frozen=True)
class EvidenceRow:
    """One row of evidence. ``late`` are sources published after the cut-off of the assessment."""

    item: EvidenceItem
    sources: Sequence[Source]
    known: bool
    late: frozenset[int]

    @property
    def withheld(self) -> bool:
        """Whether the public may not read the statement."""
        return self.item.visibility == Visibility.RESTRICTED

    @property
    def figure(self) -> tuple[str, str] | None:
        """Both ends of the interval as people read numbers, without needless zeros."""
        if self.item.low is None or self.item.high is None:
            return None
        return plain(self.item.low), plain(self.item.high)


def evidence_rows(items: Sequence[EvidenceItem], assessment: Assessment | None) -> list[EvidenceRow]:
    """Mark what was known at the cut-off and which sources came later."""
    cutoff = assessment.evidence_cutoff if assessment else None
    return [_row(item, cutoff) for item in items]


def _row(item: EvidenceItem, cutoff: dt.date | None) -> EvidenceRow:
    sources = list(item.sources.all())
    late = {one.pk for one in sources if cutoff and one.published_on and one.published_on > cutoff}
    return EvidenceRow(item, sources, _known(item, cutoff), frozenset(late))


def _known(item: EvidenceItem, cutoff: dt.date | None) -> bool:
    if item.kind != EvidenceKind.EVIDENCE:
        return False
    return cutoff is None or (item.as_of_to is not None and item.as_of_to <= cutoff)


def plain(number: Decimal) -> str:
    """Write a decimal without trailing zeros, in groups of three digits."""
    return number_format(f"{number.normalize():f}", force_grouping=True)
