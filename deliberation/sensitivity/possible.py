"""A hundred possible weightings: how many of them reach each line, if every weighting is equally likely."""

from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.charts.hundred_dots import HundredDots, hundred_dots
from assessments.scoring.exploring.draws import near_scores, possible_scores
from assessments.scoring.exploring.monte_carlo import DOTS, Drawn
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.words import LINE_NAMES
from deliberation.working.steps import Words, table

COMPONENT = "components/hundred_dots.html"


def possible_section(subject: Subject) -> Section:
    """Draw a hundred weightings, and count those that reach each line, also among weightings near the published."""
    possible, near = possible_scores(subject.run), near_scores(subject.run)
    words = (
        _("Nobody's weights are used here. Every way to share out the weight is equally likely."),
        _("The drawing by lot has a fixed seed, so it comes out the same on every machine."),
    )
    head = (_("Line"), _("At"), _("Of 100 possible weightings"), _("Of 100 near the published ones"))
    rows: list[tuple[Words, ...]] = [
        (LINE_NAMES[code], subject.shown(line), _of_100(possible, line), _of_100(near, line))
        for code, line in subject.named_lines.items()
    ]
    found = table(_("Weightings that score the line or more"), head, rows)
    return Section("possible", _("If anybody's weights were used"), _("D24; appendix E"), words,
                   chart=dots_of(subject, possible), component=COMPONENT, tables=(found,))  # fmt: skip


def dots_of(subject: Subject, possible: Drawn) -> HundredDots:
    """Draw the dots against the line that lies next to the score."""
    lines = subject.next_lines
    code = min(lines, key=lambda name: abs(lines[name] - subject.score.score))
    return hundred_dots(scores=possible.dots(), line=lines[code], line_name=LINE_NAMES[code])


def _of_100(drawn: Drawn, line: Decimal) -> str:
    return str(round(DOTS * drawn.share_at_or_over(line)))
