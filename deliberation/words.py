"""Plain words for what a score found: levels, powers, outcomes, stages. Whole sentences, so they translate whole."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEVEL_NAMES: dict[str, Promise] = {
    "none": _("No level"),
    "L": _("Low"),
    "M": _("Moderate"),
    "H": _("High"),
}

LEVEL_SENTENCES: dict[str, Promise] = {
    "none": _("The score is below every line. People are still asked for their views."),
    "L": _("The score reaches the Low line. The case is watched more closely."),
    "M": _("The score reaches the Moderate line. The groups meet to talk it through."),
    "H": _("The score reaches the High line. The groups and the committee handle the case together."),
}

LEVEL_DUTIES: dict[str, Promise] = {
    "L": _("Closer watching, and a consultation open to everyone."),
    "M": _("A review, with one session in which all groups talk it through."),
    "H": _("An urgent response, decided together with the groups, with a right of appeal."),
}

LINE_NAMES: dict[str, Promise] = {
    "L": _("Low line"),
    "M": _("Moderate line"),
    "H": _("High line"),
    "measures": _("Line for extra measures"),
    "suspension": _("Line for a possible suspension"),
}

POWER_NAMES: dict[str, Promise] = {
    "none": _("none"),
    "measures": _("extra measures"),
    "suspension": _("extra measures and suspension"),
}
"""What lies above the lines of powers. A provisional result opens none of it."""

POWERS_IF: dict[str, Promise] = {
    "none": _("It lies above no line of powers."),
    "measures": _("It lies above the line for extra measures."),
    "suspension": _("It lies above the line for a possible suspension."),
}

TIME_NAMES: dict[str, Promise] = {
    "month": _("Lines in the month the assessment opened"),
    "t0": _("Lines at the start of the roadmap"),
    "t1": _("Lines at the end of the roadmap"),
}

OUTCOMES: dict[str, Promise] = {
    "proceed": _("The groups do not differ enough to need a talk. The case goes on."),
    "proceed_near_line": _("The groups differ little, but the score is near a line. The case goes on, with care."),
    "deliberate_once": _("The groups differ, but the difference does not matter here. One round of talks follows."),
    "deliberate": _("The groups differ, and the difference matters. Rounds of talks follow."),
}

WEIGHTS_SOURCES: dict[str, Promise] = {
    "RO": _("Score from the weights that people gave"),
    "EQ": _("First score, with every item counting the same (ISS-F)"),
}

METHODS: dict[str, Promise] = {
    "linear": _("Adding-up method"),
    "multiplicative": _("Compounding method, as printed"),
    "tempered": _("Compounding method, tempered"),
}

POSITION_SOURCES: dict[str, Promise] = {
    "mean": _("Mean of its answers"),
    "adopted": _("Adopted by its delegate"),
    "held": _("Earlier position, as too few answers changed"),
    "absent": _("Not counted"),
}
