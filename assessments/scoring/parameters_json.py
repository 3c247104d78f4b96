"""Parameters as plain data and back: every field named, decimals as text, nothing too many and nothing too few."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from assessments.scoring.errors import ScoringError
from assessments.scoring.record import number_text

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Write a set of parameters, or a part of one, as data that JSON can hold."""
    if is_dataclass(value):
        return {one.name: to_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, tuple):
        return [to_plain(part) for part in value]
    return value


def from_plain(kind: type[T], data: Any) -> T:
    """Read what `to_plain` wrote.

    Raises
    ------
    ScoringError `E_TYPE` where an object or a list is needed, `E_SHAPE` for a field too many or too few,
    `not_a_number` for text that is none; the parameters themselves then check their ranges
    """
    if not isinstance(data, Mapping):
        raise ScoringError("E_TYPE", "Parameters must be an object.")
    hints = get_type_hints(kind)
    wrong = sorted(set(hints) ^ set(data))
    if wrong:
        raise ScoringError("E_SHAPE", f"Parameters missing or unknown: {', '.join(wrong)}.", names=wrong)
    return kind(**{name: _read(hint, data[name], name) for name, hint in hints.items()})


def _read(hint: Any, value: Any, name: str) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, value)
    if get_origin(hint) is tuple:
        return _read_list(get_args(hint), value, name)
    return _decimal(value) if hint is Decimal and isinstance(value, str) else value


def _read_list(hints: tuple[Any, ...], value: Any, name: str) -> tuple[Any, ...]:
    """A list of any length, or of the one that its type names."""
    if not isinstance(value, list | tuple):
        raise ScoringError("E_TYPE", f"{name}: a list is needed.", name=name)
    if hints[-1] is not Ellipsis and len(value) != len(hints):
        raise ScoringError("E_SHAPE", f"{name}: {len(hints)} values are needed.", names=[name])
    own = hints[:1] * len(value) if hints[-1] is Ellipsis else hints
    return tuple(_read(hint, part, name) for hint, part in zip(own, value, strict=True))


def _decimal(value: str) -> Decimal:
    try:
        return Decimal(value)
    except ArithmeticError as error:
        raise ScoringError("not_a_number", f"{value!r} is not a number.") from error
