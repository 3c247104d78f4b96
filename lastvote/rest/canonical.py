"""How answers of the API are written: RFC 8785, decimals as strings, instants in UTC: one content, one row of bytes."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import rfc8785
from django.utils.functional import Promise

LARGEST_WHOLE = 2**53 - 1
"""Above it, other readers of JSON change the number; so it is written as a string."""


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
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) <= LARGEST_WHOLE):
        return value
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"The API does not write {type(value).__name__}.")
