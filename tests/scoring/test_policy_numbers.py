"""Every number of a policy has an effect: each is tried as it is by default and as another one."""

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal as D

import numpy as np
import pytest

from assessments.scoring.arithmetic import POINTS
from assessments.scoring.computation import compute
from assessments.scoring.engine import score
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.coordination import coordination
from assessments.scoring.exploring.draws import possible_scores
from assessments.scoring.exploring.exploration import explore
from assessments.scoring.exploring.geometric_median import Centre
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.learning.admission import admission
from assessments.scoring.learning.fit import fit
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.leave_one_out import choose_lambda, fold_predictions
from assessments.scoring.learning.reliability import reliability_table
from assessments.scoring.learning.variants import AS_PRINTED, variant_named
from assessments.scoring.lines import authority_source, lines_at, lines_in_month, powers_of
from assessments.scoring.parameters import Parameters
from assessments.scoring.protective import Community, protective_score
from assessments.scoring.upkeep.cusum import Worse, drift_of
from assessments.scoring.upkeep.recalibration import ReviewedCase, recalibrate
from tests.scoring.cases import EQ7, group, rating, taxonomy_input, worked_groups, worked_input
from tests.scoring.exploring.parties import linear, parties

READ_ABOVE_THE_CORE = {
    "minimum_answers",  # becomes the least size of each group that is handed to the core
    "coverage_month",  # names the phase on the page of lines
    "max_rounds",  # what a case's talks are counted against
}


def worked(policy):
    """The worked example in month 30; two evaluators differ, and communities alone have a record."""
    groups = tuple(
        replace(one, voice=replace(one.voice, record_fit=D(-1))) if one.code == "AC" else one for one in worked_groups()
    )
    both = rating(("0.70", "0.40", "0.85", "0.55"), "a"), rating(("0.60", "0.40", "0.85", "0.55"), "b")
    return score(worked_input(parameters=policy, month=30, groups=groups, ratings=both))


def bound(*path):
    """Read one part of what binds for the worked example under a policy."""

    def read(policy):
        found = worked(policy).binding
        for name in path:
            found = found[name]
        return found

    return read


def refusal(policy):
    try:
        worked(policy)
    except ScoringError as error:
        return error.code
    return ""


def categories(policy):
    return compute(taxonomy_input(parameters=policy)).ratings.values


def doubt(policy):
    return worked(policy).statistics["raw"]["sd"]


def at_half(policy):
    found = lines_at(D("0.5"), policy)
    return found.s, found.alpha


def at_both_ends(policy):
    return [(lines.s, lines.alpha) for lines in (lines_at(0, policy), lines_at(1, policy))]


def divided(policy):
    """Half of every group on one factor, half on another: W is sqrt(2/3)."""
    answers = [(POINTS, 0, 0, 0)] * 3 + [(0, POINTS, 0, 0)] * 3
    return score(worked_input(groups=(group("AC", answers),), parameters=policy)).statistics["groups"]


def left_out(policy):
    answers = [(POINTS, 0, 0, 0)] * 12
    run = compute(worked_input(groups=(group("AC", answers),), parameters=policy))
    return protective_score(run, [Community("river", "AC", GroupSums.of(answers[:5], 4))]).left_out


PAST = (np.arange(1, 13)[:, None] * [0.618, 0.414]) % 1
HISTORY = LabelledHistory(("a", "b"), PAST, PAST.mean(axis=1) * PAST[:, 0], np.full(12, 2))


def default_fit(policy):
    numbers = policy.learning
    variant = variant_named("default", float(numbers.zero_risk_score))
    return fit(HISTORY, variant, float(numbers.lambda_path[-1]), float(numbers.delta)).coefficients.to_json()


def printed_fit(policy):
    return fit(HISTORY, AS_PRINTED, float(policy.learning.printed_lambda)).coefficients.to_json()


def chosen(policy):
    def loss(lam):
        folds = fold_predictions(HISTORY, range(HISTORY.cases), lam)
        return float(np.mean([(fold.prediction - HISTORY.labels[fold.case]) ** 2 for fold in folds]))

    return choose_lambda({float(lam): loss(float(lam)) for lam in policy.learning.lambda_path})


def admitted(policy):
    """A learned score that hits every label but one, and loses that one by far."""
    numbers = policy.learning
    predictions = np.array([*HISTORY.labels[:-1], min(1, HISTORY.labels[-1] + 0.4)])
    table = reliability_table(predictions, HISTORY.labels, numbers.reliability_bins)
    theta = fit(HISTORY, variant_named("default"), 0.01).coefficients
    verdict = admission(
        HISTORY,
        theta,
        predictions,
        table,
        per_parameter=numbers.cases_per_number,
        standard_errors=float(numbers.standard_errors),
        raters=numbers.raters_per_label,
    )
    return [reason.is_met for reason in verdict.reasons]


def bins(policy):
    return len(reliability_table(HISTORY.labels, HISTORY.labels, policy.learning.reliability_bins))


def explored(policy):
    run = compute(worked_input(parameters=policy))
    found = explore(run)
    return (
        found.weight_variance,
        [bar.stepped for bar in found.times[0].bars],
        found.capped_voices,
        possible_scores(run).scores.tolist(),
    )


def coordinated(policy):
    """The mean lies 15 points from the robust centre."""
    groups, centre = parties([(6500, 3500)]), Centre((0.8, 0.2), 1, converged=True)
    return coordination(linear("1", "0"), groups, [centre], lines_at(0, policy), policy.exploring.median_line).far


def reviewed(policy):
    """Five cases of each kind around 0.7, and one drawn from below the lines in which something was needed."""
    cases = [ReviewedCase(D(s), was_needed=True) for s in ("0.72", "0.74", "0.76", "0.8", "0.9")]
    cases += [ReviewedCase(D(s), was_needed=False) for s in ("0.61", "0.63", "0.64", "0.66", "0.7")]
    cases += [ReviewedCase(D("0.5"), was_needed=True, was_drawn=True)]
    full = {level: one.s_full for level, one in policy.levels.items()}
    return recalibrate(full, {"M": cases, "H": cases}, policy.recalibration)


def drift(policy):
    earlier = [D(value) for value in (9, 11, 9, 11, 9, 11, 9, 11)]
    return drift_of(earlier, [D(8)] * 4, Worse.LOWER, policy.monitoring)


def all_leaves(kind, path=()):
    """Every number of a policy by its dotted name."""
    found = []
    for one in fields(kind):
        value = getattr(kind, one.name)
        inner = is_dataclass(value)
        found += all_leaves(value, (*path, one.name)) if inner else [".".join((*path, one.name))]
    return found


def with_value(policy, name, value):
    head, _, rest = name.partition(".")
    return replace(policy, **{head: with_value(getattr(policy, head), rest, value) if rest else value})


EFFECTS = {
    "voices": ("equal", bound("pooled")),
    "rho": (D("1.2"), bound("pooled")),
    "alpha": (D(0), bound("pooled")),
    "beta_range": ((D(1), D("1.5")), refusal),
    "gamma_range": ((D("0.8"), D("1.5")), refusal),
    "eta": (D("0.5"), bound("beside", "tempered")),
    "category_rule": ("rms", categories),
    "component_ratios": (((2, 1, 1),) * 7, categories),
    "low.s_initial": (D("0.1"), at_both_ends),
    "low.s_full": (D("0.35"), at_half),
    "low.alpha_initial": (D("0.2"), at_both_ends),
    "low.alpha_full": (D("0.2"), at_half),
    "moderate.s_initial": (D("0.4"), at_both_ends),
    "moderate.s_full": (D("0.7"), at_half),
    "moderate.alpha_initial": (D("0.2"), at_both_ends),
    "moderate.alpha_full": (D("0.2"), at_half),
    "high.s_initial": (D("0.9"), at_both_ends),
    "high.s_full": (D("0.9"), at_half),
    "high.alpha_initial": (D("0.2"), at_both_ends),
    "high.alpha_full": (D("0.2"), at_half),
    "roadmap_months": (60, lambda policy: lines_in_month(30, policy)),
    "mandate_month": (
        31,
        lambda policy: authority_source(30, policy, is_covered=True, is_public_procurement=False),
    ),
    "measures_line": (D("0.65"), bound("powers")),
    "suspension_line": (D("0.9"), lambda policy: powers_of(D("0.85"), policy)),
    "quorum": (8, bound("quorum", "met")),
    "minimum_community": (6, left_out),
    "sigma0": (D("0.2"), doubt),
    "nu0": (5, doubt),
    "index_line": (D("0.24"), bound("disagreement", "conflict_by_variance")),
    "lone_line": (D("0.34"), bound("disagreement", "conflict")),
    "divided_line": (D("0.9"), divided),
    "wide_line": (D("0.09"), bound("disagreement", "wide")),
    "learning.delta": (D("0.01"), default_fit),
    "learning.printed_lambda": (D("0.1"), printed_fit),
    "learning.lambda_path": ((D("0.01"),), chosen),
    "learning.zero_risk_score": (D("0.001"), default_fit),
    "learning.cases_per_number": (3, admitted),
    "learning.standard_errors": (D(10), admitted),
    "learning.raters_per_label": (3, admitted),
    "learning.reliability_bins": (4, bins),
    "exploring.weight_step": (D("0.2"), explored),
    "exploring.kappa": (D(10), explored),
    "exploring.draws": (100, explored),
    "exploring.seed": (1, explored),
    "exploring.median_line": (D("0.2"), coordinated),
    "recalibration.miss_cost": (1, reviewed),
    "recalibration.false_alarm_cost": (100, reviewed),
    "recalibration.step": (D("0.1"), reviewed),
    "recalibration.gap": (D("0.2"), reviewed),
    "recalibration.minimum_needed": (7, reviewed),
    "recalibration.minimum_not_needed": (6, reviewed),
    "recalibration.audit_share": (D("0.5"), reviewed),
    "monitoring.baseline_values": (9, drift),
    "monitoring.slack": (D(1), drift),
    "monitoring.alarm": (D(6), drift),
}


def test_every_number_is_tried():
    assert set(all_leaves(Parameters())) == set(EFFECTS) | READ_ABOVE_THE_CORE


@pytest.mark.parametrize("name", EFFECTS)
def test_number_has_an_effect(name):
    value, effect = EFFECTS[name]
    assert effect(EQ7) != effect(with_value(EQ7, name, value))
