"""One weight at a time: how far each item's weight alone moves the score, and which weights the doubt goes with."""

from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.charts.range_bars import NamedLine, RangeBars, Weight, range_bars
from assessments.scoring.exploring.one_at_a_time import RangeBar
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.words import LINE_NAMES
from deliberation.working.steps import Table, Words, table

COMPONENT = "components/range_bars.html"


def weights_section(subject: Subject) -> Section:
    """Draw the bars, and fold away what a small step would do."""
    words = (
        _("Here one weight goes from nothing to everything. The others share the rest in proportion."),
        _("The bars hold for all groups together."),
    )
    return Section(
        "weights", _("If one thing counted for more"), _("D24; appendix E"), words,
        chart=bars_of(subject), component=COMPONENT, more=(_step_table(subject),),
    )  # fmt: skip


def bars_of(subject: Subject) -> RangeBars:
    """Draw a bar for each item, with the line below the score and the one above it."""
    lines = subject.next_lines
    return range_bars(
        weights=[
            _weight(name, bar, tuple(lines))
            for name, bar in zip(subject.items, subject.found.times[-1].bars, strict=True)
        ],
        now=subject.score.score,
        lines=[NamedLine(LINE_NAMES[code], line) for code, line in lines.items()],
        all_lines=subject.score.lines,
    )


def _weight(name: str, bar: RangeBar, lines: tuple[str, ...]) -> Weight:
    meets = {place: bar.crossings[code].value for place, code in enumerate(lines)}
    return Weight(name, bar.share, bar.without, bar.alone, meets)


def _step_table(subject: Subject) -> Table:
    step = f"{subject.run.inputs.parameters.exploring.weight_step * 100:.0f}"
    head: tuple[Words, ...] = (_("Item"), _("Score if its weight grew by %(step)s points of 100") % {"step": step})
    parts = subject.found.weight_shares.value
    if parts is not None:
        head = (*head, _("Part of the doubt about weights"))
    rows: list[tuple[Words, ...]] = [
        (name, subject.shown(bar.stepped), *(() if parts is None else (part_of(parts[place]),)))
        for place, (name, bar) in enumerate(zip(subject.items, subject.found.times[-1].bars, strict=True))
    ]
    return table(_("A small step, and where the doubt about weights comes from"), head, rows)


def part_of(share: Fraction) -> str:
    """Write a part of a whole that may be negative, as a whole percentage."""
    return f"{round(share * 100)}%"
