"""The charts of a published score: the strip (C1) and what adds to the score (C6)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.charts.contributions import Contributions, Part, contributions
from assessments.charts.score_strip import Line, Mark, ScoreStrip, score_strip
from assessments.scoring.arithmetic import half_up
from assessments.scoring.parameters import LEVELS
from deliberation.results import PublishedScore, item_name
from deliberation.words import LEVEL_NAMES

MEASURES: Promise = _("Extra measures")
FIRST_SCORE: Promise = _("First score")
SUSPENSION: Promise = _("Possible suspension")


@dataclass(frozen=True)
class CaseCharts:
    """Both charts of one result."""

    strip: ScoreStrip
    contributions: Contributions


def charts_of(score: PublishedScore) -> CaseCharts:
    """Draw a published score."""
    return CaseCharts(strip_of(score), contributions_of(score))


def strip_of(score: PublishedScore) -> ScoreStrip:
    """Mark each counted group and all together; a retrospective case shows the lines of the roadmap's end."""
    marks = [
        Mark(row.group.label, str(row.group), row.group.slot, row.score)
        for row in score.counted
        if row.score is not None
    ]
    name = "" if score.from_answers else FIRST_SCORE
    return score_strip(
        marks=marks, lines=lines_of(score), pooled=score.score, headline=score.headline, pooled_name=name
    )


def lines_of(score: PublishedScore) -> list[Line]:
    """Return both families of lines: levels are reached at theirs, powers open only above theirs."""
    shown = score.binding["times"][-1]["lines"]
    levels = [Line(LEVEL_NAMES[level], Decimal(shown[level]), "level") for level in LEVELS]
    return [
        *levels,
        Line(MEASURES, score.parameters.measures_line, "power"),
        Line(SUSPENSION, score.parameters.suspension_line, "power"),
    ]


def contributions_of(score: PublishedScore) -> Contributions:
    """Stack what each item adds. Where parts do not simply add, each gets its share of the score."""
    parts = score.binding["contributions"]
    whole = sum((Decimal(part["unrounded"]) for part in parts), Decimal(0))
    rows = [
        Part(
            name=item_name(score.assessment, part["code"]),
            weight_points=points,
            rating=Decimal(part["rating"]),
            part=half_up(Decimal(part["unrounded"]) / whole * score.score) if whole else Decimal(0),
        )
        for part, points in zip(parts, score.binding["pooled"], strict=True)
    ]
    return contributions(rows, score.score)
