"""If the ratings were others: as low and as high as any evaluator put them, all at once and one by one."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import half_up
from deliberation.sensitivity.section import Section
from deliberation.sensitivity.subject import Subject
from deliberation.sensitivity.weights import part_of
from deliberation.validation.rated_range import RatedRange, rated_range
from deliberation.working.steps import Table, Words, table


def ratings_section(subject: Subject) -> Section:
    """Show what the evaluators' differences do to the score."""
    inputs = subject.run.inputs
    edges = rated_range(inputs.scheme, inputs.ratings, inputs.parameters)
    low, high = edges.of(subject.run.pooled, inputs.aggregator)
    words: tuple[Words, ...]
    if len(inputs.ratings) == 1:
        words = (_("One evaluator rated this case, so nothing can be said about how far ratings differ."),)
    elif low == high:
        words = (_("All evaluators gave the same values, so their ratings leave the score where it is."),)
    else:
        words = (
            _("Every rating as low as any evaluator put it gives %(low)s out of 100; as high, %(high)s.")
            % {"low": subject.shown(low), "high": subject.shown(high)},
            _("In the table one rating changes at a time, and the others stay as published."),
        )
    return Section(
        "ratings", _("If the ratings were others"), _("D5, D24; appendix E"), words, tables=(_table(subject, edges),)
    )


def _table(subject: Subject, edges: RatedRange) -> Table:
    head: tuple[Words, ...] = (
        _("Item"), _("Rating"), _("Lowest given"), _("Highest given"), _("Score with the lowest"),
        _("Score with the highest"),
    )  # fmt: skip
    parts = subject.found.rating_shares.value
    if parts is not None:
        head = (*head, _("Part of the doubt about ratings"))
    rows = [
        (*row, *(() if parts is None else (part_of(parts[place]),))) for place, row in enumerate(_rows(subject, edges))
    ]
    return table(_("Ratings and what they do to the score, out of 100"), head, rows)


def _rows(subject: Subject, edges: RatedRange) -> Iterator[tuple[Words, ...]]:
    published = subject.run.ratings.values
    for place, (name, rating, low, high) in enumerate(
        zip(subject.items, published, edges.low.values, edges.high.values, strict=True)
    ):
        scores = [subject.shown(_with(subject, place, value)) for value in (low, high)]
        yield (name, *(f"{value * 100:.1f}" for value in (rating, low, high)), *scores)


def _with(subject: Subject, place: int, value: Decimal) -> Decimal:
    """Return the score with one rating changed."""
    inputs = subject.run.inputs
    ratings = [value if i == place else rating for i, rating in enumerate(subject.run.ratings.values)]
    return half_up(common_form(inputs.aggregator, ratings, inputs.parameters.eta).score(subject.run.pooled))
