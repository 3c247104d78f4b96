"""The score without the answers that only put things in order, and without those that were not sure of something."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberation.sensitivity.outcomes import outcome_heads, outcomes
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.working.steps import Words, table

KINDS: dict[str, Promise] = {
    "rank": gettext_lazy("Without answers that only put things in order"),
    "not_sure": gettext_lazy("Without answers with a “Not sure” in them"),
}
WHY_NOT: dict[str, Promise] = {
    "too_few": gettext_lazy("too few answers to tell"),
    "second_round": gettext_lazy("not told for a second round"),
}
"""Two such scores one after the other could tell of a single person."""


def left_out_section(subject: Subject, rows: list[Mapping[str, Any]]) -> Section:
    """Set the scores beside the published one."""
    least = subject.score.parameters.minimum_answers
    words = (
        _("A group is worked out anew where at least %(least)d people answered so, and %(least)d did not.")
        % {"least": least},
        _("This alone on the page rests on single answers. They are in no file, so nobody else can repeat it."),
    )
    heads = outcome_heads(subject)
    shown = [_published(subject), *(_row(subject, row, len(heads)) for row in rows)]
    head = (_("Which answers"), _("Score"), *heads)
    whole = table(_("Score without some kinds of answers"), head, shown, words_in=tuple(range(2, 2 + len(heads))))
    title = _("If some kinds of answers were left out")
    return Section("left-out", title, _("Our decision; R24"), words, tables=(whole,))


def _published(subject: Subject) -> tuple[Words, ...]:
    score = subject.score.score
    return (_("All answers, as published"), subject.shown(score), *outcomes(subject, score))


def _row(subject: Subject, row: Mapping[str, Any], heads: int) -> tuple[Words, ...]:
    if "why_not" in row:
        return (KINDS[row["kind"]], "–", WHY_NOT[row["why_not"]], *["–"] * (heads - 1))
    score = Decimal(row["score"])
    return (KINDS[row["kind"]], subject.shown(score), *outcomes(subject, score))
