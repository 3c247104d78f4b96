"""What documents say of every method that writes: its body, its key, and how it may be refused."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

from lastvote.rest.operations import Operation, Schema

WORDS: Schema = {"type": "string"}
NUMBER: Schema = {"anyOf": [{"type": "number"}, {"type": "string"}]}
TOKENS = ("token_expired", "token_revoked", "token_unknown")
OF_A_BODY = (
    "duplicate_key", "malformed_json", "max_decimal_places", "not_finite", "null_characters", "object_expected",
    "required", "surrogate", "too_deep", "too_long", "unknown_field",
)  # fmt: skip
OF_A_KEY = ("key_format", "key_required")
SIGNED_IN: Mapping[int, tuple[str, ...]] = {401: ("sign_in_first", *TOKENS), 403: ("csrf_failed", "not_allowed")}
BINDS: Mapping[int, tuple[str, ...]] = {403: ("session_needed", "sign_in_again")}
"""What binds others is done by somebody who has just shown who they are."""


def closed(properties: Mapping[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of an object that holds these names and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def nullable(schema: Schema) -> dict[str, Any]:
    """Return a schema that null fits too."""
    return {"anyOf": [dict(schema), {"type": "null"}]}


def written(
    name: str,
    section: Promise,
    summary: Promise,
    meaning: Promise,
    *,
    body: Schema | None,
    answers: Mapping[int, Schema],
    codes: Mapping[int, tuple[str, ...]],
    keyed: bool = True,
) -> Operation:
    """Describe a method that writes; whatever stands behind the question mark is left unread."""
    of_body = {400: OF_A_BODY, 413: ("body_too_large",), 415: ("unsupported_media_type",)} if body else {}
    of_key = {400: OF_A_KEY, 422: ("key_reused",)} if keyed else {}
    every = _joined(SIGNED_IN, of_body, of_key, codes)
    return Operation(name, section, summary, meaning, answers, query=None, body=body, codes=every, etag=False)


def _joined(*parts: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    statuses = {status for part in parts for status in part}
    return {status: tuple(sorted({code for part in parts for code in part.get(status, ())})) for status in statuses}
