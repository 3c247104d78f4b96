"""Named queries about sheets of paper. None of them shows a helper what was typed."""

from assessments import paper_codes
from assessments.models import PaperSheet, RollEntry, WeightRound
from lastvote.folding import fold
from stakeholders.models import Group, Jurisdiction, Person

_WITH_PLACE = ("roll_entry__round__assessment__incident__jurisdiction", "roll_entry__group")


def place_named(weight_round: WeightRound, group: Group, name: str) -> RollEntry | None:
    """Return the one place on the roll whose person is called exactly so; nothing for nobody and for several alike.

    There is no list to look through: a helper learns of nobody whose name they were not told.
    """
    wanted = _plain(name)
    places = weight_round.roll.filter(group=group, person__isnull=False).select_related("person", "group", "round")
    found = [place for place in places if place.person and _plain(place.person.name) == wanted]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def sheet_of_round(weight_round: WeightRound, typed: str) -> PaperSheet | None:
    """Return the sheet of a round by its number."""
    number = paper_codes.read(typed, paper_codes.NUMBER) or ""
    rows = PaperSheet.objects.filter(roll_entry__round=weight_round, number=number)
    return rows.select_related(*_WITH_PLACE).first()


def sheets_typed_by(person: Person, weight_round: WeightRound) -> list[PaperSheet]:
    """Return the sheets of a round that a helper typed last, the newest first."""
    rows = PaperSheet.objects.filter(roll_entry__round=weight_round, typist=person)
    return list(rows.order_by("-typed_at", "-pk"))


def sheet_numbered(jurisdiction: Jurisdiction, typed: str) -> PaperSheet | None:
    """Return a sheet of any round here by its number; nothing for unknown and malformed ones alike."""
    number = paper_codes.read(typed, paper_codes.NUMBER) or ""
    rows = PaperSheet.objects.filter(
        number=number, roll_entry__round__assessment__incident__jurisdiction=jurisdiction
    )  # fmt: skip
    return rows.select_related(*_WITH_PLACE, "roll_entry__person", "submission__detail").first()
