"""Every address of the site, read from the URLconf, and what to put into the slots of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments.models import Submission, WeightRound
from stakeholders.notices.choices import signed_for
from tests.architecture.world import World

Slots = Mapping[str, object]
NO_RECEIPT = "K7M29QTD3XW"
"""Well formed, and nobody's."""


@dataclass(frozen=True)
class Route:
    """One pattern: its name, its address with slots, and the names of the slots with their converters."""

    name: str
    pattern: str
    slots: tuple[tuple[str, str], ...]

    @property
    def is_of_a_case(self) -> bool:
        """Whether the address names a case."""
        return "ref" in dict(self.slots)

    @property
    def is_for_programs(self) -> bool:
        """Whether it belongs to the API."""
        return self.pattern.startswith("api/")


def routes() -> list[Route]:
    """Return every route, whoever mounted it."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns: list[URLPattern | URLResolver], before: str, slots: tuple[tuple[str, str], ...]) -> Iterator[Route]:
    for one in patterns:
        address = before + str(one.pattern)
        found = (*slots, *((name, type(kind).__name__) for name, kind in one.pattern.converters.items()))
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, address, found)
        else:
            yield Route(one.name or "", address, found)


def by_name() -> dict[str, Route]:
    """Return the routes by name."""
    return {route.name: route for route in routes()}


def slots_for(world: World, route: Route, *, state: str = "open", who: str = "visitor") -> Slots:
    """Return what fills the slots of a route for a case in ``state``, as ``who`` would."""
    numbers = {"weigh_compare": 1}
    tokens = {
        "desk_learning_run": "started", "desk_learning_cancel": "started", "desk_learning_columns": "kept",
        "desk_cases_preview": "cases", "desk_cases_import_run": "imported", "desk_system_edit": "system",
        "desk_deployer_edit": "deployer",
        "desk_source_edit": "source", "you_token_revoke": "access",
        "paper_sheet": "sheet", "api_system": "system", "api_deployer": "deployer", "api_source": "source",
    }  # fmt: skip
    filled = {
        "slug": world.here.jurisdiction.slug,
        "ref": world.cases[state].reference,
        "number": numbers.get(route.name, 1),
        "assessment": 1,
        "session": 1,
        "receipt": receipt_of(world.rounds.get(state), who, world) or NO_RECEIPT,
        "item": "I",
        "signed": signed_for(world.people["member"]),
        "token": world.tokens[tokens.get(route.name, "trained")],
    }
    return {name: filled[name] for name, _kind in route.slots}


def receipt_of(weight_round: WeightRound | None, who: str, world: World) -> str | None:
    """Return the receipt of what ``who`` sent last in a round."""
    person = world.people.get(who)
    if weight_round is None or person is None:
        return None
    sent = Submission.objects.filter(roll_entry__round=weight_round, roll_entry__person=person).order_by("-version")
    newest = sent.select_related("detail").first()
    return newest.detail.receipt if newest else None


def address(route: Route, slots: Slots) -> str:
    """Return the address of a route with its slots filled."""
    return reverse(route.name, kwargs=dict(slots))


MIGHTIEST = {
    "desk_manipulation_look": "chair",
    "desk_confirm": "chair", "api_answer": "author", "api_rating": "evaluator", "position": "member",
    "position_adopted": "member", "talks_reason_new": "member",
    "talks_reason_join": "member", "talks_late_words": "member", "assessment_talks_reason_new": "member",
    "assessment_talks_late_words": "member", "paper_help": "helper", "paper_print": "helper",
    "paper_sheet": "helper",
    **dict.fromkeys((
        "desk_talks_minutes", "desk_talks_note", "desk_talks_reasons", "desk_talks_join", "desk_talks_dealt_with",
        "desk_talks_late",
    ), "facilitator"),
}  # fmt: skip
"""Who gets furthest behind an address where it is not who does so behind most like it."""
