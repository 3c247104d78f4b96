"""Recomputing everything from scratch and comparing it with what is stored, byte for byte."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments import snapshot
from assessments.actions.scores import current_round, sums_from_scratch
from assessments.models import Assessment, GroupSum, RoundRecord, ScoreRun
from assessments.publication_record import public_statistics, round_reference, score_string
from assessments.scoring import engine
from assessments.scoring.record import digest
from assessments.scoring.version import FORMULA_VERSION

TOLERANCE = 1e-9
"""How far the few statistics that need floating point may differ between machines."""


@dataclass(frozen=True)
class Finding:
    """One comparison: what was compared, and what differed (nothing if it agreed)."""

    subject: str
    check: str
    problem: str = ""


def verify(assessment: Assessment) -> Iterator[Finding]:
    """Compare the sums, the score and the records of one assessment with a recomputation from the answers."""
    name = f"{assessment.incident.reference} assessment {assessment.number}"
    if assessment.scored_rev < assessment.input_rev:
        waiting = assessment.input_rev - assessment.scored_rev
        yield Finding(name, "up to date", f"{waiting} accepted inputs are not in the score yet")
        return
    sums = Finding(name, "group sums", _sums_problem(assessment))
    yield sums
    if assessment.input_rev and not sums.problem:
        yield from _score_findings(name, assessment)
    for record in RoundRecord.objects.filter(round__assessment=assessment).select_related("round__assessment"):
        yield Finding(name, f"record of round {record.round.number}", _record_problem(record))


def _sums_problem(assessment: Assessment) -> str:
    for weight_round in assessment.rounds.all():
        counted = sums_from_scratch(weight_round)
        for row in GroupSum.objects.filter(round=weight_round):
            right = counted[row.group_id]
            if (row.n, tuple(row.s), tuple(row.q)) != (right.n, right.s, right.q):
                return f"the sums of a group in round {weight_round.number} are not those of its answers"
    return ""


def _score_findings(name: str, assessment: Assessment) -> Iterator[Finding]:
    run = ScoreRun.objects.filter(assessment=assessment, rev=assessment.input_rev, engine=FORMULA_VERSION).first()
    if run is None:
        yield Finding(name, "score", f"there is no score of engine {FORMULA_VERSION} at the newest revision")
        return
    with transaction.atomic():
        result = engine.score(snapshot.scoring_input(assessment, current_round(assessment)))
    yield Finding(name, "score", "" if result.binding_bytes.decode() == run.binding else "the bytes differ")
    yield Finding(name, "inputs digest", "" if result.inputs_digest == run.inputs_digest else "the digest differs")
    yield Finding(name, "statistics", "" if _close(result.statistics, run.statistics) else "the statistics differ")


def _close(one: object, two: object) -> bool:
    if isinstance(one, float) or isinstance(two, float):
        return isinstance(one, int | float) and isinstance(two, int | float) and abs(one - two) <= TOLERANCE
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_close(one[key], two[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(two, list | tuple):
        return len(one) == len(two) and all(_close(a, b) for a, b in zip(one, two, strict=True))
    return one == two


def _record_problem(record: RoundRecord) -> str:
    if digest(record.body.encode()) != record.sha256:
        return "its hash is not that of its bytes"
    if round_reference(record.round, record.body.encode()) != record.reference:
        return "its name is not that of its bytes"
    body = json.loads(record.body)
    run = ScoreRun.objects.filter(round=record.round, published=True).first()
    if run is None or json.loads(run.binding) != body["result"]:
        return "it says another result than the published score run"
    if public_statistics(run.statistics) != body["statistics"]:
        return "it says other statistics than the published score run"
    return _frozen_problem(record, body) or _string_problem(record, run)


def _frozen_problem(record: RoundRecord, body: dict[str, Any]) -> str:
    weight_round = record.round
    if digest(weight_round.frozen.encode()) != weight_round.frozen_sha256:
        return "what was fixed before its first answer does not have its published hash"
    if (body["frozen"], body["frozen_sha256"]) != (json.loads(weight_round.frozen), weight_round.frozen_sha256):
        return "it says something else than what was fixed before the first answer"
    return ""


def _string_problem(record: RoundRecord, run: ScoreRun) -> str:
    if score_string(record.round.assessment, run, record.reference) != record.score_string:
        return "its score string is not that of the published score run"
    return ""
