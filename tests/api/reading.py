"""Holding answers against the document: status, kind of content, and every value."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jsonschema_rs
from django.http import HttpResponse


@dataclass(frozen=True)
class Contract:
    """What the document promises."""

    document: dict[str, Any]

    @cached_property
    def paths(self) -> list[tuple[re.Pattern[str], str]]:
        """Every path as a pattern, those with the fewest slots first."""
        found = sorted(self.document["paths"], key=lambda path: path.count("{"))
        return [(re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), path) for path in found]

    def path_of(self, url: str) -> str:
        """Return the path of the document under which an address stands."""
        asked = url.partition("?")[0].removeprefix("/api/v1")
        return next(path for pattern, path in self.paths if pattern.fullmatch(asked))

    def breaches(self, method: str, url: str, response: HttpResponse) -> list[str]:
        """Return what an answer does that the document does not say."""
        operation = self.document["paths"][self.path_of(url)].get(method.lower())
        if operation is None:
            return [] if response.status_code == 405 else [f"{method} is not in the document"]
        told = operation["responses"].get(str(response.status_code))
        if told is None:
            return [f"status {response.status_code} is not in the document"]
        content = told.get("content", {})
        if not content:
            return [] if response.status_code in {302, 304} else ["a body where none is promised"]
        kind = response["Content-Type"]
        if kind not in content:
            return [f"{kind} is not in the document"]
        schema = {**content[kind]["schema"], "components": self.document["components"]}
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        return [
            f"{error.instance_path}: {error.message}"[:300]
            for error in validator.iter_errors(json.loads(response.content))
        ]
