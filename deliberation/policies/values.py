"""One value of a policy: as it is stored, as people read it, and as they type it."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.scoring.arithmetic import decimals
from assessments.scoring.record import number_text
from deliberation.policies.settings import Kind, Setting, Words
from lastvote.web.numbers import NumberError, read_number

A_HUNDREDTH = Decimal("0.01")
HUNDREDFOLD = (Kind.OUT_OF_100, Kind.PERCENT)
LONGEST_LIST = 10
SEPARATORS = re.compile(r"[;\s]+")


class ValueRefused(ValueError):  # noqa: N818 -- a refusal is not a fault
    """What was typed cannot be the value of this setting; the message is a sentence for people."""


def shown(setting: Setting, value: Any) -> Words:
    """Return a stored value as people read it; a dash where there is none."""
    if value is None:
        return "–"
    if setting.choices is not None:
        return setting.choices.get(value, value)
    return typed(setting, value)


def typed(setting: Setting, value: Any) -> str:
    """Return a stored value as it stands in its field of the form."""
    if value is None:
        return ""
    if setting.kind in HUNDREDFOLD:
        return number_text(Decimal(value) * 100)
    if setting.kind == Kind.NUMBERS:
        return "; ".join(value)
    return str(value)


def stored(setting: Setting, words: str) -> Any:
    """Return what is stored for what was typed; raise ``ValueRefused`` where that is nothing.

    Words and choices are taken as they are: their fields have checked them.
    """
    if setting.kind in {Kind.CHOICE, Kind.WORDS}:
        return words
    if setting.kind == Kind.NUMBERS:
        return _numbers(setting, words)
    number = _number(setting, words)
    return int(number) if setting.kind == Kind.WHOLE else number_text(number)


def _numbers(setting: Setting, words: str) -> list[str]:
    parts = [part.rstrip(",") for part in SEPARATORS.split(words.strip()) if part.strip(",")]
    if not parts or len(parts) > LONGEST_LIST:
        sentence = _("%(name)s: enter 1 to %(most)s numbers, with spaces between them")
        raise ValueRefused(sentence % {"name": setting.name, "most": LONGEST_LIST})
    return [number_text(_number(setting, part)) for part in parts]


def _number(setting: Setting, words: str) -> Decimal:
    number = _read(setting, words)
    scaled = number * A_HUNDREDTH if setting.kind in HUNDREDFOLD else number
    if not setting.low <= scaled <= setting.high:
        limits = {"name": setting.name, "low": _limit(setting, setting.low), "high": _limit(setting, setting.high)}
        raise ValueRefused(_("%(name)s must be between %(low)s and %(high)s") % limits)
    if decimals(scaled.normalize()) > (0 if setting.kind == Kind.WHOLE else setting.places):
        raise ValueRefused(_too_fine(setting))
    return scaled


def _read(setting: Setting, words: str) -> Decimal:
    try:
        return read_number(words)
    except NumberError as error:
        if error.code == "empty":
            raise ValueRefused(_("%(name)s: enter a number") % {"name": setting.name}) from error
        raise ValueRefused(_("%(name)s must be a number") % {"name": setting.name}) from error


def _too_fine(setting: Setting) -> str:
    if setting.kind == Kind.WHOLE:
        return _("%(name)s must be a whole number") % {"name": setting.name}
    places = setting.places - 2 if setting.kind in HUNDREDFOLD else setting.places
    return _("%(name)s can have %(places)s decimals at most") % {"name": setting.name, "places": places}


def _limit(setting: Setting, value: Decimal) -> str:
    return number_text(value * 100 if setting.kind in HUNDREDFOLD else value)
