"""The comparison of rules as plain data, the same numbers that the page shows."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessments.scoring.arithmetic import text
from assessments.scoring.exploring.alternatives import Alternative
from assessments.scoring.exploring.finding import Finding
from assessments.scoring.version import FORMULA_VERSION
from deliberation.validation.alternatives import Compared, RuleOverCases, TriedScore
from deliberation.validation.labelled import TriedHistory
from stakeholders.models import Jurisdiction

Json = dict[str, Any]


def alternatives_report(jurisdiction: Jurisdiction, found: Compared) -> Json:
    """Write down the rules over past cases, case by case, and over labelled histories."""
    return {
        "jurisdiction": jurisdiction.slug,
        "synthetic": jurisdiction.synthetic,
        "formula": FORMULA_VERSION,
        "rules": [_rule(row) for row in found.rules],
        "cases": [_case(row) for row in found.tried],
        "scores_before_any_answers": found.unweighed,
        "scores_with_too_many_groups": found.too_many_groups,
        "histories": [_history(tried) for tried in found.histories],
    }


def _rule(row: RuleOverCases) -> Json:
    return {
        "rule": row.rule,
        "same_level": row.comparison.same,
        "cases": row.comparison.defined,
        "share": _text(row.share),
        "raised_by_one_group": _text(row.up),
        "lowered_by_one_group": _text(row.down),
        "fewest_groups_that_dictate": row.fewest,
        "why_not": row.why_not,
    }


def _case(row: TriedScore) -> Json:
    assessment = row.one.score.assessment
    return {
        "reference": row.past.incident.reference,
        "assessment": assessment.number,
        "scheme": assessment.scheme,
        "rules": {rule: _finding(finding) for rule, finding in row.found.items()},
    }


def _finding(finding: Finding[Alternative]) -> Json:
    one = finding.value
    if one is None:
        return {"why_not": finding.reason}
    return {
        "score": _text(one.score),
        "levels": list(one.levels),
        "with_one_group_captured": [_text(edge) for edge in one.capture],
        "groups_that_dictate": [found.value for found in one.to_dictate],
    }


def _history(tried: TriedHistory) -> Json:
    return {
        "reference": tried.history.reference,
        "cases": tried.history.case_count,
        "record": tried.run.result_sha256,
        "rules": [{"rule": row.rule, "mean_loss": row.loss, "same_level": row.same} for row in tried.rules],
    }


def _text(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else text(value)
