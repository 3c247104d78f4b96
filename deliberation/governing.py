"""Which score counts for a case. This is the one place that decides it; pages, files and the API ask here (D27).

The published score counts, unless the case ended in the protective default. Then the protective one does, and it can
raise the published score and never lower it. Rating the case again does not end it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from assessments.models import Assessment
from deliberation.models import ProtectiveFinding

PUBLISHED = "published"
PROTECTIVE = "D27"
RULES = (PUBLISHED, PROTECTIVE)
"""What makes a score count: that it was published, or the rule of the protective default."""


@dataclass(frozen=True)
class Governing:
    """The published score, and the protective one if the case ended in the protective default."""

    published: Decimal
    protective: Decimal | None = None

    @property
    def score(self) -> Decimal:
        """The score that counts."""
        return self.published if self.protective is None else max(self.published, self.protective)

    @property
    def rule(self) -> str:
        """Why it counts. The rule is invoked also where it leads to no higher score."""
        return PUBLISHED if self.protective is None else PROTECTIVE

    @property
    def raised(self) -> bool:
        """Whether the rule raised the score."""
        return self.score > self.published


def governing(published: Decimal, finding: ProtectiveFinding | None) -> Governing:
    """Return which score counts beside the finding of its case, if there is one."""
    return Governing(published, None if finding is None else finding.score)


def finding_of(assessment: Assessment | None) -> ProtectiveFinding | None:
    """Return the protective finding that holds for an assessment, if there is one."""
    return None if assessment is None else findings_of([assessment.pk]).get(assessment.pk)


def found_in(assessment: Assessment | None) -> ProtectiveFinding | None:
    """Return the protective finding that was made in an assessment itself, whether or not another one holds."""
    return ProtectiveFinding.objects.filter(case__assessment=assessment).first()


def findings_of(assessments: Iterable[int]) -> dict[int, ProtectiveFinding]:
    """Return the protective findings that hold for many assessments, in one query.

    That is the most protective one that the same case ended in, in the assessment or in one before it: rating the case
    again lowers nothing. Of two alike it is the newer one.
    """
    found = ProtectiveFinding.objects.annotate(
        holds_for=F("case__assessment__incident__assessments"),
        holds_for_number=F("case__assessment__incident__assessments__number"),
    ).filter(holds_for__in=list(assessments), case__assessment__number__lte=F("holds_for_number"))
    lowest_first = found.select_related("case__assessment__policy").order_by("score", "case__assessment__number")
    return {finding.holds_for: finding for finding in lowest_first}
