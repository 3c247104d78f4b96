"""The document as a page shows it: sections, addresses with their parameters and examples, and what can go wrong."""

import json
import shlex
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from deliberation.api.document import SLOTS, examples, whole_document
from deliberation.open_data.answers import ANSWERS
from deliberation.open_data.columns import Table
from deliberation.open_data.schemas import COMPONENTS
from lastvote.rest.openapi import ANYWHERE, JSON
from lastvote.rest.problems import CONTENT_TYPE, TITLES

Json = Mapping[str, Any]
PLACES = {"path": _("in the address"), "query": _("behind the question mark"), "body": _("in the body")}
KINDS: dict[str, Promise] = {
    "boolean": _("yes or no"), "integer": _("whole number"), "object": _("object"), "string": _("words"),
    "array": _("list"),
}  # fmt: skip
INSTANT = _("instant with its zone")


@dataclass(frozen=True)
class Row:
    """One parameter, or one member of a body."""

    name: str
    place: Promise
    meaning: str | Promise
    values: tuple[str, ...]
    kind: Promise
    example: str


@dataclass(frozen=True)
class Endpoint:
    """One method of one address."""

    name: str
    method: str
    path: str
    summary: str | Promise
    meaning: str | Promise
    rows: tuple[Row, ...]
    tables: tuple[str, ...]
    request: str
    answer: str
    codes: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Reference:
    """Everything on the page."""

    sections: tuple[tuple[str, tuple[Endpoint, ...]], ...]
    problems: tuple[tuple[int, Promise, tuple[str, ...]], ...]
    tables: tuple[Table, ...]


def reference_for(slug: str) -> Reference:
    """Read the document for the page of one jurisdiction, whose name then stands in the requests.

    It follows from the code and from what is asked of it here, so it is worked out once.
    """
    return _reference(slug, get_language() or "", settings.BASE_URL)


@lru_cache(maxsize=64)
def _reference(slug: str, _language: str, _base_url: str) -> Reference:
    document = whole_document()
    found: dict[str, list[Endpoint]] = {tag["name"]: [] for tag in document["tags"]}
    for path, address, method, operation in _operations(document):
        found[operation["tags"][0]].append(_endpoint(path, address, method, operation, slug))
    tables = {table.name: table for answer in ANSWERS for table in answer.tables}
    return Reference(
        tuple((title, tuple(endpoints)) for title, endpoints in found.items() if endpoints),
        _all_problems(document),
        tuple(tables.values()),
    )


def all_codes() -> dict[str, tuple[int, ...]]:
    """Return every code that a problem can have, with its statuses, by name."""
    found: dict[str, list[int]] = defaultdict(list)
    for status, _title, codes in _all_problems(whole_document()):
        for code in codes:
            found[code].append(status)
    return {code: tuple(found[code]) for code in sorted(found)}


def _operations(document: Json) -> Iterator[tuple[str, Json, str, Json]]:
    for path, address in document["paths"].items():
        for method, operation in address.items():
            if method != "parameters":
                yield path, address, method, operation


def _endpoint(path: str, address: Json, method: str, operation: Json, slug: str) -> Endpoint:
    example = examples().get(operation["operationId"], {})
    schema = _schema(operation)
    return Endpoint(
        name=operation["operationId"],
        method=method.upper(),
        path=f"/api/v1{path}".replace("{slug}", slug),
        summary=operation["summary"],
        meaning=operation["description"],
        rows=tuple(_rows([*address["parameters"], *operation["parameters"]], operation.get("requestBody"))),
        tables=tuple(_tables(schema)),
        request=_curl(example, slug),
        answer=_pretty(example.get("answer")),
        codes=tuple((status, codes) for status, codes in _codes(operation) if codes),
    )


def _schema(operation: Json) -> Json:
    found: Json = operation["responses"].get("200", {}).get("content", {}).get(JSON, {}).get("schema", {})
    return found


def _tables(schema: Json) -> Iterator[str]:
    for member in schema.get("properties", {}).values():
        target = member.get("items", {}).get("$ref", "")
        if target.startswith(COMPONENTS):
            yield target.removeprefix(COMPONENTS)


def _rows(parameters: list[Json], body: Json | None) -> Iterator[Row]:
    for one in parameters:
        if one["name"] != "slug":
            yield _row(one["name"], PLACES[one["in"]], one["description"], one["schema"], one.get("example", ""))
    members = body["content"][JSON]["schema"].get("properties", {}) if body else {}
    for name, schema in members.items():
        yield _row(name, PLACES["body"], schema.get("description", ""), schema, "")


def _row(name: str, place: Promise, meaning: str | Promise, schema: Json, example: Any) -> Row:
    values = tuple(str(value) for value in schema.get("enum", ()) if value is not None)
    kinds = schema.get("type", "string")
    kind = INSTANT if schema.get("format") == "date-time" else KINDS[kinds if isinstance(kinds, str) else kinds[0]]
    return Row(name, place, meaning, values, kind, str(example))


def _curl(example: Json, slug: str) -> str:
    """Write the example as a command line; whoever must be known sends a token, whatever acts a key."""
    request = example.get("request", "")
    if not request:
        return ""
    method, _space, path = request.partition(" ")
    path = path.replace(f"/{SLOTS['slug'].example}/", f"/{slug}/", 1)
    chosen = "" if method == "GET" else f"-X {method} "
    heads = "".join(f"-H {shlex.quote(head)} " for head in _heads(example, method))
    body = f" -d {shlex.quote(json.dumps(example['body'], ensure_ascii=False))}" if "body" in example else ""
    return f"curl {chosen}{heads}{shlex.quote(settings.BASE_URL.rstrip('/') + path)}{body}"


def _heads(example: Json, method: str) -> Iterator[str]:
    if example.get("signed"):
        yield "Authorization: Bearer lv_..."
    if method in {"POST", "DELETE"}:
        yield "Idempotency-Key: 6f1c0b52"
    if "body" in example:
        yield f"Content-Type: {JSON}"


def _pretty(answer: Any) -> str:
    return "" if answer is None else json.dumps(answer, indent=2, ensure_ascii=False)


def _codes(operation: Json) -> Iterator[tuple[str, tuple[str, ...]]]:
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get(CONTENT_TYPE)
        if content:
            yield status, tuple(content["schema"]["allOf"][1]["properties"]["code"]["enum"])


def _all_problems(document: Json) -> tuple[tuple[int, Promise, tuple[str, ...]], ...]:
    found: dict[int, set[str]] = defaultdict(set)
    for status, codes in ANYWHERE.items():
        found[status] |= set(codes)
    for _path, _address, _method, operation in _operations(document):
        for status_told, codes in _codes(operation):
            found[int(status_told)] |= set(codes)
    return tuple((status, TITLES[status], tuple(sorted(found[status]))) for status in sorted(found))
