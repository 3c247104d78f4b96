"""The bytes that bind: canonical JSON, digests and references."""

from dataclasses import fields, is_dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any
from unicodedata import normalize

import rfc8785

from assessments.scoring.arithmetic import CONTEXT

REFERENCE_DIGITS = 16


def canonical_bytes(value: Any) -> bytes:
    """RFC 8785 JSON: keys sorted, decimals as shortest strings, text in NFC.

    Degenerate: a float is refused, so no number of the binding part ever depends on a machine.
    """
    return rfc8785.dumps(plain(value))


def plain(value: Any) -> Any:
    """Reduce dataclasses, decimals, tuples and text to what JSON knows."""
    if isinstance(value, float):
        raise TypeError("Binding records hold no floats.")
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return normalize("NFC", value)
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {plain(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def number_text(value: Decimal) -> str:
    """Write a decimal in one way only, however many zeros a database put behind it."""
    return format(CONTEXT.normalize(CONTEXT.plus(value)), "f")


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return sha256(data).hexdigest()


def reference(identifier: str, data: bytes) -> str:
    """Short, checkable name of a file: `id~` and the first 16 hex digits of its SHA-256."""
    return f"{identifier}~{digest(data)[:REFERENCE_DIGITS]}"
