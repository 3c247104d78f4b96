"""Equation (9) as printed, over the scores published before this one. It describes the lines, so it is background."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import RoundRecord
from assessments.reads import scores_before
from assessments.scoring.arithmetic import text
from assessments.scoring.history import passed_often, share_at_or_below
from deliberation.results import PublishedScore
from deliberation.words import LINE_NAMES, TIME_NAMES
from deliberation.working.steps import Step, Table, Words, table


def past_step(score: PublishedScore, record: RoundRecord) -> Step:
    """How often past cases passed each line, and where this case stands among them."""
    past = scores_before(score.assessment, record)
    words: list[Words] = [
        _("As printed, equation (9) asks how often past cases went over a line. It never looks at this case."),
        _("So it is shown as background and decides nothing."),
        _place(score.score, past) if past else _("No score was published here before this one."),
    ]
    tables = tuple(_table(score, time["label"], past) for time in score.binding["times"]) if past else ()
    return Step("past", _("What past cases say"), _("D17; equation (9), as printed"), tuple(words), tables)


def _place(score: Decimal, past: list[Decimal]) -> str:
    below = sum(one <= score for one in past)
    return ngettext(
        "%(below)d of %(count)d earlier score is at or below this one.",
        "%(below)d of %(count)d earlier scores are at or below this one.",
        len(past),
    ) % {"below": below, "count": len(past)}


def _table(score: PublishedScore, label: str, past: list[Decimal]) -> Table:
    time = next(time for time in score.binding["times"] if time["label"] == label)
    rows: list[tuple[Words, ...]] = []
    for level, line in time["lines"].items():
        s, alpha = Decimal(line), Decimal(time["alphas"][level])
        over = text(1 - share_at_or_below(past, s))
        rows.append((LINE_NAMES[level], line, over, time["alphas"][level], _yes(said=passed_often(past, s, alpha))))
    head = (_("Line"), _("Score"), _("Share of past cases over it"), _("Enough from (alpha)"), _("Enough?"))
    caption = _("%(when)s: how often past cases went over each") % {"when": TIME_NAMES[label]}
    return table(caption, head, rows, words_in=(4,))


def _yes(*, said: bool) -> str:
    return _("yes") if said else _("no")
