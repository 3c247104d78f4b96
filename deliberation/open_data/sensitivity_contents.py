"""What stands in the file of what would change a score: what its page shows, and nothing else."""

from typing import Any

from assessments.scoring.arithmetic import half_up
from assessments.scoring.exploring.finding import Finding
from assessments.scoring.exploring.sensitivity import Range
from deliberation.open_data.contents import counting, positions_of
from deliberation.open_data.files import Contents
from deliberation.sensitivity.facts import (
    NOTHING,
    group_facts,
    left_out_facts,
    line_facts,
    rule_facts,
    weight_facts,
)
from deliberation.sensitivity.subject import Subject
from deliberation.sensitivity.verdict import verdict_of
from deliberation.validation.rated_range import rated_range
from deliberation.words import METHODS


def one_sensitivity(subject: Subject) -> Contents:
    """Return every number of the page."""
    beside = subject.score.binding["beside"]
    return {
        "verdict": [_verdict(subject)],
        "least": line_facts(subject),
        "alone": weight_facts(subject),
        "reach": group_facts(subject),
        "positions": positions_of(subject.score),
        "methods": [(name, beside[name]) for name in METHODS],
        "rules": rule_facts(subject),
        "left_out": left_out_facts(subject),
    }


def _verdict(subject: Subject) -> dict[str, Any]:
    found, inputs = subject.score.binding["disagreement"], subject.run.inputs
    edges = rated_range(inputs.scheme, inputs.ratings, inputs.parameters)
    return {
        "answer": verdict_of(subject).answer,
        "score": subject.score.score,
        "any": _rounded(subject.found.any_voices),
        "capped": _rounded(subject.found.capped_voices),
        "rated": edges.of(subject.run.pooled, inputs.aggregator),
        "index": found["index"],
        "conflict": found["conflict"],
        "counts": counting(subject.score),
    }


def _rounded(finding: Finding[Range]) -> tuple[Any, Any]:
    if finding.value is None:
        return NOTHING
    low, high = finding.value
    return half_up(low), half_up(high)
