"""Fields of a body: only those that an address knows, each of its kind; everything that is wrong is told at once."""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from lastvote.rest.problems import Fault, Unusable, pointer

Found = TypeVar("Found")
MOST_TOLD = 100
"""A body can hold thousands of names; nobody reads a sentence about each."""


def refuse_unknown(body: Mapping[str, Any], known: Collection[str], *path: str | int) -> None:
    """Refuse ``unknown_field``, once for each name that the address does not know; of very many only the first ones."""
    sentence = _("This address does not know this field. It knows: %(names)s.") % {"names": ", ".join(known)}
    unknown = islice((name for name in body if name not in known), MOST_TOLD)
    faults = [Fault("unknown_field", sentence, pointer(*path, name)) for name in unknown]
    if faults:
        raise Unusable(*faults)


def each(pairs: Iterable[tuple[str | int, Any]], read: Callable[[Any, str | int], Found]) -> list[Found]:
    """Read every value, and tell everything that is wrong together."""
    found: list[Found] = []
    faults: list[Fault] = []
    for name, value in pairs:
        try:
            found.append(read(value, name))
        except Unusable as wrong:
            faults += wrong.faults
    if faults:
        raise Unusable(*faults)
    return found


def words_from(value: Any, *path: str | int, required: bool = False) -> str:
    """Return a text; what nothing stands for is empty unless it is required."""
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        code = "required" if value is None else "not_a_text"
        raise Unusable(Fault(code, _("A text is needed here, in quotes."), pointer(*path)))
    return value
