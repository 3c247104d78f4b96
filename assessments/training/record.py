"""The record of a finished training: everything a reader needs to judge it, in canonical JSON.

Numbers are texts that give back the same float64. The record names no person: who started it stays with the run.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from assessments.models import LabelledHistory
from assessments.scoring.learning.fit import FitReport
from assessments.scoring.learning.variants import AS_PRINTED, DEFAULT, FRACTIONAL_LOGIT
from assessments.scoring.record import canonical_bytes
from assessments.training.findings import Findings
from assessments.training.plan import LOGIT, Series

FORMAT = "lastvote training 1"


def record_text(findings: Findings, history: LabelledHistory, started_at: dt.datetime) -> str:
    """Put the record together."""
    content = {
        "format": FORMAT,
        "history": _history(history),
        "settings": findings.settings.to_json(),
        "started_at": started_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "lambda": findings.chosen.lam,
        "path": [_path_row(findings, one) for one in findings.plan.path],
        "fits": {
            series.variant: _fit(findings.report(series)) for series in (findings.plan.printed, findings.chosen, LOGIT)
        },
        "errors": _errors(findings),
        "reliability": [asdict(one) for one in findings.reliability()],
        "admission": _admission(findings),
        "left_out": {
            AS_PRINTED.name: findings.checkpoint.predictions(findings.plan.printed).tolist(),
            DEFAULT.name: findings.checkpoint.predictions(findings.chosen).tolist(),
        },
    }
    return canonical_bytes(_written(content)).decode()


def _history(history: LabelledHistory) -> dict[str, Any]:
    return {
        "reference": history.reference,
        "name": history.name,
        "source": history.source,
        "licence": history.licence,
        "synthetic": history.synthetic,
        "scheme": history.scheme,
        "factors": history.factors,
        "columns": history.columns,
        "cases": history.case_count,
        "sha256": history.sha256,
    }


def _path_row(findings: Findings, series: Series) -> dict[str, Any]:
    end = findings.report(series).end
    return {
        "lambda": series.lam,
        "objective": end.objective,
        "is_converged": end.is_converged,
        **findings.left_out(series),
    }


def _fit(report: FitReport) -> dict[str, Any]:
    return {
        "lambda": report.lam,
        "coefficients": report.coefficients.to_json(),
        "objective": report.end.objective,
        "gradient": report.end.gradient,
        "iterations": report.end.iterations,
        "is_converged": report.end.is_converged,
        "chosen_start": report.chosen,
        "ends": [end.objective for end in report.ends],
        "spread": report.spread,
    }


def _errors(findings: Findings) -> dict[str, Any]:
    both = (findings.plan.printed, findings.chosen)
    learned = {one.variant: {"fitted": findings.fitted(one), "left_out": findings.left_out(one)} for one in both}
    return {
        "linear": {"left_out": findings.linear()},
        **learned,
        FRACTIONAL_LOGIT.name: {"fitted": findings.fitted(LOGIT)},
    }


def _admission(findings: Findings) -> dict[str, Any]:
    verdict = findings.verdict()
    reasons = [{"code": one.code, "is_met": one.is_met, "numbers": dict(one.numbers)} for one in verdict.reasons]
    return {"is_admissible": verdict.is_admissible, "reasons": reasons}


def _written(value: Any) -> Any:
    """Write every float as the shortest text that gives it back; a record holds no floats."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {key: _written(part) for key, part in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_written(part) for part in value]
    return value
