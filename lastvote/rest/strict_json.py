"""Reading JSON so that what was meant is what is read: no name twice, no depth, exact numbers, whole characters.

Python's own reader keeps the last of two equal names, turns ``1e999`` into infinity, fails on deep nesting and passes
on characters that no database stores. Each of these gets a code and a sentence here.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused
from lastvote.rest.problems import pointer

DEEPEST = 8
LONGEST_NUMBER = 100
"""Digits and signs of one number. What a person or a group weighs needs a handful."""
LARGEST_EXPONENT = 308
"""Above it, what other readers of JSON make of the number is infinity."""
SMALLEST_EXPONENT = -1_000
"""Below it nobody means a number, and written out in full it could fill the memory."""
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)


@dataclass(frozen=True)
class _Unreadable:
    """What was written and cannot be used; it takes the place of its value until its pointer is known."""

    code: str


def read_object(body: bytes) -> dict[str, Any]:
    """Return the object that a body holds: numbers as ``int`` or ``Decimal``, every character storable.

    Refuses ``malformed_json``, ``too_deep``, ``object_expected``, ``duplicate_key``, ``not_finite``, ``too_long``,
    ``max_decimal_places``, ``null_characters`` and ``surrogate``, all with 400.
    """
    if _depth(body) > DEEPEST:
        raise _refused("too_deep", _("This is nested too deeply. Use at most %(most)s levels.") % {"most": DEEPEST})
    value = _loaded(body)
    if not isinstance(value, dict):
        raise _refused("object_expected", _("The body must be one JSON object, written in braces: {…}."))
    for fault in _faults(value, ()):
        raise fault
    return value


def _depth(body: bytes) -> int:
    """Count how deep brackets are nested, outside of strings, without following them."""
    deepest = depth = 0
    for sign in _STRING.sub(b"", body):
        if sign in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in b"]}":
            depth -= 1
    return deepest


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode("utf-8"),
            parse_float=_decimal, parse_int=_whole, parse_constant=_constant, object_pairs_hook=_without_doubles,
        )  # fmt: skip
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _refused(
            "malformed_json", _("The body is not JSON in UTF-8. Check commas, quotes and braces.")
        ) from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(name for name, _value in pairs)
        found |= {name: _Unreadable("duplicate_key") for name in times if times[name] > 1}
    return found


def _whole(digits: str) -> int | _Unreadable:
    return int(digits) if len(digits) <= LONGEST_NUMBER else _Unreadable("too_long")


def _decimal(digits: str) -> Decimal | _Unreadable:
    if len(digits) > LONGEST_NUMBER:
        return _Unreadable("too_long")
    try:
        number = Decimal(digits)
    except InvalidOperation:  # an exponent that no arithmetic holds
        return _Unreadable("not_finite")
    if number.adjusted() > LARGEST_EXPONENT:
        return _Unreadable("not_finite")
    return number if number.adjusted() >= SMALLEST_EXPONENT else _Unreadable("max_decimal_places")


def _constant(_word: str) -> _Unreadable:
    return _Unreadable("not_finite")


def _faults(value: Any, path: tuple[str | int, ...]) -> Iterator[Refused]:
    """Find whatever nobody could store or use, in the order in which it was written."""
    if isinstance(value, _Unreadable):
        yield _refused(value.code, UNREADABLE[value.code], *path)
    elif isinstance(value, str):
        yield from _faults_of_words(value, path)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _faults_of_words(name, path)
            yield from _faults(part, (*path, name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _faults(part, (*path, place))


def _faults_of_words(words: str, path: tuple[str | int, ...]) -> Iterator[Refused]:
    if "\x00" in words:
        yield _refused("null_characters", _("This holds a character that nobody can see. Take it out."), *path)
    if any("\ud800" <= sign <= "\udfff" for sign in words):
        yield _refused("surrogate", _("This holds half a character. Write the whole one."), *path)


UNREADABLE: dict[str, Promise] = {
    "duplicate_key": _("One name stands twice in the same object. Keep one."),
    "max_decimal_places": _("A number has at most 1,000 decimals."),
    "not_finite": _("A number must be finite and at most 1e308."),
    "too_long": _("A number has at most 100 signs."),
}


def _refused(code: str, sentence: str | Promise, *path: str | int) -> Refused:
    return Refused(code, sentence, status=400, fields={pointer(*path): [sentence]} if path else None)
