"""Why people changed their answers, as the close of a round publishes it: counts by group, and never a small one.

Written decision. The counts are told only of groups of which it is told how many changed, so no count gives away what
that table holds back. A reason that at least as many gave as make a position is named with its number. All others are
one number together, and that must be none or as many too; else nothing is told of the group. So nobody stands in a
crowd of fewer than that, and no number left out can be worked out from those that are told. Whose words were erased
since is among the others.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from assessments.models import RollEntry, WeightRound

REST = "rest"
"""Everything that fewer people gave as their reason, together."""


def changed_because(
    weight_round: WeightRound, changed: Mapping[str, int], least: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Return, by group and reason, how many changed for it.

    Parameters
    ----------
    changed : how many of a group changed, for the groups of which that is told
    least : how many people at least stand behind a number, by group
    """
    given: dict[str, Counter[str]] = defaultdict(Counter)
    entries = RollEntry.objects.filter(round=weight_round).exclude(current__submission__detail__change_reason="")
    for code, reason in entries.values_list("group__code", "current__submission__detail__change_reason"):
        if reason is not None:
            given[code][reason] += 1
    found = {code: _told(given[code], total, least[code]) for code, total in changed.items() if total}
    return {code: counts for code, counts in found.items() if counts}


def _told(given: Counter[str], total: int, least: int) -> dict[str, int]:
    named = {reason: number for reason, number in sorted(given.items()) if number >= least}
    rest = total - sum(named.values())
    return {} if 0 < rest < least else {**named, REST: rest}
