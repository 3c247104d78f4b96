"""A rating as far as it is filled in: which items are done, which comes next, and the values to hand in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.actions.ratings import RatedValue
from assessments.models import Assessment, EvidenceItem, Rating
from assessments.parts import parts_of
from assessments.scoring.record import canonical_bytes, digest
from assessments.wording import Item, items_of

Entry = Mapping[str, Any]
"""What is filled in for one part: typed, number, reason, evidence (numbers) and none_found."""


@dataclass(frozen=True)
class RatingSheet:
    """One evaluator's sheet. ``data`` holds entries by item code, then by part number as text."""

    scheme: str
    data: Mapping[str, Mapping[str, Entry]]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items in the scheme's own order."""
        return items_of(self.scheme)

    def entry(self, item: Item, part: int) -> Entry:
        """Return what is filled in for one part."""
        return self.data.get(item.code, {}).get(str(part), {})

    def is_done(self, item: Item) -> bool:
        """Whether every part of an item has a value, a reason, and evidence or the word that there is none."""
        return all(_is_whole(self.entry(item, part)) for part, _wording in parts_of(self.scheme, item))

    @property
    def first_gap(self) -> Item | None:
        """The first item that is not done."""
        return next((item for item in self.items if not self.is_done(item)), None)

    def following(self, item: Item) -> Item | None:
        """The item after this one; none after the last."""
        place = self.items.index(item) + 1
        return self.items[place] if place < len(self.items) else None

    @property
    def digest(self) -> str:
        """Name what is filled in, so that what is sent is what was shown."""
        return digest(canonical_bytes({"scheme": self.scheme, "data": self.data}))

    def values(self, known: Mapping[int, EvidenceItem]) -> list[RatedValue]:
        """Return the whole rating; a row of evidence that is no longer known is left out."""
        return [
            _rated(item, part, self.entry(item, part), known)
            for item in self.items
            for part, _wording in parts_of(self.scheme, item)
        ]


def sheet_of(assessment: Assessment, data: Mapping[str, Any] | None, newest: Rating | None) -> RatingSheet:
    """Return the sheet as its evaluator left it: the draft, else the newest rating, else nothing."""
    if data is None:
        data = _data_of(newest) if newest else {}
    return RatingSheet(assessment.scheme, data)


def _data_of(rating: Rating) -> dict[str, dict[str, Entry]]:
    found: dict[str, dict[str, Entry]] = {}
    for row in rating.values.all():
        number = format(row.value.normalize(), "f")
        found.setdefault(row.factor, {})[str(row.part)] = {
            "typed": number,
            "number": number,
            "reason": row.reason,
            "evidence": sorted(item.number for item in row.evidence.all()),
            "none_found": row.none_found,
        }
    return found


def _is_whole(entry: Entry) -> bool:
    grounds = bool(entry.get("evidence")) != bool(entry.get("none_found"))
    return bool(entry.get("number") and entry.get("reason")) and grounds


def _rated(item: Item, part: int, entry: Entry, known: Mapping[int, EvidenceItem]) -> RatedValue:
    return RatedValue(
        factor=item.code,
        part=part,
        value=Decimal(entry["number"]),
        reason=entry["reason"],
        evidence=[known[number] for number in entry["evidence"] if number in known],
        none_found=entry["none_found"],
    )
