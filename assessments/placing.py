"""An order in which things may share a place, and the moves by which somebody arranges it (pure).

Places stand from first to last; each holds the codes that share it. Every move returns new places.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

Places: TypeAlias = tuple[tuple[str, ...], ...]

BETWEEN_PLACES, SHARING = " ", "="
"""How an order is written in a form: ``I R=X E`` is I first, R and X together second, E last."""


class Move(StrEnum):
    """What a button beside an item does."""

    UP = "up"
    DOWN = "down"
    SHARE = "share"


def in_places(codes: Sequence[str]) -> Places:
    """Give every code a place of its own."""
    return tuple((code,) for code in codes)


def by_number(numbers: Mapping[str, int]) -> Places:
    """Return the order that numbers written beside the codes make: the same number is the same place."""
    return tuple(
        tuple(code for code, number in numbers.items() if number == place) for place in sorted(set(numbers.values()))
    )


def as_places(kept: Sequence[Sequence[str]]) -> Places:
    """Return an order as it comes back from storage, where it was kept as lists."""
    return tuple(tuple(place) for place in kept)


def moved(places: Places, move: Move, code: str) -> Places:
    """Make one move. One that leads nowhere, such as up from the first place, leaves all as it was.

    Whoever shares a place and moves up or down leaves it and stands next to it. Whoever has a place to itself
    passes the next one. Sharing joins the place of the item that stands right above.
    """
    moves = {Move.UP: _up, Move.DOWN: _down, Move.SHARE: _share}
    return moves[move](places, code)


def _up(places: Places, code: str) -> Places:
    own = _place_of(places, code)
    if len(places[own]) > 1:
        return (*places[:own], (code,), _without(places[own], code), *places[own + 1 :])
    if own == 0:
        return places
    return (*places[: own - 1], (code,), places[own - 1], *places[own + 1 :])


def _down(places: Places, code: str) -> Places:
    own = _place_of(places, code)
    if len(places[own]) > 1:
        return (*places[:own], _without(places[own], code), (code,), *places[own + 1 :])
    if own == len(places) - 1:
        return places
    return (*places[:own], places[own + 1], (code,), *places[own + 2 :])


def _share(places: Places, code: str) -> Places:
    own = _place_of(places, code)
    if own == 0 or places[own][0] != code:  # nothing stands above, or it shares that place already
        return places
    rest = _without(places[own], code)
    return (*places[: own - 1], (*places[own - 1], code), *((rest,) if rest else ()), *places[own + 1 :])


def _place_of(places: Places, code: str) -> int:
    return next(number for number, place in enumerate(places) if code in place)


def _without(place: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(other for other in place if other != code)


def number_of(places: Places, code: str) -> int:
    """Return the number that people see: 1 and how many stand before. Whoever shares a place shares the number."""
    return 1 + sum(len(place) for place in places[: _place_of(places, code)])


def sharing_with(places: Places, code: str) -> tuple[str, ...]:
    """Return who else has the place of ``code``."""
    return _without(places[_place_of(places, code)], code)


def one_after_another(places: Places) -> tuple[str, ...]:
    """Return all codes in the order of a list."""
    return tuple(code for place in places for code in place)


def written(places: Places) -> str:
    """Write an order into one field of a form."""
    return BETWEEN_PLACES.join(SHARING.join(place) for place in places)


def read(words: str, codes: Sequence[str]) -> Places | None:
    """Read an order from a form; None unless each of ``codes`` stands in it exactly once."""
    places = tuple(tuple(place.split(SHARING)) for place in words.split(BETWEEN_PLACES))
    return places if sorted(one_after_another(places)) == sorted(codes) else None
