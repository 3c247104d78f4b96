"""Whether the difference matters, in one line, and what the numbers were by which a round was convened."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deliberation.states import Convened

LEVELS, MEASURES, SUSPENSION = "levels", "measures", "suspension"
SENTENCES: dict[frozenset[str], Promise] = {
    frozenset(): _("The difference does not matter: every group's weights lead to the same level and powers."),
    frozenset({LEVELS}): _("The difference matters: it changes the level of the case."),
    frozenset({MEASURES}): _("The difference matters: it changes whether extra measures apply."),
    frozenset({SUSPENSION}): _("The difference matters: it changes whether a suspension is possible."),
    frozenset({LEVELS, MEASURES}): _("The difference matters: it changes the level, and whether extra measures apply."),
    frozenset({LEVELS, SUSPENSION}): _(
        "The difference matters: it changes the level, and whether a suspension is possible."
    ),
    frozenset({MEASURES, SUSPENSION}): _("The difference matters: it changes which powers are open."),
    frozenset({LEVELS, MEASURES, SUSPENSION}): _(
        "The difference matters: it changes the level, and which powers are open."
    ),
}

CONVENED: dict[Convened, Promise] = {
    Convened.CONFLICT: _("There are talks because the answers of the groups differ too much."),
    Convened.REQUEST: _("There are talks because a group asked for them."),
    Convened.ABSENCE: _("There are talks because people directly affected are no longer counted."),
}


def verdict_line(binding: Mapping[str, Any]) -> Promise:
    """Say what the difference between the groups of a published close changes."""
    return SENTENCES[changed_by(binding)]


def changed_by(binding: Mapping[str, Any]) -> frozenset[str]:
    """Return what the difference changes: nothing where it does not matter."""
    rows = [row for row in binding["groups"] if row["present"]]
    if not binding["disagreement"]["fundamental"]:
        return frozenset()
    levels = {row["level"] for row in rows}
    found = {power for power in (MEASURES, SUSPENSION) if len({row["powers"][power] for row in rows}) > 1}
    return frozenset(found | ({LEVELS} if len(levels) > 1 else set()))
