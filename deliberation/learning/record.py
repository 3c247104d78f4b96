"""A training record as a page shows it: rows with their numbers as people read them, four decimals at most."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import ComputationRun
from assessments.scoring.learning.variants import AS_PRINTED, DEFAULT, FRACTIONAL_LOGIT
from assessments.wording import item_of
from deliberation.learning.reasons import Reason, reason_of

NAMES: dict[str, Promise] = {
    "linear": _("Adding-up method, equal weights (eq. 2)"),
    AS_PRINTED.name: _("Learned as printed (eq. 4, 5)"),
    DEFAULT.name: _("Learned by default (D14)"),
    FRACTIONAL_LOGIT.name: _("Learned with cross-entropy (alternative)"),
}


@dataclass(frozen=True)
class ErrorRow:
    """How far one way of scoring lies from the labels."""

    name: str | Promise
    left_out: bool
    loss: str
    mae: str
    r2: str
    lowest: str
    highest: str


@dataclass(frozen=True)
class PathRow:
    """One penalty of the path, and how well it predicts cases that were left out."""

    lam: str
    loss: str
    mae: str
    lowest: str
    highest: str
    unsure: int
    is_chosen: bool


@dataclass(frozen=True)
class FitTable:
    """One fit: its coefficients in the names of the paper, and how it came to rest."""

    name: str | Promise
    lam: str
    bias: str
    effects: list[tuple[str | Promise, str, list[str]]]
    objective: str
    gradient: str
    iterations: int
    is_converged: bool
    spread: str


@dataclass(frozen=True)
class RecordPage:
    """Everything on the page of one record."""

    data: Mapping[str, Any]
    factors: list[str | Promise]
    is_admissible: bool
    reasons: list[Reason]
    errors: list[ErrorRow]
    path: list[PathRow]
    fits: list[FitTable]
    reliability: list[dict[str, Any]]


def page_of(run: ComputationRun) -> RecordPage:
    """Read a finished run's record."""
    data = json.loads(run.result)
    factors = _factors(data["history"])
    return RecordPage(
        data=data,
        factors=factors,
        is_admissible=data["admission"]["is_admissible"],
        reasons=[reason_of(one) for one in data["admission"]["reasons"]],
        errors=_errors(data["errors"]),
        path=[_path_row(row, data["lambda"]) for row in data["path"]],
        fits=[_fit(name, fit, factors) for name, fit in data["fits"].items()],
        reliability=[
            {"count": row["count"], "predicted": four(row["mean_prediction"]), "label": four(row["mean_label"])}
            for row in data["reliability"]
        ],
    )


def four(number: str | None) -> str:
    """Write a number with four decimals; one that does not exist as a dash."""
    return "–" if number is None else f"{float(number):.4f}"


def _factors(history: Mapping[str, Any]) -> list[str | Promise]:
    if not history["scheme"]:
        return list(history["factors"])
    return [item_of(history["scheme"], code).name for code in history["factors"]]


def _errors(errors: Mapping[str, Any]) -> list[ErrorRow]:
    """Rows in one order, whatever the order of the file: what was left out first, because that is what counts."""
    wanted = [(name, kind) for kind in ("left_out", "fitted") for name in NAMES if kind in errors[name]]
    return [_error_row(NAMES[name], errors[name][kind], left_out=kind == "left_out") for name, kind in wanted]


def _error_row(name: Promise, found: Mapping[str, Any], *, left_out: bool) -> ErrorRow:
    numbers = {key: four(found[key]) for key in ("loss", "mae", "r2", "lowest", "highest")}
    return ErrorRow(name, left_out, **numbers)


def _path_row(row: Mapping[str, Any], chosen: str) -> PathRow:
    return PathRow(
        lam=row["lambda"],
        loss=f"{float(row['loss']):.6f}",
        mae=four(row["mae"]),
        lowest=four(row["lowest"]),
        highest=four(row["highest"]),
        unsure=row["folds_not_converged"],
        is_chosen=row["lambda"] == chosen,
    )


def _fit(name: str, fit: Mapping[str, Any], factors: list[str | Promise]) -> FitTable:
    theta = fit["coefficients"]
    rows = zip(factors, theta["w"], theta["W"], strict=True)
    return FitTable(
        name=NAMES[name],
        lam=format(float(fit["lambda"]), "g"),
        bias=four(theta["b"]),
        effects=[(factor, four(alone), [four(pair) for pair in pairs]) for factor, alone, pairs in rows],
        objective=f"{float(fit['objective']):.6f}",
        gradient=f"{float(fit['gradient']):.1e}",
        iterations=fit["iterations"],
        is_converged=fit["is_converged"],
        spread=f"{float(fit['spread']):.1e}",
    )
