"""What each group brought to the score, and how often it would tip the level: over every set of groups."""

from django.utils.translation import gettext as _

from assessments.charts.range_bars import percent_of
from assessments.scoring.arithmetic import as_decimal
from assessments.scoring.exploring.shapley import MOST_GROUPS, shapley
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.working.steps import Words, table


def brought_section(subject: Subject) -> Section | None:
    """Share out the way from an equal split to the score; nothing where there are more groups than can be tried."""
    if not 0 < len(subject.groups) <= MOST_GROUPS:
        return None
    found = shapley(subject.run.form, subject.groups, subject.lines)
    words = (
        _("With every item counting the same the score is %(start)s. The parts lead from there to %(score)s.")
        % {"start": subject.shown(as_decimal(found.start)), "score": subject.shown(subject.score.score)},
        _("Each part is a mean over every order in which the groups could have come."),
        _("The last column tells in how many sets of other groups this group would change the level."),
    )
    head = (_("Group"), _("Part of the score"), _("Would change the level"))
    rows: list[tuple[Words, ...]] = [
        (str(row.group), f"{float(share) * 100:+.1f}", percent_of(pivot))
        for row, share, pivot in zip(subject.rows, found.shares, found.pivots, strict=True)
    ]
    whole = table(_("What each group brought, in points of 100"), head, rows)
    return Section("brought", _("What each group brought"), _("D28; section 6"), words, tables=(whole,))
