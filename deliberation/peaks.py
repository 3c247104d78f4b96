"""Parts that reached the High line on their own, in words (D5). A person must look; no score changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from assessments import rating_reads
from assessments.models import Assessment, PeakLook
from assessments.wording import item_of
from deliberation.part_names import PART_NAMES
from deliberation.words import TIME_NAMES


@dataclass(frozen=True)
class Peak:
    """One part, and by which line it stands out."""

    item: Promise
    part: Promise
    value: Decimal
    when: str | Promise


@dataclass(frozen=True)
class PeakAlarm:
    """Every such part of an assessment, and what people wrote down who looked."""

    peaks: Sequence[Peak]
    looks: Sequence[PeakLook]


def peak_alarm(assessment: Assessment | None, rows: Sequence[Mapping[str, str]]) -> PeakAlarm | None:
    """Return the alarm that the ``rows`` of a published score give; none where no part reached the line."""
    if assessment is None or not rows:
        return None
    peaks = [
        Peak(
            item_of(assessment.scheme, row["code"]).name,
            PART_NAMES[row["component"]],
            Decimal(row["value"]),
            TIME_NAMES[row["time"]],
        )
        for row in rows
    ]
    return PeakAlarm(peaks, rating_reads.looks_of(assessment))
