"""Plain names of the rules that are compared, and why one is not defined."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.scoring.exploring.finding import NO_COMPONENTS, NOBODY, TOO_FEW_GROUPS
from deliberation.words import METHODS

RULE_NAMES: dict[str, Promise] = {
    **METHODS,
    "default": _("As published: positions are put together, then scored"),
    "median": _("Upper median of the groups' own scores"),
    "trimmed_mean": _("Mean of the groups' own scores, without the lowest and the highest"),
    "upper_quartile": _("Upper quartile of the groups' own scores"),
    "rms": _("Parts of each kind of risk by root mean square"),
    "learned": _("Learned score (equation 4)"),
    "learned_as_printed": _("Learned score, trained as printed"),
}

WHY_NOT: dict[str, Promise] = {
    NOBODY: _("Not defined: no group is counted."),
    TOO_FEW_GROUPS: _("Not defined: it needs five groups or more."),
    NO_COMPONENTS: _("Not defined: the items have no parts."),
}
