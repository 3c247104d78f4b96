"""Schemas of what is published as exact bytes: who wrote them is named, and the members that they always have."""

from typing import Any

from deliberation.open_data.schemas import Schema

_TEXT: Schema = {"type": "string"}
_OBJECT: Schema = {"type": "object"}
_LIST: Schema = {"type": "array"}
_FLAG: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_MAYBE: Schema = {"type": ["string", "null"]}


def _with(**members: Schema) -> Schema:
    """Return the schema of an object that has these members, whatever else stands in it."""
    return {"type": "object", "properties": members, "required": sorted(members)}


ROUND_RECORD = _with(
    record={"const": "lastvote.round"}, version=_COUNT, synthetic=_FLAG, frozen=_OBJECT, frozen_sha256=_TEXT,
    closed_at=_MAYBE, extension_reason=_TEXT, result=_OBJECT, statistics=_OBJECT, first_to_sent=_OBJECT,
)  # fmt: skip
EVIDENCE_BUNDLE = _with(
    record={"const": "lastvote.evidence"}, version=_COUNT, incident=_TEXT, assessment=_COUNT, cutoff=_MAYBE, items=_LIST
)
POLICY_BODY = _with(parameters=_OBJECT, voices=_LIST, aggregators=_OBJECT, round_clock=_OBJECT)
TRAINING_RECORD = _with(
    format=_TEXT, history=_OBJECT, settings=_OBJECT, started_at=_TEXT, path=_LIST, fits=_OBJECT, errors=_OBJECT,
    reliability=_LIST, admission=_OBJECT, left_out=_OBJECT, **{"lambda": _TEXT},
)  # fmt: skip
_PAST_CASE = _with(
    reference=_TEXT, title=_TEXT, language=_TEXT, control=_FLAG, asked_on=_MAYBE, first_outcome=_MAYBE, outcomes=_LIST,
    scores=_LIST,
)  # fmt: skip
PAST_CASES: dict[str, Any] = _with(
    jurisdiction=_TEXT, synthetic=_FLAG, formula=_TEXT, reconstruction_with_hindsight_risk=_FLAG,
    cases={"type": "array", "items": _PAST_CASE}, tallies=_LIST, can_show_false_alarms=_FLAG,
)  # fmt: skip
