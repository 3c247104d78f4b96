"""One case explored with the numbers of its own policy: all that has a closed form (D20, D23, D24)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import LINEAR
from assessments.scoring.computation import Computation
from assessments.scoring.exploring.chance import Chance, chance
from assessments.scoring.exploring.finding import NOT_LINEAR, Finding
from assessments.scoring.exploring.one_at_a_time import RangeBar, range_bars
from assessments.scoring.exploring.present import PresentGroup, present_groups
from assessments.scoring.exploring.sensitivity import (
    Range,
    fundamental_readings,
    range_under_any_voices,
    range_under_capped_voices,
    scores_without_one,
)
from assessments.scoring.exploring.shares import MemberShare, members_at_or_over, voice_at_or_over
from assessments.scoring.exploring.weights import covariance_shares, dirichlet_variance, rating_shares, rating_variances
from assessments.scoring.lines import Lines
from assessments.scoring.ratings import factor_values


@dataclass(frozen=True)
class AtLines:
    """What depends on the lines in force; one for each set of lines of the case.

    voice, members : share at or over each line, by level
    bars : (F,) range bars with crossings by level, and by `measures` and `suspension`
    fundamental : the three readings of D25
    """

    label: str
    voice: dict[str, Finding[Decimal]]
    members: dict[str, Finding[MemberShare]]
    bars: tuple[RangeBar, ...]
    fundamental: dict[str, bool]


@dataclass(frozen=True)
class Exploration:
    """What a score would be if people, voices or ratings were others.

    weight_variance : of z under Dirichlet weights near the pooled ones; weight_shares : (F,) parts of it
    rating_shares : (F,) Sobol indices; no value, `not_linear`, for another aggregator
    """

    groups: tuple[PresentGroup, ...]
    any_voices: Finding[Range]
    capped_voices: Finding[Range]
    without_one: Finding[tuple[Decimal, ...]]
    weight_variance: Fraction
    weight_shares: Finding[tuple[Fraction, ...]]
    rating_shares: Finding[tuple[Fraction, ...]]
    chance: Finding[Chance]
    times: tuple[AtLines, ...]


def explore(run: Computation, groups: tuple[PresentGroup, ...] | None = None) -> Exploration:
    """Explore a case that was computed.

    Parameters
    ----------
    run : the case
    groups : its present groups as published, where the answers behind them are not to be looked at

    Degenerate: nobody present leaves what needs groups without a value; see each figure.
    """
    numbers = run.inputs.parameters.exploring
    groups = present_groups(run) if groups is None else groups
    return Exploration(
        groups=groups,
        any_voices=range_under_any_voices(run.form, groups),
        capped_voices=range_under_capped_voices(run.form, groups, run.inputs.parameters.rho),
        without_one=scores_without_one(run.form, groups),
        weight_variance=dirichlet_variance(run.form, run.pooled, numbers.kappa),
        weight_shares=covariance_shares(run.form, run.pooled),
        rating_shares=_rating_shares(run),
        chance=chance(groups),
        times=tuple(_at(run, groups, lines) for lines in run.lines),
    )


def _at(run: Computation, groups: tuple[PresentGroup, ...], lines: Lines) -> AtLines:
    parameters = run.inputs.parameters
    crossed = lines.s | {"measures": parameters.measures_line, "suspension": parameters.suspension_line}
    return AtLines(
        label=lines.label,
        voice={j: voice_at_or_over(run.form, groups, s) for j, s in lines.s.items()},
        members={j: members_at_or_over(run.form, groups, s) for j, s in lines.s.items()},
        bars=range_bars(run.form, run.pooled, crossed, parameters.exploring.weight_step),
        fundamental=fundamental_readings(run.form, groups, lines, parameters),
    )


def _rating_shares(run: Computation) -> Finding[tuple[Fraction, ...]]:
    if run.form.kind != LINEAR:
        return Finding(None, NOT_LINEAR)
    inputs = run.inputs
    found = rating_variances([factor_values(inputs.scheme, one, inputs.parameters) for one in inputs.ratings])
    return Finding(None, found.reason) if found.value is None else rating_shares(run.pooled, found.value)
