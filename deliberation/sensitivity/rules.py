"""Other rules that put groups together: their score and level, and how easily each of them is captured (D29)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation.sensitivity.outcomes import outcome_heads, outcomes
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.validation.rule_words import RULE_NAMES, WHY_NOT
from deliberation.working.steps import Words, table


def rules_section(subject: Subject, rules: list[Mapping[str, Any]]) -> Section:
    """Set every rule beside the published one. Only the published one decides."""
    words = (
        _("The published rule puts positions together, then scores. Others score each group and take a middle."),
        _("A captured group is one in which everybody answers as one person likes."),
    )
    heads = outcome_heads(subject)
    head = (_("Rule"), _("Score"), *heads, _("With one group captured"), _("Captured groups that set the level"))
    rows = [_row(subject, rule, len(heads)) for rule in rules]
    last = 3 + len(heads)
    whole = table(_("Rules side by side"), head, rows, words_in=(*range(2, 2 + len(heads)), last))
    return Section("rules", _("If groups were put together by another rule"), _("D29; D.2"), words, tables=(whole,))


def _row(subject: Subject, rule: Mapping[str, Any], heads: int) -> tuple[Words, ...]:
    name = RULE_NAMES[rule["rule"]]
    if "why_not" in rule:
        return (name, "–", WHY_NOT[rule["why_not"]], *["–"] * (heads - 1), "–", "–")
    score, low, high = (Decimal(rule[column]) for column in ("score", "low", "high"))
    return (name, subject.shown(score), *outcomes(subject, score), subject.between(low, high), _needed(rule))


def _needed(rule: Mapping[str, Any]) -> str:
    return " – ".join(dict.fromkeys(_groups(number) for number in rule["groups_needed"].values()))


def _groups(number: int | None) -> str:
    if number is None:
        return _("no number of groups can")
    return ngettext("%(number)d group", "%(number)d groups", number) % {"number": number}
