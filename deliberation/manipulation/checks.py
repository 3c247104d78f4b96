"""The four checks of a report: what each looks for, how often it is wrong, and what it found by group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deliberation.working.steps import Table, Words, table

Json = Mapping[str, Any]
DASH = "–"
PERCENT = Decimal(100)
TITLES: dict[str, Promise] = {
    "alike": gettext_lazy("Answers that are alike"),
    "late": gettext_lazy("A swing in the last hours"),
    "median": gettext_lazy("Mean and middle"),
    "one_group": gettext_lazy("What hangs on one group"),
}


@dataclass(frozen=True)
class Check:
    """One check with its table; ``flags`` counts the groups that ask people to look."""

    title: Words
    words: tuple[Words, ...]
    wrong: Words
    table: Table
    flags: int


def checks_of(found: Json, names: Mapping[str, str]) -> list[Check]:
    """Put every check of a report into words."""
    checks = [_alike(found, names), _late(found, names), _median(found, names)]
    return [*checks, _one_group(found, names)] if found["one_group"] is not None else checks


def _alike(found: Json, names: Mapping[str, str]) -> Check:
    numbers = found["numbers"]
    words = (
        _("It finds the largest set of answers that are alike, and asks how large chance would make it."),
        _("Answers are alike when each item's weight against the highest one is the same, to a step of %(step)s.")
        % {"step": numbers["alike_within"]},
        _("Chance: every item's values are shuffled among the answers that do not put it first."),
        _("Answers by ranking, and those where all is the same, are left out: their form makes them alike."),
    )
    wrong = _("False alarms: %(share)s of 100 groups at most, if people answer independently. %(honest)s") % {
        "share": percent(numbers["chance"]),
        "honest": _("People who honestly think alike raise it too."),
    }
    head = (_("Group"), _("Alike"), _("Among"), _("As many by chance alone"), _("Look?"))
    whole = _table(found, names, "alike", head, _alike_cells)
    return Check(TITLES["alike"], words, wrong, whole, _flags(found, "alike"))


def _alike_cells(row: Json) -> tuple[Words, ...]:
    return (people(row["at_least"]), people(row["of"]), tries(row["chance"]))


def _late(found: Json, names: Mapping[str, str]) -> Check:
    numbers = found["numbers"]
    words = (
        ngettext(
            "It compares a group's mean with the mean without the answers of the last %(hours)d hour.",
            "It compares a group's mean with the mean without the answers of the last %(hours)d hours.",
            numbers["late_hours"],
        )
        % {"hours": numbers["late_hours"]},
        _("Chance: as many answers of the same group, drawn by lot, are taken for the late ones."),
        _("It flags only moves of more than %(line)s, where 1 is from one end to the other.")
        % {"line": numbers["late_line"]},
        _("Without the late answers the level would be another one.")
        if found["late_level_differs"]
        else _("Without the late answers the level would be the same."),
    )
    wrong = _("False alarms: %(share)s of 100 groups at most, if late people are like the others. %(honest)s") % {
        "share": percent(numbers["chance"]),
        "honest": _("People who are told of the round late may honestly differ."),
    }
    head = (_("Group"), _("Late answers"), _("Moved by"), _("As far by chance alone"), _("Look?"))
    whole = _table(found, names, "late", head, _late_cells)
    return Check(TITLES["late"], words, wrong, whole, _flags(found, "late"))


def _late_cells(row: Json) -> tuple[Words, ...]:
    return (people(row["at_least"]), row["distance"], tries(row["chance"]))


def _median(found: Json, names: Mapping[str, str]) -> Check:
    words = (
        _("The published position is the mean. A few extreme answers move it, and hardly move the middle."),
        _("The middle is the point with the least summed distance to all answers (geometric median)."),
        _("It flags distances above %(line)s.") % {"line": found["numbers"]["median_line"]},
        _("With the middles instead of the means the level would be another one.")
        if found["median_level_differs"]
        else _("With the middles instead of the means the level would be the same."),
    )
    wrong = _(
        "False alarms: no fixed rate. In trials 8 of 100 groups of five honest people raised it, and hardly any of ten."
    )
    head = (_("Group"), _("Distance of mean and middle"), _("Look?"))
    whole = _table(found, names, "median", head, lambda row: (row["distance"],))
    return Check(TITLES["median"], words, wrong, whole, _flags(found, "median"))


def _one_group(found: Json, names: Mapping[str, str]) -> Check:
    numbers = found["numbers"]
    words = (
        _("It tells how much of the way to the score each group made, and how few new people could change the level."),
        _("It flags a group that made more than %(line)s of all moves.") % {"line": numbers["one_group_line"]},
        ngettext(
            "It flags a group in which fewer than %(people)d new person could change the level.",
            "It flags a group in which fewer than %(people)d new people could change the level.",
            numbers["fewest_people"],
        )
        % {"people": numbers["fewest_people"]},
    )
    wrong = _("False alarms: no chance is in it. It says how things are, and that nobody did anything.")
    head = (_("Group"), _("Part of all moves"), _("New people who could change the level"), _("Look?"))
    rows = [
        (names[row["group"]], row["moved"], DASH if row["people"] is None else str(row["people"]), look(hangs(row)))
        for row in found["one_group"]
    ]
    whole = table(_caption(found, "one_group"), head, rows, words_in=(3,))
    return Check(TITLES["one_group"], words, wrong, whole, sum(map(hangs, found["one_group"])))


def asks_to_look(found: Json) -> bool:
    """Whether any flag of a report is raised."""
    by_group = (row[code].get("flag") for row in found["groups"] for code in ("alike", "late", "median"))
    return any(by_group) or any(map(hangs, found["one_group"] or ()))


def hangs(row: Json) -> bool:
    """Whether much hangs on a group."""
    return bool(row["moved_flag"] or row["people_flag"])


def _table(
    found: Json,
    names: Mapping[str, str],
    code: str,
    head: tuple[Words, ...],
    cells: Callable[[Json], tuple[Words, ...]],
) -> Table:
    rows = [_row(names[row["group"]], row[code], len(head), cells) for row in found["groups"]]
    return table(_caption(found, code), head, rows, words_in=(len(head) - 1,))


def _caption(found: Json, code: str) -> str:
    """Name a table so that no other one on the page has its name: each round has its own record."""
    return _("%(what)s, %(record)s") % {"what": TITLES[code], "record": found["round_record"].partition("~")[0]}


def _flags(found: Json, code: str) -> int:
    return sum(bool(row[code].get("flag")) for row in found["groups"])


def _row(name: str, row: Json, width: int, cells: Callable[[Json], tuple[Words, ...]]) -> tuple[Words, ...]:
    if "why_not" in row:
        return (name, *[DASH] * (width - 2), _("too few answers to tell"))
    return (name, *cells(row), look(row["flag"]))


def look(flag: object) -> Words:
    """Say whether people should look."""
    return _("look") if flag else _("no")


def people(at_least: int) -> Words:
    """Tell a number of people in steps of five."""
    return _("%(number)d or more") % {"number": at_least} if at_least else _("fewer than 5")


def tries(chance: str) -> Words:
    """Tell a chance as people speak of it."""
    return _("in %(times)d of 10,000 tries") % {"times": Decimal(chance) * 10_000}


def percent(share: str) -> str:
    """Write a share out of 100, without zeros at the end."""
    return f"{(Decimal(share) * PERCENT).normalize():f}"


def any_by_chance(comparisons: int, share: str) -> Decimal:
    """Chance that at least one of so many comparisons raises a flag though nobody did anything, in whole per cent."""
    return (PERCENT * (1 - (1 - Decimal(share)) ** comparisons)).quantize(Decimal(1))


def groups_flagged(checks: Sequence[Check]) -> int:
    """Count the flags of a report."""
    return sum(check.flags for check in checks)
