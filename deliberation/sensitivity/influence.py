"""What one group and one person could do: possible influence, and how many it would take to act together."""

from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.scoring.exploring.finding import ADOPTED, Finding
from assessments.scoring.exploring.influence import (
    Reach,
    captured,
    colluders_needed,
    moved_scores,
    one_more,
)
from assessments.scoring.exploring.present import PresentGroup
from deliberation.sensitivity.facts import changed_reach, gain_to
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.words import LINE_NAMES
from deliberation.working.steps import Table, Words, table
from lastvote.web.scores import percent

ADOPTED_WORDS = "–"


def influence_section(subject: Subject) -> Section:
    """Show the farthest that groups and people could move the score, whatever they did."""
    words = (
        _("This is the farthest anybody could go by answering at an extreme. Nobody is said to have done so."),
        _("A dash stands where a delegate adopted the position: single answers do not move it."),
    )
    return Section(
        "influence", _("What one group or one person could do"), _("D28; section 6"), words,
        tables=(_reach_table(subject), _together_table(subject)),
    )  # fmt: skip


def _reach_table(subject: Subject) -> Table:
    head = (
        _("Group"), _("Voice"), _("If all of it answered at an extreme"), _("If one more person joined"),
        _("If one person changed"),
    )  # fmt: skip
    rows: list[tuple[Words, ...]] = [
        (
            str(row.group), f"{percent(group.voice)}%", _moved(subject, captured(subject.run.form, group)),
            _found(subject, one_more(subject.run.form, group)), _found(subject, changed_reach(subject, group)),
        )
        for row, group in zip(subject.rows, subject.groups, strict=True)
    ]  # fmt: skip
    return table(_("Lowest and highest score that could come of it, out of 100"), head, rows)


def _moved(subject: Subject, reach: Reach) -> str:
    form = subject.run.form
    return subject.between(*moved_scores(form, form.inner(subject.run.pooled), reach))


def _found(subject: Subject, finding: Finding[Reach]) -> str:
    return ADOPTED_WORDS if finding.value is None else _moved(subject, finding.value)


def _together_table(subject: Subject) -> Table:
    lines = subject.next_lines
    to_line = _("To %(line)s (%(at)s)")
    titles = (to_line % {"line": LINE_NAMES[code], "at": subject.shown(line)} for code, line in lines.items())
    head = (_("Group"), *titles)
    rows: list[tuple[Words, ...]] = [
        (str(row.group), *(_needed(subject, group, line) for line in lines.values()))
        for row, group in zip(subject.rows, subject.groups, strict=True)
    ]
    return table(_("New people who would have to join and answer at an extreme"), head, rows)


def _needed(subject: Subject, group: PresentGroup, line: Decimal) -> str:
    upward = subject.score.score < line
    found = colluders_needed(subject.run.form, group, gain_to(subject, line), upward=upward)
    if found.value is not None:
        return str(found.value)
    return ADOPTED_WORDS if found.reason == ADOPTED else _("cannot")
