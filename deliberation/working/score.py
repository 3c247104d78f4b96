"""The middle steps: one weight for each item, the products, the sum and its rounding."""

from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.scoring.aggregators import LINEAR, common_form
from assessments.scoring.arithmetic import POINTS, text
from deliberation.results import PublishedScore, item_name
from deliberation.working.steps import Step, Table, Words, table

PUBLISHED_PLACES = 4
WORKING_PLACES = 8


def pooled_step(score: PublishedScore) -> Step:
    """Voices times positions, added up and turned into points."""
    if not score.from_answers:
        words: tuple[Words, ...] = (_("Nobody is counted yet, so every item gets the same points."),)
        return Step("pooled", _("One weight for each item"), "D12", words, (_equal_table(score),))
    words = (
        _("For each item, every counted group's voice is multiplied by its position. The products are added."),
        _("Divided by 10,000 this gives points. The largest remainders get the points left over."),
    )
    return Step("pooled", _("One weight for each item"), _("D12, D4; B.1 step 2"), words, (_pooled_table(score),))


def _equal_table(score: PublishedScore) -> Table:
    rows = [
        (item_name(score.assessment, code), str(points))
        for code, points in zip(score.binding["codes"], score.binding["pooled"], strict=True)
    ]
    return table(_("Weights in points of 10,000"), (_("Item"), _("Weight")), rows)


def _pooled_table(score: PublishedScore) -> Table:
    columns = list(zip(*(row.position for row in score.counted if row.position), strict=True))
    voices = [row.voice for row in score.counted]
    sums = [sum(voice * points for voice, points in zip(voices, column, strict=True)) for column in columns]
    rows: list[tuple[Words, ...]] = [
        (item_name(score.assessment, code), str(total), f"{Decimal(total) / POINTS:.4f}", str(points))
        for code, total, points in zip(score.binding["codes"], sums, score.binding["pooled"], strict=True)
    ]
    rows.append((_("Sum"), str(sum(sums)), f"{Decimal(sum(sums)) / POINTS:.4f}", str(sum(score.binding["pooled"]))))
    head = (_("Item"), _("Sum of voice × position"), _("Divided by 10,000"), _("Weight in points"))
    return table(_("Weights of all groups together"), head, rows)


def products_step(score: PublishedScore) -> Step:
    """Weight times rating, added up and rounded."""
    linear = score.binding["aggregator"] == LINEAR
    words: list[Words] = [
        _("Each weight is multiplied by the rating of its item. The parts are added."),
        _("The sum is %(exact)s. Rounded to 4 decimals, half up, the score is %(score)s.")
        % {"exact": score.binding["unrounded"], "score": score.binding["score"]},
        _("People read it as %(shown)s out of 100.") % {"shown": score.shown(score.score)},
    ]
    if not linear:
        words[:2] = [
            _("Each weight is multiplied by the effect a of its item: a = -ln(1 - (1 - eta) × rating)."),
            _("The sum z gives the score (1 - e to the power of -z) / (1 - eta), with eta %(eta)s.")
            % {"eta": score.parameters.eta},
            _("That is %(exact)s. Rounded to 4 decimals, half up, the score is %(score)s.")
            % {"exact": score.binding["unrounded"], "score": score.binding["score"]},
        ]
    source = _("D4, D6; equation (2)") if linear else _("D4, D8; equation (3), tempered")
    return Step("sum", _("The score"), source, tuple(words), (product_table(score, _("Weight × rating")),))


def product_table(score: PublishedScore, caption: Words) -> Table:
    """The short table that anybody can check with pen and paper."""
    parts = score.binding["contributions"]
    total = sum((Decimal(part["unrounded"]) for part in parts), Decimal(0))
    rows: list[tuple[Words, ...]] = [
        (item_name(score.assessment, part["code"]), part["weight"], factor, part["unrounded"])
        for part, factor in zip(parts, _factors(score), strict=True)
    ]
    rows.append((_("Sum"), "1.0000", "", f"{total:f}"))
    second = _("Rating") if score.binding["aggregator"] == LINEAR else _("Effect a")
    return table(caption, (_("Item"), _("Weight"), second, _("Part")), rows)


def _factors(score: PublishedScore) -> list[str]:
    """What each weight is multiplied by: the rating, or its effect with enough decimals to work on with."""
    ratings = [Decimal(score.binding["ratings"][code]) for code in score.binding["codes"]]
    aggregator = score.binding["aggregator"]
    places = PUBLISHED_PLACES if aggregator == LINEAR else WORKING_PLACES
    return [text(a, places) for a in common_form(aggregator, ratings, score.parameters.eta).a]
