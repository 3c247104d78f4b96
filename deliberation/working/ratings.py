"""The first step: what each evaluator rated, why, and the mean that counts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.models import Rating, RatingValue
from assessments.scoring.schemes import SCHEMES
from deliberation.part_names import PART_NAMES
from deliberation.results import PublishedScore, item_name
from deliberation.working.steps import Step, Table, Words, table


def ratings_step(score: PublishedScore, ratings: Sequence[Rating]) -> Step:
    """Every evaluator's value and the mean that counts; the reasons are folded away."""
    words: list[Words] = [
        _("Each evaluator rates on their own what the evidence says, from 0 to 1."),
        _("The mean of the evaluators counts. It is rounded to 4 decimals, half up."),
    ]
    title, why = _("What the evidence says"), _reason_table(score, ratings)
    if not score.binding["sub_ratings"]:
        return Step("ratings", title, _("D1; equation (1)"), tuple(words), (_factor_table(score, ratings),), why)
    words.append(_("Each kind of risk has three parts. Its rating is the weighted mean of the means of its parts."))
    source, tables = _("D1, D5; equations (6), (14) to (20)"), (_part_table(score, ratings), _kind_table(score))
    return Step("ratings", title, source, tuple(words), tables, why)


def _evaluators(ratings: Sequence[Rating]) -> list[str]:
    return [_("Evaluator %(number)d") % {"number": number} for number in range(1, len(ratings) + 1)]


def _values(ratings: Sequence[Rating]) -> list[dict[tuple[str, int], RatingValue]]:
    return [{(row.factor, row.part): row for row in rating.values.all()} for rating in ratings]


def _places(score: PublishedScore) -> list[tuple[str, int, str]]:
    """Return every value that a rating holds: factor, part, and what it is called."""
    scheme = SCHEMES[score.assessment.scheme]
    if not scheme.components:
        return [(code, 0, item_name(score.assessment, code)) for code in scheme.factors]
    return [
        (code, part, _part_name(score, code, name))
        for code, names in zip(scheme.factors, scheme.components, strict=True)
        for part, name in enumerate(names, start=1)
    ]


def _part_name(score: PublishedScore, code: str, name: str) -> str:
    return _("%(kind)s: %(part)s") % {"kind": item_name(score.assessment, code), "part": PART_NAMES[name]}


def _factor_table(score: PublishedScore, ratings: Sequence[Rating]) -> Table:
    tables = _values(ratings)
    rows = [
        (name, *(f"{one[code, 0].value:.4f}" for one in tables), score.binding["ratings"][code])
        for code, _part, name in _places(score)
    ]
    return table(_("Ratings"), (_("Item"), *_evaluators(ratings), _("Mean")), rows)


def _part_table(score: PublishedScore, ratings: Sequence[Rating]) -> Table:
    tables, scheme = _values(ratings), SCHEMES[score.assessment.scheme]
    means = score.binding["sub_ratings"]
    paper = dict(zip(scheme.factors, scheme.components, strict=True))
    rows = [
        (name, *(f"{one[code, part].value:.4f}" for one in tables), means[code][paper[code][part - 1]])
        for code, part, name in _places(score)
    ]
    return table(_("Ratings of the parts"), (_("Part"), *_evaluators(ratings), _("Mean")), rows)


def _kind_table(score: PublishedScore) -> Table:
    rows = [(item_name(score.assessment, code), score.binding["ratings"][code]) for code in score.binding["codes"]]
    return table(_("Ratings of the kinds of risk"), (_("Kind of risk"), _("Rating")), rows)


def _reason_table(score: PublishedScore, ratings: Sequence[Rating]) -> Table:
    rows = [
        (name, evaluator, f"{one[code, part].value:.4f}", one[code, part].reason, _evidence(one[code, part]))
        for code, part, name in _places(score)
        for evaluator, one in zip(_evaluators(ratings), _values(ratings), strict=True)
    ]
    head = (_("Item"), _("Evaluator"), _("Rating"), _("Reason"), _("Rests on evidence"))
    return table(_("Why each evaluator rated as they did"), head, rows, words_in=(1, 3, 4))


def _evidence(value: RatingValue) -> str:
    numbers = ", ".join(str(item.number) for item in value.evidence.all())
    return numbers or _("none was found")
