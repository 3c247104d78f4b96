"""How answers of the API are written: RFC 8785, decimals as strings, instants in UTC: one content, one row of bytes."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import rfc8785
from django.utils.functional import Promise


def canonical_json(value: Any) -> bytes:
    """Return the one way to write ``value``."""
    return rfc8785.dumps(plain(value))


def plain(value: Any) -> Any:
    """Reduce decimals, days, instants and sentences to what JSON knows. A float is a fault of ours."""
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return _one(value)


def _one(value: Any) -> str | int | bool | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str | Promise):
        return str(value)
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"The API does not write {type(value).__name__}.")
