"""Where the groups differ: every group's share of every item, how far apart they are, and who stands alone."""

from django.utils.translation import gettext as _

from assessments.charts.weights_strip import GroupWeights, WeightsStrip, weights_strip
from deliberation.results import GroupResult
from deliberation.sensitivity.outcomes import outcome_heads, outcomes
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.words import OUTCOMES
from deliberation.working.steps import Table, Words, table

COMPONENT = "components/weights_strip.html"


def differing_section(subject: Subject) -> Section:
    """Draw what each group gives to each item; no average is shown."""
    found, parameters = subject.score.binding["disagreement"], subject.score.parameters
    words: tuple[Words, ...] = (
        _("The index of difference is %(index)s: 0 if all agree, 1 if they could not be further apart.")
        % {"index": found["index"]},
        _("Above %(limit)s the groups meet to talk it through.") % {"limit": parameters.index_line},
        OUTCOMES[found["outcome"]],
    )
    return Section(
        "differing", _("Where the groups differ"), _("D23, D25, D26; appendix E"), words,
        chart=strip_of(subject), component=COMPONENT, tables=(_alone_table(subject),),
    )  # fmt: skip


def strip_of(subject: Subject) -> WeightsStrip:
    """Draw the shares; an item is wide when its spread is over the policy's line."""
    spreads = subject.run.disagreement.spread
    return weights_strip(
        items=subject.items,
        groups=[
            GroupWeights(row.group.label, str(row.group), row.group.slot, row.position)
            for row in subject.rows
            if row.position is not None
        ],
        spreads=spreads,
        wide=[place for place, spread in enumerate(spreads) if spread > subject.score.parameters.wide_line],
    )


def _alone_table(subject: Subject) -> Table:
    heads = outcome_heads(subject)
    head = (_("Group"), _("Score under its weights"), *heads, _("Apart from the others"), _("Stands alone"))
    rows = [_alone_row(subject, row) for row in subject.rows]
    return table(_("Each group on its own"), head, rows, words_in=(*range(2, 2 + len(heads)), 3 + len(heads)))


def _alone_row(subject: Subject, row: GroupResult) -> tuple[Words, ...]:
    apart = subject.score.binding["disagreement"]["lone"].get(row.group.code)
    score = row.score if row.score is not None else subject.score.score
    return (
        str(row.group), subject.shown(score), *outcomes(subject, score), apart or "–",
        _("yes") if apart and apart > f"{subject.score.parameters.lone_line:.4f}" else _("no"),
    )  # fmt: skip
