"""How each factor is put to people: its name, both ends of its scale, and two examples.

The words are part of the question, so every answer stores the version of them that the person saw. Raise
``WORDING_VERSION`` with any change of meaning; a round freezes the version that it opened with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING_VERSION = "1"


@dataclass(frozen=True)
class Item:
    """One thing that people weigh. ``lowest`` and ``worst`` are what the ratings 0 and 1 mean."""

    code: str
    name: Promise
    question: Promise
    lowest: Promise
    worst: Promise
    examples: tuple[Promise, Promise]

    def __str__(self) -> str:
        return str(self.name)


CLASSIC_ITEMS = (
    Item(
        "I",
        _("Harm done"),
        _("How bad is it for the people it touches?"),
        _("a few people are put out"),
        _("many people lose a right, a service or a fair vote"),
        (_("A letter arrives a week late."), _("Thousands of voters are sent to the wrong place.")),
    ),
    Item(
        "E",
        _("Ease of misuse"),
        _("How easily can somebody use it to do harm?"),
        _("needs rare skills"),
        _("anyone in minutes"),
        (_("Only its makers could turn it to harm."), _("A short text typed into the chat is enough.")),
    ),
    Item(
        "R",
        _("Spread"),
        _("How easily can it be copied elsewhere?"),
        _("stays in one place"),
        _("can be copied everywhere in a day"),
        (_("It only works with one town's own files."), _("One script works in every town.")),
    ),
    Item(
        "X",
        _("Reach"),
        _("How many people does it touch?"),
        _("a handful of people meet it"),
        _("nearly everybody meets it"),
        (_("A trial in one office."), _("Everyone who looks for a home has to use it.")),
    ),
)

TAXONOMY_ITEMS = (
    Item(
        "DI",
        _("Unfair exclusion"),
        _("Does it leave people out or put them down?"),
        _("everyone is treated alike"),
        _("whole groups are shut out or talked down"),
        (_("It answers as well in every language."), _("It fails people who write in a minority language.")),
    ),
    Item(
        "SU",
        _("Being watched"),
        _("Does it watch what people say or think?"),
        _("nobody is watched"),
        _("people are watched and stop speaking freely"),
        (_("Chats are deleted at once."), _("Critics of the council are put on a list.")),
    ),
    Item(
        "EL",
        _("Election interference"),
        _("Does it get in the way of a fair vote?"),
        _("votes are not touched"),
        _("a vote can no longer be trusted"),
        (_("It never speaks of elections."), _("False news about polling day reaches most voters.")),
    ),
    Item(
        "MA",
        _("Manipulating opinion"),
        _("Does it push people's opinions in secret?"),
        _("nobody is pushed"),
        _("opinions of many are steered without their knowing"),
        (_("It says where its answers come from."), _("Made-up voices flood every debate.")),
    ),
    Item(
        "CI",
        _("Losing civic voice"),
        _("Do people still hear and answer each other?"),
        _("people still meet other views"),
        _("people hear only themselves and give up talking"),
        (_("It shows several sides of a question."), _("It shows people ever harsher views of their own kind.")),
    ),
    Item(
        "CA",
        _("Power in too few hands"),
        _("Does it make the public depend on a few owners?"),
        _("it can be replaced at any time"),
        _("a few owners decide and nobody can leave"),
        (_("Three suppliers offer the same."), _("The town cannot work without one company.")),
    ),
    Item(
        "EM",
        _("New and knock-on threats"),
        _("Can it fail in new ways that spread?"),
        _("faults stay small"),
        _("one fault sets off many others"),
        (_("A fault stops one page."), _("Systems feed each other's mistakes until services stop.")),
    ),
)

ITEMS: dict[str, tuple[Item, ...]] = {"classic": CLASSIC_ITEMS, "taxonomy": TAXONOMY_ITEMS}
"""By scheme code, in the scheme's canonical order."""


def items_of(scheme: str) -> tuple[Item, ...]:
    """Return the items of a scheme in canonical order."""
    return ITEMS[scheme]


def item_of(scheme: str, code: str) -> Item:
    """Return one item of a scheme."""
    return next(item for item in ITEMS[scheme] if item.code == code)


def in_order(scheme: str, codes: Sequence[str]) -> tuple[Item, ...]:
    """Return the items of a scheme in the order of ``codes``."""
    return tuple(item_of(scheme, code) for code in codes)
