"""The statistics of one scoring, written down: 4 decimals for people, raw floats for comparing runs to 1e-9."""

from decimal import Decimal
from typing import Any

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import text
from assessments.scoring.computation import Computation
from assessments.scoring.lines import Lines, level_of
from assessments.scoring.ratings import factor_values
from assessments.scoring.uncertainty import (
    MemberGroup,
    MemberVariance,
    alert_of,
    interval,
    member_variance,
    probabilities,
    rating_variance,
    standard_deviation,
)

Json = dict[str, Any]


def figures_of(run: Computation) -> Json:
    """Write down D21 and the spread within groups; no power hangs on these numbers."""
    members = _members(run)
    raters = _raters(run)
    sd = standard_deviation(float(run.form.slope(run.form.inner(run.pooled))), members.value, raters)
    return {
        "sd": text(Decimal(sd)),
        "interval": [text(edge) for edge in interval(run.score, sd)],
        "members_estimable": members.estimable,
        "evaluators": len(run.inputs.ratings),
        "times": [_time(run, lines, sd) for lines in run.lines],
        "groups": _spreads(run),
        "raw": {"sd": sd, "members": members.value, "ratings": raters},
    }


def _members(run: Computation) -> MemberVariance:
    rows = zip(run.inputs.groups, run.positions, run.voices, strict=True)
    by_mean = [MemberGroup(voice, group.sums, group.roll_size) for group, one, voice in rows if one.rests_on_answers]
    return member_variance(by_mean, [group.sums for group in run.inputs.groups], run.form.a)


def _raters(run: Computation) -> float:
    inputs = run.inputs
    forms = [
        common_form(inputs.aggregator, factor_values(inputs.scheme, rating, inputs.parameters), inputs.parameters.eta)
        for rating in inputs.ratings
    ]
    # sorted, so that the order of evaluators cannot change the last bit of a sum
    scores = sorted(float(form.score(run.pooled)) for form in forms)
    return rating_variance(scores, float(inputs.parameters.sigma0), inputs.parameters.nu0)


def _time(run: Computation, lines: Lines, sd: float) -> Json:
    chances = probabilities(run.score, sd, lines)
    return {
        "label": lines.label,
        "P": {j: text(value) for j, value in chances.items()},
        "alert": alert_of(level_of(run.score, lines), chances, lines),
    }


def _spreads(run: Computation) -> Json:
    """Spread and flag for every group with enough answers; the spread itself is for staff, the flag for all."""
    found = {group.code: group.sums.spread() for group in run.inputs.groups if group.sums.n >= group.min_size}
    line = run.inputs.parameters.divided_line
    return {code: {"spread": text(value), "divided": value > line} for code, value in found.items()}
