"""The columns that tell what scores lead to: a level for the month, or for each end of the roadmap, and powers."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deliberation.sensitivity.subject import Subject
from deliberation.working.steps import Words

HEADS: dict[str, Promise] = {
    "month": _("Level"),
    "t0": _("Level at the start"),
    "t1": _("Level at the end"),
}


def outcome_heads(subject: Subject) -> tuple[Words, ...]:
    """Return one heading for each set of lines, and one for powers."""
    return (*(HEADS[lines.label] for lines in subject.run.lines), _("Powers above the lines"))


def outcomes(subject: Subject, *scores: Decimal) -> tuple[Words, ...]:
    """Say what scores lead to, from the lowest to the highest; once where it is all the same."""
    ordered = sorted(scores)
    return (*subject.levels(*ordered), subject.powers(*ordered))
