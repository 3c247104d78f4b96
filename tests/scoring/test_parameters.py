"""The parameter set: the paper's table as default, strict reading, refused values."""

from decimal import Decimal as D

import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters import LevelLines, Parameters
from assessments.scoring.parameters_exploring import ExploringParameters
from assessments.scoring.parameters_learning import LearningParameters
from assessments.scoring.parameters_upkeep import MonitoringParameters, RecalibrationParameters


def code_of(**changes):
    with pytest.raises(ScoringError) as caught:
        Parameters(**changes)
    return caught.value.code


def test_defaults_are_the_papers_table():
    assert {j: (x.s_initial, x.s_full, x.alpha_initial, x.alpha_full) for j, x in Parameters().levels.items()} == {
        "L": (D("0.2"), D("0.3"), D("0.1"), D("0.15")),
        "M": (D("0.5"), D("0.6"), D("0.05"), D("0.1")),
        "H": (D("0.8"), D("0.75"), D("0.01"), D("0.05")),
    }


def test_json_of_the_defaults():
    assert Parameters().to_json() == {
        "voices": "equal",
        "rho": "3",
        "alpha": "1",
        "beta_range": ["0.5", "1.5"],
        "gamma_range": ["0.8", "2"],
        "eta": "0.01",
        "category_rule": "mean",
        "component_ratios": [[1, 1, 1]] * 7,
        "low": {"s_initial": "0.2", "s_full": "0.3", "alpha_initial": "0.1", "alpha_full": "0.15"},
        "moderate": {"s_initial": "0.5", "s_full": "0.6", "alpha_initial": "0.05", "alpha_full": "0.1"},
        "high": {"s_initial": "0.8", "s_full": "0.75", "alpha_initial": "0.01", "alpha_full": "0.05"},
        "roadmap_months": 72,
        "mandate_month": 24,
        "coverage_month": 48,
        "measures_line": "0.6",
        "suspension_line": "0.8",
        "quorum": 4,
        "minimum_answers": 5,
        "minimum_community": 5,
        "sigma0": "0.1",
        "nu0": 2,
        "index_line": "0.25",
        "lone_line": "0.4",
        "divided_line": "0.5",
        "wide_line": "0.1",
        "max_rounds": 2,
        "learning": {
            "delta": "0.1",
            "printed_lambda": "0.01",
            "lambda_path": ["0.01", "0.003", "0.001", "0.0003", "0.0001"],
            "zero_risk_score": "0.05",
            "cases_per_number": 2,
            "standard_errors": "1",
            "raters_per_label": 2,
            "reliability_bins": 5,
        },
        "exploring": {"weight_step": "0.1", "kappa": "50", "draws": 4096, "seed": 20250, "median_line": "0.1"},
        "recalibration": {
            "miss_cost": 5,
            "false_alarm_cost": 1,
            "step": "0.05",
            "gap": "0.05",
            "minimum_needed": 5,
            "minimum_not_needed": 5,
            "audit_share": "0.05",
        },
        "monitoring": {"baseline_values": 8, "slack": "0.5", "alarm": "5"},
    }


def test_json_round_trip():
    ratios = ((2, 1, 1), *Parameters().component_ratios[1:])
    learning = LearningParameters(lambda_path=(D("0.02"), D("0.000001")))
    changed = Parameters(voices="eq7", eta=D("0.05"), quorum=3, component_ratios=ratios, learning=learning)
    assert Parameters.from_json(changed.to_json()) == changed


@pytest.mark.parametrize("change", [{"extra": 1}, {"quorum": None}])
def test_json_with_a_field_too_many_or_too_few_is_refused(change):
    data = Parameters().to_json() | change
    data = {key: value for key, value in data.items() if value is not None}
    with pytest.raises(ScoringError) as caught:
        Parameters.from_json(data)
    assert caught.value.code == "E_SHAPE"
    assert caught.value.details == {"names": list(change)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rho": "many"}, "not_a_number"),
        ({"rho": 3.0}, "E_TYPE"),
        ({"high": []}, "E_TYPE"),
        ({"quorum": "4"}, "E_TYPE"),
        ({"beta_range": "0.5"}, "E_TYPE"),
        ({"beta_range": ["0.5"]}, "E_SHAPE"),
        ({"component_ratios": [1, 1, 1]}, "E_TYPE"),
        ({"learning": {}}, "E_SHAPE"),
        ({"learning": Parameters().to_json()["learning"] | {"lambda_path": []}}, "E_EMPTY"),
    ],
)
def test_json_values_of_the_wrong_kind_are_refused(change, code):
    with pytest.raises(ScoringError) as caught:
        Parameters.from_json(Parameters().to_json() | change)
    assert caught.value.code == code


def lines(*values):
    return LevelLines(*(D(value) for value in values))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"low": lines("0.6", "0.3", "0.1", "0.15")}, "threshold_order"),
        ({"moderate": lines("0.5", "0.75", "0.05", "0.1")}, "threshold_order"),
        ({"measures_line": D("0.8")}, "threshold_order"),
        ({"beta_range": (D(2), D(1))}, "threshold_order"),
        ({"voices": "loud"}, "E_MODE"),
        ({"category_rule": "printed"}, "E_MODE"),
        ({"eta": D(0)}, "E_RANGE"),
        ({"eta": D(1)}, "E_RANGE"),
        ({"rho": D("0.9")}, "E_RANGE"),
        ({"sigma0": D("1.1")}, "E_RANGE"),
        ({"index_line": 0.25}, "E_TYPE"),
        ({"quorum": 4.0}, "E_TYPE"),
        ({"nu0": 0}, "E_RANGE"),
        ({"roadmap_months": 0}, "E_RANGE"),
        ({"component_ratios": ((0, 0, 0),)}, "weights_zero"),
        ({"component_ratios": ((1, 1, 1), (1, -1, 1))}, "E_RANGE"),
        ({"quorum": 0}, "E_RANGE"),
        ({"minimum_community": 0}, "E_RANGE"),
        ({"roadmap_months": 1001}, "E_RANGE"),
        ({"mandate_month": 49}, "threshold_order"),
    ],
)
def test_parameters_refused(changes, code):
    assert code_of(**changes) == code


def test_lines_refuse_a_probability_above_one():
    with pytest.raises(ScoringError) as caught:
        lines("0.2", "0.3", "1.1", "0.15")
    assert caught.value.code == "E_RANGE"


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        (LearningParameters, {"delta": D(0)}, "E_RANGE"),
        (LearningParameters, {"delta": D("1.1")}, "E_RANGE"),
        (LearningParameters, {"printed_lambda": D(0)}, "E_RANGE"),
        (LearningParameters, {"printed_lambda": 0.01}, "E_TYPE"),
        (LearningParameters, {"lambda_path": ()}, "E_EMPTY"),
        (LearningParameters, {"lambda_path": (D("0.001"), D("0.01"))}, "threshold_order"),
        (LearningParameters, {"lambda_path": (D("0.01"), D("0.01"))}, "threshold_order"),
        (LearningParameters, {"lambda_path": tuple(D(11 - n) / 100 for n in range(11))}, "E_RANGE"),
        (LearningParameters, {"lambda_path": (D("0.0000001"),)}, "E_RANGE"),
        (LearningParameters, {"zero_risk_score": D("0.6")}, "E_RANGE"),
        (LearningParameters, {"cases_per_number": 0}, "E_RANGE"),
        (LearningParameters, {"standard_errors": D(-1)}, "E_RANGE"),
        (LearningParameters, {"raters_per_label": 0}, "E_RANGE"),
        (LearningParameters, {"reliability_bins": 1}, "E_RANGE"),
        (ExploringParameters, {"weight_step": D(0)}, "E_RANGE"),
        (ExploringParameters, {"kappa": D("0.5")}, "E_RANGE"),
        (ExploringParameters, {"draws": 99}, "E_RANGE"),
        (ExploringParameters, {"draws": 4096.0}, "E_TYPE"),
        (ExploringParameters, {"seed": -1}, "E_RANGE"),
        (ExploringParameters, {"median_line": D(2)}, "E_RANGE"),
        (RecalibrationParameters, {"miss_cost": 0}, "E_RANGE"),
        (RecalibrationParameters, {"minimum_not_needed": 0}, "E_RANGE"),
        (RecalibrationParameters, {"step": D(0)}, "E_RANGE"),
        (RecalibrationParameters, {"gap": D("0.4")}, "E_RANGE"),
        (RecalibrationParameters, {"audit_share": D(0)}, "E_RANGE"),
        (MonitoringParameters, {"baseline_values": 1}, "E_RANGE"),
        (MonitoringParameters, {"slack": D(-1)}, "E_RANGE"),
        (MonitoringParameters, {"alarm": D(0)}, "E_RANGE"),
    ],
)
def test_parts_refused(kind, change, code):
    with pytest.raises(ScoringError) as caught:
        kind(**change)
    assert caught.value.code == code
