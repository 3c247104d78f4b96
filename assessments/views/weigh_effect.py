"""What one person's answers alone would do, for the check page. Nobody else's answers are looked at."""

import json
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments import policy, reads, snapshot
from assessments.charts.score_strip import Line, Mark, ScoreStrip, score_strip
from assessments.forms.points import plain_number
from assessments.models import WeightRound
from assessments.scoring.lines import lines_in_month
from assessments.scoring.own_effect import MOVED, OwnEffect, own_effect
from assessments.scoring.parameters import Parameters
from assessments.scoring.ratings import published_ratings
from assessments.scoring.schemes import SCHEMES
from assessments.views.weigh_scope import Weighing
from assessments.wording import Item
from lastvote.web.scores import out_of_100

A_HUNDREDTH = 100
LEVEL_NAMES = {"L": _("Low"), "M": _("Moderate"), "H": _("High")}
MEASURES = _("Extra measures")
SUSPENSION = _("Possible suspension")


@dataclass(frozen=True)
class Effect:
    """The effect block: own score on the strip, lines, one move, compounding score, the group's voice. As shown."""

    compounding: str
    measures_line: str
    suspension_line: str
    moved: int
    move_from: Item
    move_to: Item
    moved_score: str
    at_one: tuple[Item, ...]
    voice: int | None
    strip: ScoreStrip


def effect_of(weighing: Weighing) -> Effect | None:
    """Work out the effect of the person's own points; nothing while the case is not rated."""
    ratings = ratings_of(weighing.round)
    if ratings is None:
        return None
    assessment = weighing.round.assessment
    parameters = policy.read(assessment.policy).parameters
    own = own_effect(
        SCHEMES[assessment.scheme], assessment.aggregator, weighing.questionnaire.points(), ratings, parameters
    )
    return _block(weighing, own, parameters)


def _block(weighing: Weighing, own: OwnEffect, parameters: Parameters) -> Effect:
    move = own.strongest_move
    powers = (parameters.measures_line, parameters.suspension_line)
    return Effect(
        compounding=out_of_100(own.compounding, powers),
        measures_line=plain_number(parameters.measures_line * A_HUNDREDTH),
        suspension_line=plain_number(parameters.suspension_line * A_HUNDREDTH),
        moved=min(move.points, MOVED) // A_HUNDREDTH,
        move_from=weighing.item(move.source),
        move_to=weighing.item(move.target),
        moved_score=out_of_100(move.score, powers),
        at_one=tuple(weighing.item(code) for code in own.factors_at_one),
        voice=voice_of(weighing),
        strip=_strip(weighing, own.score, powers, parameters),
    )


def _strip(weighing: Weighing, score: Decimal, lines: tuple[Decimal, ...], parameters: Parameters) -> ScoreStrip:
    """Draw the strip with one mark: this person's. It wears the shape of their group and stands for nobody else."""
    group = weighing.entry.group
    mark = Mark(group.label, gettext("Your answers alone"), group.slot, score)
    powers = [
        Line(MEASURES, parameters.measures_line, "power"),
        Line(SUSPENSION, parameters.suspension_line, "power"),
    ]
    levels = _level_lines(weighing.round, parameters)
    headline = gettext("With your answers alone this case scores %(score)s out of 100.")
    words = headline % {"score": out_of_100(score, lines)}
    return score_strip(marks=[mark], lines=[*levels, *powers], pooled=None, headline=words)


def _level_lines(weight_round: WeightRound, parameters: Parameters) -> list[Line]:
    """Return the lines of the case's own month; a case without a month has those of the start of the roadmap."""
    month = weight_round.assessment.month
    lines = lines_in_month(0 if month is None else month, parameters)
    return [Line(LEVEL_NAMES[code], value, "level") for code, value in lines.s.items()]


def ratings_of(weight_round: WeightRound) -> tuple[Decimal, ...] | None:
    """Return the published ratings: frozen before the round opened, so they are the same for everybody."""
    assessment = weight_round.assessment
    scheme = SCHEMES[assessment.scheme]
    rows = reads.latest_ratings(assessment)
    if not rows:
        return None
    ratings = [snapshot.evaluator_rating(row, scheme, number) for number, row in enumerate(rows, start=1)]
    return published_ratings(scheme, ratings, policy.read(assessment.policy).parameters).values


def voice_of(weighing: Weighing) -> int | None:
    """Return how much the person's group counts, in points over all groups, as frozen when the round opened."""
    groups = json.loads(weighing.round.frozen)["groups"]
    code = weighing.entry.group.code
    return next((int(group["voice"]) for group in groups if group["code"] == code), None)
