"""If other groups had more or less say: any voices, voices within the policy's bound, and each group left out."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from deliberation.sensitivity.outcomes import outcome_heads, outcomes
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.working.steps import Words, table

Row = tuple[Words, ...]


def voices_section(subject: Subject) -> Section:
    """Show how far the score goes when groups count for more or less than they do."""
    heads = outcome_heads(subject)
    head = (_("What would be different"), _("Score"), *heads)
    rows = [_row(subject, _("Nothing: as published"), subject.score.score), *_ranges(subject), *_pools(subject)]
    words = [_("Positions stay as they are. Only how much each group counts changes.")]
    low, high = subject.found.capped_voices.value or (subject.score.score, subject.score.score)
    if len(subject.groups) > 1:
        words.append(_capped(subject, low, high))
    whole = table(_("Score under other voices, out of 100"), head, rows, words_in=tuple(range(2, 2 + len(heads))))
    left_out = table(_("Score with one group left out, out of 100"), head, list(_without(subject)),
                     words_in=tuple(range(2, 2 + len(heads))))  # fmt: skip
    tables = (whole, left_out) if left_out.rows else (whole,)
    return Section("voices", _("If other groups counted for more"), _("D24; appendix E"), tuple(words), tables=tables)


def _capped(subject: Subject, low: Decimal, high: Decimal) -> str:
    words = {"rho": f"{subject.run.inputs.parameters.rho:f}", "range": subject.between(low, high)}
    return _("With no voice more than %(rho)s times another, the score stays within %(range)s.") % words


def _row(subject: Subject, name: Words, *scores: Decimal) -> Row:
    return (name, subject.between(min(scores), max(scores)), *outcomes(subject, *scores))


def _ranges(subject: Subject) -> Iterator[Row]:
    if subject.found.any_voices.value:
        yield _row(subject, _("Any voices at all, even one group alone"), *subject.found.any_voices.value)
    if subject.found.capped_voices.value:
        name = _("No voice more than %(rho)s times another") % {"rho": f"{subject.run.inputs.parameters.rho:f}"}
        yield _row(subject, name, *subject.found.capped_voices.value)


def _pools(subject: Subject) -> Iterator[Row]:
    """The ways to give voices that are published beside the score."""
    beside = subject.score.binding["beside"]
    names = {"equal_voices": _("Every group the same voice"), "eq7_voices": _("Voices by equation (7)")}
    for code, name in names.items():
        if beside[code] and beside[code]["score"] is not None:
            yield _row(subject, name, Decimal(beside[code]["score"]))


def _without(subject: Subject) -> Iterator[Row]:
    for row, score in zip(subject.rows, subject.found.without_one.value or (), strict=False):
        yield _row(subject, _("Without %(group)s") % {"group": str(row.group)}, score)
