"""What stands behind the question mark of an address: only what the address knows, each thing once and of its kind."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lastvote.errors import Refused
from lastvote.rest.times import FORMAT, PATTERN, instant_of

_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Parameter:
    """One thing that an address can be asked: how it is read, and what a document says about it."""

    name: str
    meaning: Promise
    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    codes: tuple[str, ...]
    example: str | int
    default: Any = None


def asked(query: QueryDict, known: Sequence[Parameter]) -> dict[str, Any]:
    """Return what was asked for by name, with the default where nothing was said.

    Refuses ``unknown_filter``, ``given_twice`` and whatever a parameter refuses, all with 400.
    """
    parameters = {parameter.name: parameter for parameter in known}
    _refuse_unknown(query, parameters)
    return {name: _one(query, parameter) for name, parameter in parameters.items()}


def _refuse_unknown(query: QueryDict, known: Collection[str]) -> None:
    unknown = next((name for name in query if name not in known), None)
    if unknown is None:
        return
    sentence = _("This address can be asked for: %(names)s.") % {"names": ", ".join(known)}
    raise _refused("unknown_filter", sentence if known else _("Nothing can be asked for behind this address."), unknown)


def _one(query: QueryDict, parameter: Parameter) -> Any:
    values = query.getlist(parameter.name)
    if not values:
        return parameter.default
    if len(values) > 1:
        raise _refused("given_twice", _("This was asked for twice. Say it once."), parameter.name)
    try:
        return parameter.read(values[0])
    except Refused as refusal:
        refusal.details = {**refusal.details, "parameter": parameter.name}
        raise


def words(name: str, meaning: Promise, *, longest: int, example: str) -> Parameter:
    """Words to look for."""

    def read(value: str) -> str:
        if "\x00" in value:
            raise _refused("null_characters", _("Null characters cannot be looked for."))
        if len(value) > longest:
            raise _refused("too_long", _("Look for at most %(most)s signs.") % {"most": longest})
        return value

    schema = {"type": "string", "maxLength": longest, "pattern": "^[^\\x00]*$"}
    return Parameter(name, meaning, read, schema, ("null_characters", "too_long"), example, "")


def choice(name: str, meaning: Promise, *, values: Sequence[str], example: str, default: str = "") -> Parameter:
    """One of a few words."""

    def read(value: str) -> str:
        if value not in values:
            raise _refused("unknown_value", _("This can be: %(values)s.") % {"values": ", ".join(values)})
        return value

    return Parameter(name, meaning, read, {"type": "string", "enum": [*values]}, ("unknown_value",), example, default)


def whole(name: str, meaning: Promise, *, most: int, capped: bool = False, default: int, example: int) -> Parameter:
    """A whole number from 1 on. Above ``most`` it is refused, or ``most`` is taken where it is only capped."""

    def read(value: str) -> int:
        if not _WHOLE.fullmatch(value):
            raise _refused("not_an_integer", _("This must be a whole number with at most 9 digits, and nothing else."))
        number = int(value)
        if number < 1 or (number > most and not capped):
            raise _refused("out_of_range", _("This must lie between 1 and %(most)s.") % {"most": most})
        return min(number, most)

    schema = {"type": "integer", "minimum": 1, "maximum": 999_999_999 if capped else most, "default": default}
    return Parameter(name, meaning, read, schema, ("not_an_integer", "out_of_range"), example, default)


def instant(name: str, meaning: Promise) -> Parameter:
    """A day and time with its zone."""
    schema = {"type": "string", "format": "date-time", "pattern": PATTERN}
    codes = ("invalid_date", "out_of_range", "timezone_required")
    return Parameter(name, meaning, instant_of, schema, codes, FORMAT)


def _refused(code: str, sentence: str, parameter: str = "") -> Refused:
    return Refused(code, sentence, status=400, details={"parameter": parameter} if parameter else None)
