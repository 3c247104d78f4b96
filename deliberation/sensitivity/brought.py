"""What each group brought to the score, and how often it would tip the level: over every set of groups."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessments.charts.range_bars import percent_of
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.working.steps import Words, table


def brought_section(subject: Subject, found: Mapping[str, Any]) -> Section:
    """Share out the way from an equal split to the score."""
    words = (
        _("With every item counting the same the score is %(start)s. The parts lead from there to %(score)s.")
        % {"start": subject.shown(Decimal(found["start"])), "score": subject.shown(subject.score.score)},
        _("Each part is a mean over every order in which the groups could have come."),
        _("The last column tells in how many sets of other groups this group would change the level."),
    )
    head = (_("Group"), _("Part of the score"), _("Would change the level"))
    names = {row.group.code: str(row.group) for row in subject.rows}
    rows: list[tuple[Words, ...]] = [
        (names[row["group"]], f"{Decimal(row['share']) * 100:+.1f}", percent_of(Fraction(row["pivot"])))
        for row in found["groups"]
    ]
    whole = table(_("What each group brought, in points of 100"), head, rows)
    return Section("brought", _("What each group brought"), _("D28; section 6"), words, tables=(whole,))
