"""Write the score string of a finished scoring."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assessments.scoring.aggregators import LINEAR, TEMPERED
from assessments.scoring.categories import MEAN
from assessments.scoring.errors import ScoringError
from assessments.scoring.lines import MONTH, NO_LEVEL
from assessments.scoring.parameters import Parameters
from assessments.scoring.schemes import SCHEMES
from assessments.scoring.score_string_form import ScoreString

LETTER = {LINEAR: "L", TEMPERED: "T"}


def string_of(
    binding: Mapping[str, Any],
    parameters: Parameters,
    *,
    month: int | None,
    record: str | None = None,
    evidence: str | None = None,
    policy: str | None = None,
) -> ScoreString:
    """Build the checked string of a binding record.

    Parameters
    ----------
    binding : the binding part of a result
    parameters : policy that it was scored under
    month : None for a retrospective scoring, which is marked so
    record, evidence, policy : references `id~hex`; `record` is dropped where nobody was heard

    The level is left out under lines of a policy's own: whoever has only the string could not check it.

    Raises
    ------
    ScoringError `string_missing` without a record where groups were heard; `E_MODE` for a scheme or a category
    rule that the string has no letters for
    """
    scheme = SCHEMES.get(binding["scheme"])
    if scheme is None or (scheme.components and parameters.category_rule != MEAN):
        raise ScoringError("E_MODE", "The score string has no letters for this scheme or category rule.")
    aggregator = binding["aggregator"]
    return ScoreString(
        method=scheme.family + LETTER[aggregator],
        factors=tuple(Decimal(binding["ratings"][code]) for code in scheme.factors),
        source=binding["weights_source"],
        weights=tuple(binding["pooled"]),
        stated=Decimal(binding["score"]),
        eta=parameters.eta if aggregator == TEMPERED else None,
        normaliser="WM" if scheme.components else None,
        record=record if binding["weights_source"] != "EQ" else None,
        evidence=evidence,
        policy=policy,
        month=month,
        level=_level(binding) if _has_the_papers_lines(parameters) else None,
        retrospective=month is None,
    )


def _level(binding: Mapping[str, Any]) -> str | None:
    levels = {time["label"]: time["level"] for time in binding["times"]}
    return {NO_LEVEL: "N"}.get(levels[MONTH], levels[MONTH]) if MONTH in levels else None


def _has_the_papers_lines(parameters: Parameters) -> bool:
    paper = Parameters()
    return (parameters.levels, parameters.roadmap_months) == (paper.levels, paper.roadmap_months)
