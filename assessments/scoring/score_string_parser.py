"""Read a score string. Strict: one way to write each number, nothing twice, nothing unknown, nothing empty."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assessments.scoring.arithmetic import POINTS, Points
from assessments.scoring.errors import ScoringError
from assessments.scoring.schemes import Scheme
from assessments.scoring.score_string_form import LOCAL_KEY, LONGEST, METHODS, PREFIX, SCHEME_OF, ScoreString

SCORE = re.compile(r"0\.[0-9]{4}|1\.0000")
NUMBER = re.compile(r"0|1|0\.[0-9]{0,3}[1-9]")
MONTH = re.compile(r"0|[1-9][0-9]{0,3}")

Fields = dict[str, str]


def parse(string: str) -> ScoreString:
    """Read a string in any order of keys.

    Raises
    ------
    ScoringError, one code for each kind of fault: `string_ascii`, `string_length`, `string_prefix`,
    `string_empty_field`, `string_key_unknown`, `string_key_repeated`, `string_number`, `string_reference`,
    `string_value`, `string_missing`, `string_refused`, `string_weights_sum`, `string_equal_split`
    """
    stated, fields = _split(string)
    scheme = _scheme(fields)
    return ScoreString(stated=stated, **_read(fields, scheme))


def _split(string: str) -> tuple[Decimal | None, Fields]:
    if len(string) > LONGEST:
        raise ScoringError("string_length", f"The string is longer than {LONGEST} characters.", longest=LONGEST)
    if not string.isascii() or not string.isprintable():
        raise ScoringError("string_ascii", "The string holds a character that is not plain ASCII.")
    lead, slash, rest = string.partition("/")
    if lead == PREFIX:
        return None, _fields(rest)
    if not SCORE.fullmatch(lead):
        raise ScoringError("string_prefix", f"The string starts neither with {PREFIX} nor with a score of 4 decimals.")
    prefix, slash, rest = rest.partition("/")
    if prefix != PREFIX or not slash:
        raise ScoringError("string_prefix", f"After the score must stand {PREFIX}/.")
    return Decimal(lead), _fields(rest)


def _fields(rest: str) -> Fields:
    fields: Fields = {}
    for part in rest.split("/"):
        key, colon, value = part.partition(":")
        if not key or not colon or not value:
            raise ScoringError("string_empty_field", f"{part!r} is not KEY:VALUE.", field=part)
        if key in fields:
            raise ScoringError("string_key_repeated", f"{key} stands there twice.", key=key)
        fields[key] = value
    return fields


def _scheme(fields: Fields) -> Scheme:
    method = fields.get("M")
    if method is None:
        raise ScoringError("string_missing", "M is missing: it names the method.", key="M")
    if method not in METHODS:
        raise ScoringError("string_value", f"M:{method} is not a method.", key="M")
    return SCHEME_OF[method[:2]]


def _read(fields: Fields, scheme: Scheme) -> dict[str, Any]:
    weight_keys = tuple(f"W{code}" for code in scheme.factors)
    known = {*PLAIN, *scheme.factors, *weight_keys}
    for key in fields:
        if key not in known and not LOCAL_KEY.fullmatch(key):
            raise ScoringError("string_key_unknown", f"{key} is not a key of {fields['M']}.", key=key)
    read = {name: reader(key, fields[key]) for key, (name, reader) in PLAIN.items() if key in fields}
    if "WS" not in fields:
        raise ScoringError("string_missing", "WS is missing: it says whose weights these are.", key="WS")
    return read | {
        "factors": tuple(_number(code, _needed(fields, code)) for code in scheme.factors),
        "weights": _weights(fields, weight_keys),
        "local": tuple((key, _number(key, value)) for key, value in fields.items() if key.startswith("x_")),
    }


def _needed(fields: Fields, key: str) -> str:
    if key not in fields:
        raise ScoringError("string_missing", f"{key} is missing.", key=key)
    return fields[key]


def _weights(fields: Fields, keys: tuple[str, ...]) -> Points | None:
    if not any(key in fields for key in keys):
        return None
    return tuple(int(_number(key, _needed(fields, key)) * POINTS) for key in keys)


def _number(key: str, value: str) -> Decimal:
    if not NUMBER.fullmatch(value):
        raise ScoringError(
            "string_number",
            f"{key}:{value} is not 0, 1 or 0. with 1 to 4 digits and no last zero.",
            key=key,
            value=value,
        )
    return Decimal(value)


def _month(key: str, value: str) -> int:
    if not MONTH.fullmatch(value):
        raise ScoringError("string_number", f"{key}:{value} is not a whole number of months.", key=key, value=value)
    return int(value)


def _yes(key: str, value: str) -> bool:
    if value != "Y":
        raise ScoringError("string_value", f"{key}:{value} must be {key}:Y or left out.", key=key)
    return True


def _word(_key: str, value: str) -> str:
    return value


PLAIN: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "M": ("method", _word),
    "ET": ("eta", _number),
    "NK": ("normaliser", _word),
    "TH": ("theta", _word),
    "WS": ("source", _word),
    "RD": ("record", _word),
    "EV": ("evidence", _word),
    "PO": ("policy", _word),
    "TM": ("month", _month),
    "FS": ("distribution", _word),
    "LV": ("level", _word),
    "RT": ("retrospective", _yes),
}
