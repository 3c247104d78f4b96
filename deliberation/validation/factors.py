"""What each item of a past case was rated, how far the evaluators were apart, and whether its evidence was known."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments.models import EvidenceItem, RatingValue
from assessments.scoring.schemes import SCHEMES
from deliberation.part_names import PART_NAMES
from deliberation.results import PublishedScore, item_name
from deliberation.validation.reads import PastScore


@dataclass(frozen=True)
class Rated:
    """One value that the evaluators gave, with the rows of evidence that it rests on.

    ``unknown`` are rows not known on the day asked about, ``late`` those with a source published after it.
    """

    name: str | Promise
    value: str
    low: Decimal
    high: Decimal
    evidence: Sequence[EvidenceItem]
    unknown: tuple[int, ...]
    late: tuple[int, ...]

    @property
    def known(self) -> str:
        """Whether what the value rests on was known on the day, in words."""
        if not self.evidence:
            return _("No row was found, and the rating says so")
        if self.unknown:
            return _("No: row %(numbers)s") % {"numbers": numbered(self.unknown)}
        if self.late:
            return _("Yes; reported later: row %(numbers)s") % {"numbers": numbered(self.late)}
        return _("Yes")

    @property
    def range(self) -> str:
        """The evaluators' lowest and highest value; one value if they agree."""
        if self.low == self.high:
            return f"{self.low:.4f}"
        return _("%(low)s to %(high)s") % {"low": f"{self.low:.4f}", "high": f"{self.high:.4f}"}


@dataclass(frozen=True)
class FactorRow:
    """One item. A kind of risk has a value of its own and three rated parts; a factor is its own only part."""

    code: str
    name: str
    value: str
    parts: Sequence[Rated]

    @property
    def is_kind(self) -> bool:
        """Whether the item is rated by its parts."""
        return len(self.parts) > 1


def known_by(item: EvidenceItem, day: dt.date | None) -> bool:
    """Tell whether a row was known on a day: on the last day its date can mean. Undated rows never were."""
    return day is None or (item.as_of_to is not None and item.as_of_to <= day)


def factor_rows(past: PastScore, day: dt.date | None) -> list[FactorRow]:
    """Return every item with its values, looked at as of ``day``."""
    score, scheme = past.score, SCHEMES[past.score.assessment.scheme]
    tables = [{(row.factor, row.part): row for row in rating.values.all()} for rating in past.ratings]
    components = scheme.components or ((),) * scheme.size
    return [
        FactorRow(
            code=code,
            name=item_name(score.assessment, code),
            value=score.binding["ratings"][code],
            parts=[
                _rated(name, value, [table[code, part] for table in tables], day)
                for part, name, value in _parts(score, code, names)
            ],
        )
        for code, names in zip(scheme.factors, components, strict=True)
    ]


def _parts(score: PublishedScore, code: str, names: Sequence[str]) -> Iterator[tuple[int, str | Promise, str]]:
    """Number, name and published mean of each rated part of an item."""
    if not names:
        yield 0, item_name(score.assessment, code), score.binding["ratings"][code]
    for part, name in enumerate(names, start=1):
        yield part, PART_NAMES[name], score.binding["sub_ratings"][code][name]


def _rated(name: str | Promise, value: str, given: Sequence[RatingValue], day: dt.date | None) -> Rated:
    evidence = sorted({item for one in given for item in one.evidence.all()}, key=lambda item: item.number)
    return Rated(
        name=name,
        value=value,
        low=min(one.value for one in given),
        high=max(one.value for one in given),
        evidence=evidence,
        unknown=tuple(item.number for item in evidence if not known_by(item, day)),
        late=tuple(item.number for item in evidence if day and _reported_after(item, day)),
    )


def _reported_after(item: EvidenceItem, day: dt.date) -> bool:
    return any(source.published_on and source.published_on > day for source in item.sources.all())


def numbered(numbers: Sequence[int]) -> str:
    """Write the numbers of rows of evidence."""
    return ", ".join(map(str, numbers))
