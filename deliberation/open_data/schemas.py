"""Tables of open data as JSON Schema, made from the same columns as the files and their dictionary."""

from collections.abc import Iterable
from typing import Any

from deliberation.open_data.columns import YES_NO, Column, Table
from deliberation.open_data.files import FORMAT_VERSION, LICENCE, LICENCE_ADDRESS, Answer

Schema = dict[str, Any]
COMPONENTS = "#/components/schemas/"


def answer_schema(answer: Answer, **more: Schema) -> Schema:
    """Return the schema of a whole answer; nothing else may stand in it."""
    tables = {
        table.name: {
            "type": "array",
            "description": table.title,
            "items": {"$ref": f"{COMPONENTS}{table.name}"},
        }
        for table in answer.tables
    }
    return closed({**_about(answer), **tables, **more})


def row_schema(table: Table) -> Schema:
    """Return the schema of one row."""
    return {"title": table.title, **closed({column.name: column_schema(column) for column in table.columns})}


def column_schema(column: Column) -> Schema:
    """Return the schema of one value."""
    found: Schema = {"description": column.meaning, **column.unit.schema}
    if column.allowed and column.unit is not YES_NO:
        found["enum"] = [*column.allowed, *([None] if column.empty else [])]
    if column.empty:
        found["type"] = [found["type"], "null"]
    return found


def components(answers: Iterable[Answer]) -> dict[str, Schema]:
    """Return the schema of each table by its name."""
    return {table.name: row_schema(table) for answer in answers for table in answer.tables}


def closed(properties: dict[str, Schema]) -> Schema:
    """Return the schema of an object that has each of these and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _about(answer: Answer) -> dict[str, Schema]:
    return {
        "file": {"type": "string", "const": f"lastvote.{answer.name}"},
        "version": {"type": "integer", "const": FORMAT_VERSION},
        "licence": {"type": "string", "const": LICENCE},
        "licence_address": {"type": "string", "const": LICENCE_ADDRESS},
        "synthetic": {"type": "boolean"},
        "jurisdiction": {"type": "string"},
    }
