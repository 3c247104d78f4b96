"""An order as it is shown while somebody arranges it: each item with its place and its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments import placing
from assessments.placing import Move, Places
from assessments.wording import Item


@dataclass(frozen=True)
class Button:
    """One way of moving an item. A button that leads nowhere now stays where it is, so that the focus is not lost."""

    do: str
    key: str
    leads_nowhere: bool
    was_pressed: bool


@dataclass(frozen=True)
class Row:
    """One item in the order, with the number of its place."""

    item: Item
    number: int
    shared: bool
    up: Button
    down: Button
    share: Button


def key_of(move: Move, code: str) -> str:
    """Return the id of a button."""
    return f"{move}-{code}"


def rows_of(items: Sequence[Item], places: Places, last_move: tuple[Move, str] | None) -> list[Row]:
    """Return the items from first to last."""
    named = {item.code: item for item in items}

    def button(move: Move, code: str) -> Button:
        nowhere = placing.moved(places, move, code) == places
        return Button(f"{move}:{code}", key_of(move, code), nowhere, was_pressed=(move, code) == last_move)

    return [
        Row(
            item=named[code],
            number=placing.number_of(places, code),
            shared=bool(placing.sharing_with(places, code)),
            up=button(Move.UP, code),
            down=button(Move.DOWN, code),
            share=button(Move.SHARE, code),
        )
        for code in placing.one_after_another(places)
    ]


def position(items: Sequence[Item], places: Places, last_move: tuple[Move, str] | None) -> str:
    """Say where the item that was moved last stands now; nothing before the first move."""
    if last_move is None:
        return ""
    code = last_move[1]
    names = {item.code: str(item.name) for item in items}
    sharing = placing.sharing_with(places, code)
    words = {
        "item": names[code],
        "number": placing.number_of(places, code),
        "total": len(items),
        "others": ", ".join(names[other] for other in sharing),
    }
    if sharing:
        return _("%(item)s is now %(number)s of %(total)s, together with %(others)s.") % words
    return _("%(item)s is now %(number)s of %(total)s.") % words
