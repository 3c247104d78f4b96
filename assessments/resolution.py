"""Looking up the files that a score string names, and whether the string says what they say."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import Assessment, PolicyVersion, RoundRecord
from assessments.publication_record import evidence_reference
from assessments.scoring.score_string import ScoreString


@dataclass(frozen=True)
class ResolvedFile:
    """One reference of a string; ``problem`` is empty if it is on record and agrees."""

    key: str
    reference: str
    problem: str = ""


def resolve(string: ScoreString) -> list[ResolvedFile]:
    """Check every reference that the string carries."""
    checks: list[tuple[str, str | None, Callable[[ScoreString, str], str]]] = [
        ("RD", string.record, _record_problem),
        ("EV", string.evidence, _evidence_problem),
        ("PO", string.policy, _policy_problem),
    ]
    return [ResolvedFile(key, name, problem(string, name)) for key, name, problem in checks if name]


def _record_problem(string: ScoreString, name: str) -> str:
    record = RoundRecord.objects.filter(reference=name).first()
    if record is None:
        return f"RD: there is no round record {name} here."
    result = json.loads(record.body)["result"]
    if tuple(result["pooled"]) != tuple(string.weights or ()):
        return f"RD: the weights in the string are not those of {name}."
    if [Decimal(result["ratings"][code]) for code in result["codes"]] != list(string.factors):
        return f"RD: the ratings in the string are not those of {name}."
    return ""


def _evidence_problem(string: ScoreString, name: str) -> str:  # noqa: ARG001 -- one signature for all three
    incident, _, rest = name.rpartition("-A")
    number = rest.partition("-")[0]
    assessments = Assessment.objects.filter(incident__reference=incident, number=number) if number.isdecimal() else []
    if any(evidence_reference(assessment) == name for assessment in assessments):
        return ""
    return f"EV: there is no evidence bundle {name} here."


def _policy_problem(string: ScoreString, name: str) -> str:  # noqa: ARG001 -- one signature for all three
    version = PolicyVersion.objects.filter(sha256__startswith=name.rpartition("~")[2]).select_related("jurisdiction")
    return "" if any(one.reference == name for one in version) else f"PO: there is no policy {name} here."
