"""The conditions of D15 in words, each with the numbers that show whether it is met."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONDITIONS: dict[str, Promise] = {
    "enough_cases": _("There are enough past cases"),
    "beats_linear": _("It predicts left-out cases clearly better than adding up with equal weights"),
    "bounds_hold": _("No risk scores next to nothing, and no rating can lower the score"),
    "reliability_shown": _("The reliability table shows every case"),
    "two_raters": _("Every label comes from two or more people who did not see each other's label"),
}
FINDINGS: dict[str, Promise] = {
    "enough_cases": _("%(cases)s cases are there, %(needed)s are needed."),
    "beats_linear": _(
        "Mean loss %(learned_loss)s against %(linear_loss)s: better by %(gain)s, standard error %(standard_error)s."
    ),
    "bounds_hold": _(
        "b is %(bias)s and may be %(bias_limit)s at most. "
        "The lowest other coefficient is %(lowest)s, at least 0 is needed."
    ),
    "reliability_shown": _("%(shown)s of %(cases)s cases are in it."),
    "two_raters": _("%(with_enough)s of %(cases)s labels are known to come from %(raters_needed)s people or more."),
}


@dataclass(frozen=True)
class Reason:
    """One condition as the page shows it."""

    condition: Promise
    is_met: bool
    finding: str


def reason_of(data: Mapping[str, Any]) -> Reason:
    """Put one condition of a record into words."""
    code = data["code"]
    numbers = {name: _shown(number) for name, number in data["numbers"].items()}
    return Reason(CONDITIONS[code], data["is_met"], str(FINDINGS[code]) % numbers)


def _shown(number: str | int | None) -> str:
    """Whole numbers as they are, others with six decimals, since losses differ in the fourth; none as a dash."""
    if number is None:
        return "–"
    return str(number) if isinstance(number, int) else f"{float(number):.6f}"
