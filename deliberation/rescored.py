"""What changed when a case was rated again: the ratings before and after, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from assessments.models import Assessment
from assessments.reads import published_result
from assessments.wording import items_of
from deliberation.results import PublishedScore


@dataclass(frozen=True)
class RatedBefore:
    """One item in both assessments."""

    name: Promise
    before: Decimal
    after: Decimal

    @property
    def differs(self) -> bool:
        """Whether the rating is another one now."""
        return self.before != self.after


@dataclass(frozen=True)
class Rescored:
    """The earlier assessment, why the case was rated again, and each rating before and after."""

    earlier: Assessment
    reason: str
    rows: Sequence[RatedBefore]


def rescored(assessment: Assessment | None, score: PublishedScore | None) -> Rescored | None:
    """Return what changed against the assessment that this one replaces; none where it replaces none."""
    if assessment is None or score is None or assessment.supersedes is None:
        return None
    result = published_result(assessment.supersedes)
    if result is None:
        return None
    before, after = result.binding["ratings"], score.binding["ratings"]
    rows = [
        RatedBefore(item.name, Decimal(before[item.code]), Decimal(after[item.code]))
        for item in items_of(assessment.scheme)
    ]
    return Rescored(assessment.supersedes, assessment.rescored_because, rows)
