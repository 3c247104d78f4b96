"""Numbers as programs send them: a JSON number, or the same signs as a string. Nothing is guessed."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lastvote.rest.problems import Fault, Unusable, pointer
from lastvote.rest.strict_json import LARGEST_EXPONENT, LONGEST_NUMBER

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?")
_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_NOT_FINITE = frozenset({"nan", "snan", "inf", "infinity"})


def decimal_from(value: Any, *path: str | int) -> Decimal:
    """Return the exact number.

    Refuses ``required`` for nothing, ``not_a_number``, ``not_finite``, ``too_long``, ``ascii_digits`` for digits of
    other scripts, and ``decimal_comma``.
    """
    if value is None or value == "":
        raise _unusable("required", _("A number is needed here."), path)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise _unusable("not_a_number", _("This must be a number, like 0.25 or “0.25”."), path)
    return _from_words(value, path) if isinstance(value, str) else Decimal(value)


def _from_words(words: str, path: tuple[str | int, ...]) -> Decimal:
    if len(words) > LONGEST_NUMBER:
        raise _unusable("too_long", _("A number has at most 100 signs."), path)
    if words.lstrip("+-").lower() in _NOT_FINITE:
        raise _unusable("not_finite", _("A number must be finite and at most 1e308."), path)
    if not words.isascii() and any(map(str.isdecimal, words)):
        raise _unusable("ascii_digits", _("Write numbers with the digits 0 to 9."), path)
    if _COMMA.fullmatch(words):
        raise _unusable("decimal_comma", _("Use a point: %(number)s") % {"number": words.replace(",", ".")}, path)
    if not _NUMBER.fullmatch(words):
        raise _unusable("not_a_number", _("This must be a number, like 0.25 or “0.25”."), path)
    number = Decimal(words)
    if number.adjusted() > LARGEST_EXPONENT:
        raise _unusable("not_finite", _("A number must be finite and at most 1e308."), path)
    return number


def whole_from(value: Any, *path: str | int) -> int:
    """Return a whole number. ``7.0`` and ``"7"`` are none: what is counted is written without a point or quotes."""
    if value is None:
        raise _unusable("required", _("A whole number is needed here."), path)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _unusable("not_an_integer", _("This must be a whole number, written without a point or quotes."), path)
    return value


def _unusable(code: str, sentence: str, path: tuple[str | int, ...]) -> Unusable:
    return Unusable(Fault(code, sentence, pointer(*path) if path else ""))
