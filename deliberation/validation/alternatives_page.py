"""What the page of the other rules shows, made ready for its template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Incident
from assessments.scoring.exploring.alternatives import Alternative
from assessments.scoring.exploring.finding import Finding
from deliberation.validation.alternatives import Compared, RuleOverCases, TriedScore
from deliberation.validation.labelled import TriedHistory
from deliberation.validation.rule_words import RULE_NAMES, WHY_NOT
from deliberation.words import LEVEL_NAMES
from deliberation.working.steps import Table, Words, table
from lastvote.web.scores import out_of_100


@dataclass(frozen=True)
class TriedCase:
    """One past case with the table of its rules."""

    incident: Incident
    table: Table


@dataclass(frozen=True)
class HistoryTable:
    """One labelled history with the table of its rules."""

    tried: TriedHistory
    table: Table


def over_cases(found: Compared) -> Table:
    """One row for each rule over all past cases that people weighed."""
    head = (
        _("Rule"),
        _("Same level as published"),
        _("One captured group could raise it by"),
        _("or lower it by"),
        _("Fewest groups that dictate the level"),
    )
    return table(_("Rules over past cases"), head, [_over_row(row) for row in found.rules], words_in=(1, 4))


def by_case(found: Compared) -> list[TriedCase]:
    """One table for each past case that people weighed."""
    return [TriedCase(row.past.incident, _case_table(row)) for row in found.tried]


def by_history(found: Compared) -> list[HistoryTable]:
    """One table for each labelled history."""
    return [HistoryTable(tried, _history_table(tried)) for tried in found.histories]


def _over_row(row: RuleOverCases) -> tuple[Words, ...]:
    if row.up is None or row.down is None:
        return (RULE_NAMES[row.rule], _why_not(row.why_not), "", "", "")
    same = _("%(same)d of %(all)d") % {"same": row.comparison.same, "all": row.comparison.defined}
    return (RULE_NAMES[row.rule], same, out_of_100(row.up), out_of_100(row.down), _groups(row.fewest))


def _case_table(row: TriedScore) -> Table:
    scheme = row.one.score.assessment.get_scheme_display()
    head = (
        _("Rule"),
        _("Score"),
        _("Level at the start"),
        _("Level at the end"),
        _("With one group captured"),
        _("Groups that dictate the level"),
    )
    rows = [_case_row(rule, finding, row.one.score.lines) for rule, finding in row.found.items()]
    return table(scheme, head, rows, words_in=(2, 3, 4, 5))


def _case_row(rule: str, finding: Finding[Alternative], lines: Sequence[Decimal]) -> tuple[Words, ...]:
    one = finding.value
    if one is None:
        return (RULE_NAMES[rule], "", _why_not(finding.reason), "", "", "")
    start, end = (LEVEL_NAMES[level] for level in one.levels)
    low, high = (out_of_100(edge, lines) for edge in one.capture)
    captured = _("%(low)s to %(high)s") % {"low": low, "high": high}
    return (RULE_NAMES[rule], out_of_100(one.score, lines), start, end, captured, ", ".join(_dictating(one)))


def _dictating(one: Alternative) -> Iterator[str]:
    for finding, when in zip(one.to_dictate, (_("at the start"), _("at the end")), strict=True):
        yield _("%(groups)s %(when)s") % {"groups": _groups(finding.value), "when": when}


def _groups(number: int | None) -> str:
    if number is None:
        return _("no number of groups can")
    return ngettext("%(number)d group", "%(number)d groups", number) % {"number": number}


def _why_not(reason: str | None) -> Promise | str:
    return WHY_NOT[reason] if reason else ""


def _history_table(tried: TriedHistory) -> Table:
    head = (_("Rule"), _("Mean loss"), _("Same level as adding up"))
    rows: list[tuple[Words, ...]] = [
        (RULE_NAMES[row.rule], row.loss, _("%(same)d of %(all)d") % {"same": row.same, "all": tried.history.case_count})
        for row in tried.rules
    ]
    return table(_("Rules over labelled cases"), head, rows)
