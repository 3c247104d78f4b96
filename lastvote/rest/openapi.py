"""The OpenAPI 3.1 document, written from the addresses themselves and from what their views say of each method.

Nothing is listed by hand: an address without a description is a fault, found by the first reading of the document.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lastvote.rest.operations import SEEN, Operation, Schema
from lastvote.rest.problems import CONTENT_TYPE, TITLES
from lastvote.rest.queries import Parameter

JSON = "application/json"
PROBLEM = "#/components/schemas/problem"
ROOT = "v1/"
EVERY_ADDRESS: Mapping[int, tuple[str, ...]] = {
    404: ("not_found",),
    406: ("not_acceptable",),
    429: ("too_many_requests",),
}
ANYWHERE: Mapping[int, tuple[str, ...]] = {
    401: ("sign_in_first",), 403: ("not_allowed",), 405: ("method_not_allowed",), 413: ("body_too_large",),
    415: ("unsupported_media_type",), 500: ("fault",),
}  # fmt: skip
"""Codes that do not belong to single methods: wrong ways to ask, and faults of ours."""
PROBLEM_SCHEMA: Schema = {
    "type": "object",
    "description": _("What is wrong, as RFC 9457 has it"),
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": _("Never changes its meaning")},
        "detail": {"type": "string", "description": _("What is wrong, what is allowed, and how to go on")},
        "field": {"type": "string", "description": _("Where in the body, as a JSON pointer")},
        "details": {"type": "object"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["code", "detail", "status", "title", "type"],
    "additionalProperties": False,
}

_HEADERS = {
    SEEN: {
        "description": _("For those who may change this row: what to send as “seen” with the change"),
        "schema": {"type": "string"},
    }
}


@dataclass(frozen=True)
class Slot:
    """A part of an address that is filled in."""

    meaning: Promise
    schema: Schema
    example: str | int


@dataclass(frozen=True)
class Address:
    """One address with its slots in braces, and what its view says of each method."""

    path: str
    slots: tuple[str, ...]
    operations: Mapping[str, Operation]
    view: Any


def addresses(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[Address]:
    """Return every address below the API's root, whoever mounted it."""
    for one in patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, path)
        else:
            view = getattr(one.callback, "view_class", None) or getattr(one.callback, "cls", None)
            slots = tuple(re.findall(r"<(?:\w+:)?(\w+)>", path))
            shown = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path).removeprefix(ROOT)
            yield Address(shown, slots, getattr(view, "operations", {}), view)


def document(
    about: Mapping[str, Any],
    found: Iterable[Address],
    *,
    slots: Mapping[str, Slot],
    schemas: Mapping[str, Schema],
    examples: Mapping[str, Any],
    sections: Iterable[Promise],
) -> dict[str, Any]:
    """Return the whole document; what people read in it is in their language."""
    return {
        "openapi": "3.1.0",
        "info": about,
        "servers": [{"url": f"{settings.BASE_URL.rstrip('/')}/api/v1"}],
        "tags": [{"name": str(section)} for section in sections],
        "paths": {address.path: _path(address, slots, examples) for address in found},
        "components": {"schemas": {**schemas, "problem": PROBLEM_SCHEMA}},
    }


def _path(address: Address, slots: Mapping[str, Slot], examples: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "parameters": [_slot(name, slots[name]) for name in address.slots],
        **{
            method.lower(): _operation(operation, address, examples.get(operation.name))
            for method, operation in address.operations.items()
        },
    }


def _slot(name: str, slot: Slot) -> dict[str, Any]:
    return {
        "name": name, "in": "path", "required": True,
        "description": slot.meaning, "schema": slot.schema, "example": slot.example,
    }  # fmt: skip


def _operation(operation: Operation, address: Address, example: Mapping[str, Any] | None) -> dict[str, Any]:
    body = {"requestBody": _body(operation, example)} if operation.body else {}
    return {
        "operationId": operation.name,
        "tags": [str(operation.section)],
        "summary": operation.summary,
        "description": operation.meaning,
        "parameters": [_parameter(parameter) for parameter in operation.query or ()],
        **body,
        "responses": {**_answers(operation, example), **_problems(operation, address)},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name, "in": "query", "required": False,
        "description": parameter.meaning, "schema": parameter.schema, "example": parameter.example,
    }  # fmt: skip


def _body(operation: Operation, example: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"required": True, "content": {JSON: _content(operation.body, (example or {}).get("body"))}}


def _answers(operation: Operation, example: Mapping[str, Any] | None) -> dict[str, Any]:
    told = example or {}
    answers = {
        str(status): {
            "description": _("As asked"),
            "content": {JSON: _content(schema, told.get("answer") if told.get("status") == status else None)},
            **({"headers": _HEADERS} if operation.tells_seen else {}),
            **({"links": _links(operation.leads)} if operation.leads else {}),
        }
        for status, schema in operation.answers.items()
    }
    return {**answers, **({"304": {"description": _("What you have is the newest")}} if operation.etag else {})}


def _links(leads: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Say where to go from here; the jurisdiction stays the same."""
    return {
        name: {"operationId": name, "parameters": {"slug": "$request.path.slug", **slots}}
        for name, slots in leads.items()
    }


def _content(schema: Schema | None, example: Any) -> dict[str, Any]:
    return {"schema": schema, **({} if example is None else {"example": example})}


def _problems(operation: Operation, address: Address) -> dict[str, Any]:
    return {str(status): _problem(status, codes) for status, codes in sorted(codes_of(operation, address).items())}


def _problem(status: int, codes: tuple[str, ...]) -> dict[str, Any]:
    if status < HTTPStatus.BAD_REQUEST:
        return {"description": _("It is at another address, which the header Location names")}
    narrowed = {"properties": {"code": {"enum": [*codes]}, "status": {"const": status}}}
    schema = {"allOf": [{"$ref": PROBLEM}, narrowed]}
    return {"description": TITLES[status], "content": {CONTENT_TYPE: {"schema": schema}}}


def codes_of(operation: Operation, address: Address) -> dict[int, tuple[str, ...]]:
    """Return every code that a method can be refused with, by status."""
    every = {**EVERY_ADDRESS, **({} if operation.query is None else {400: _of_query(operation.query)})}
    if not address.slots:
        every.pop(404)
    statuses = every.keys() | operation.codes.keys()
    return {status: tuple(sorted({*every.get(status, ()), *operation.codes.get(status, ())})) for status in statuses}


def _of_query(known: tuple[Parameter, ...]) -> tuple[str, ...]:
    of_each = {code for parameter in known for code in parameter.codes}
    return tuple({"unknown_filter", *of_each, *({"given_twice"} if known else ())})
