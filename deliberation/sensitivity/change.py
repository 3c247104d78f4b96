"""What would have to change: the least shift of weight, of one weight alone, and of voice, to the lines next to it."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.charts.range_bars import percent_of
from assessments.scoring.arithmetic import POINTS
from assessments.scoring.exploring.one_at_a_time import RangeBar
from deliberation.results import GroupResult
from deliberation.sensitivity.facts import LineFact, line_facts
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.words import LINE_NAMES
from deliberation.working.steps import Table, Words, table


def change_section(subject: Subject) -> Section:
    """Say for the line below and the line above what would bring the score there."""
    sentences = [sentence for code in subject.next_lines for sentence in _sentences(subject, code)]
    return Section(
        "change",
        _("What would have to change"),
        _("D24, D25; appendix E"),
        tuple(sentences),
        tables=(_table(subject),),
    )


def _sentences(subject: Subject, code: str) -> Iterator[Words]:
    found = _cheapest(subject, code)
    if found is None:
        yield _("No single weight alone brings the score to %(at)s (%(line)s).") % _line(subject, code)
        return
    place, share = found
    yield _("%(item)s alone would need %(share)s of the weight to bring the score to %(at)s (%(line)s).") % {
        **_line(subject, code), "item": subject.items[place], "share": percent_of(share),
    }  # fmt: skip
    yield _now(subject, place)


def _now(subject: Subject, place: int) -> str:
    pooled = percent_of(Fraction(subject.run.pooled[place], POINTS))
    one = _told_beside(subject)
    if one is None or one.position is None:
        return _("It has %(share)s now.") % {"share": pooled}
    words = {"share": pooled, "group": str(one.group), "own": percent_of(Fraction(one.position[place], POINTS))}
    return _("All groups together give it %(share)s, %(group)s %(own)s.") % words


def _told_beside(subject: Subject) -> GroupResult | None:
    """The people directly affected, or else the first group."""
    affected = [row for row in subject.rows if row.group.is_affected]
    return next(iter([*affected, *subject.rows]), None)


def _cheapest(subject: Subject, code: str) -> tuple[int, Fraction] | None:
    """The item whose own share has the shortest way to the line."""
    ways = [(_way(bar, code), place) for place, bar in enumerate(subject.found.times[-1].bars)]
    known = [(way, place) for way, place in ways if way is not None]
    if not known:
        return None
    place = min(known)[1]
    share = subject.found.times[-1].bars[place].crossings[code].value
    return None if share is None else (place, share)


def _way(bar: RangeBar, code: str) -> Fraction | None:
    share = bar.crossings[code].value
    return None if share is None else abs(share - bar.share)


def _line(subject: Subject, code: str) -> dict[str, Words]:
    return {"line": LINE_NAMES[code], "at": subject.shown(subject.named_lines[code])}


def _table(subject: Subject) -> Table:
    head = (_("To reach"), _("At"), _("Least weight to move"), _("From and to"), _("Least voice to move"))
    rows = [_row(subject, fact) for fact in line_facts(subject)]
    return table(_("The least that would bring the score to each line"), head, rows, words_in=(3,))


def _row(subject: Subject, fact: LineFact) -> tuple[Words, ...]:
    weight, voice = fact.weight, fact.voice
    return (
        LINE_NAMES[fact.code], subject.shown(fact.line), "–" if weight is None else _points(weight.points),
        _("no weights reach this line") if weight is None else _from_and_to(subject, weight.into, weight.taken),
        "–" if voice is None else _points(voice.points),
    )  # fmt: skip


def _from_and_to(subject: Subject, into: int, taken: tuple[tuple[int, int], ...]) -> str:
    if not taken:
        return _("none needed")
    givers = ", ".join(subject.items[place] for place, _points_moved in taken)
    return _("from %(givers)s to %(into)s") % {"givers": givers, "into": subject.items[into]}


def _points(points: int) -> str:
    return percent_of(Fraction(points, POINTS))
