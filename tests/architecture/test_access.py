"""Every address, asked for by everybody in every state of a case, answers as the matrix says.

``access_matrix.toml`` holds one table for each route, each row for some states of a case. A row names the answer for
``visitor``, ``stranger`` (signed in, but nobody in this jurisdiction) and ``person`` (somebody of this jurisdiction);
whoever gets another answer is named beside them. An answer is a status, or where a redirect leads.
"""

import tomllib
from pathlib import Path

import pytest

from lastvote.access import Role
from tests.architecture.asking import outcome
from tests.architecture.routes import address, by_name, routes, slots_for
from tests.architecture.world import STATES

MATRIX = tomllib.loads((Path(__file__).parent / "access_matrix.toml").read_text())
METHODS = ("GET", "POST")
FOR_PROGRAMS = (*METHODS, "PATCH", "DELETE")
"""Pages take the first two; below /api/ the matrix lists all four."""
STRANGERS = ("account", "other member", "other secretariat", "other chair")
MEMBERS = ("member", "author", "late member")
OFFICES = tuple(role.value for role in Role if role != Role.MEMBER)
EVERYBODY = ("visitor", *STRANGERS, "person", *MEMBERS, *OFFICES)
PRINCIPAL = ("visitor", "other secretariat", "person", "member", "secretariat", "chair")
"""Asked for in every state; everybody else is where most can be done: while a round is open."""
HALVES = (EVERYBODY[::2], EVERYBODY[1::2])
PUBLIC_SLOTS = {
    "slug": "the jurisdiction's own name for itself",
    "ref": "the case's published reference",
    "number": "counted within its case or jurisdiction: a round, a page of questions, a version of the policy",
    "assessment": "counted within its case",
    "session": "counted within its round of talks",
    "item": "the published code of a factor or a kind of risk",
    "receipt": "fifty random bits, in the hands of whoever sent the answer",
    "signed": "signed by the site, in the hands of whoever got a mail",
    "token": "drawn by lot for each training, file that waits, row of lists, sheet of paper and access token",
}
"""What may stand in an address. The number of a row in the database may not."""


def expected(route, state, method, who):
    row = next(row for row in MATRIX[route.name] if state in row.get("states", state).split())
    fallback = "visitor" if who == "visitor" else "stranger" if who in STRANGERS else "person"
    return row[method].get(who, row[method][fallback])


def methods_of(route):
    return FOR_PROGRAMS if route.is_for_programs else METHODS


def states_of(route):
    return STATES if route.is_of_a_case else ("open",)


def differing(browsers, people, *, states, only_cases=False):
    """Return every answer that is not the one in the matrix, with what was expected."""
    found = {}
    for route in routes():
        for state in states_of(route) if route.is_of_a_case or not only_cases else ():
            if state not in states:
                continue
            for who in people:
                url = address(route, slots_for(browsers.world, route, state=state, who=who))
                for method in methods_of(route):
                    answer = outcome(browsers.ask(who, method, url))
                    wanted = expected(route, state, method, who)
                    if answer != wanted:
                        found[route.name, state, method, who] = (answer, f"expected {wanted}")
    return found


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("people", HALVES, ids=["one half", "other half"])
def test_everybody_gets_the_listed_answer_while_a_round_is_open(browsers, people):
    assert differing(browsers, people, states=["open"]) == {}


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "states", [("received", "rating", "rated"), ("proposed", "announced"), ("closed", "published")], ids=" ".join
)
def test_each_state_of_a_case_gives_the_listed_answers(browsers, states):
    assert differing(browsers, PRINCIPAL, states=states, only_cases=True) == {}


def test_every_route_has_a_name_and_a_row_in_the_matrix():
    assert [route.pattern for route in routes() if not route.name] == []
    assert sorted(MATRIX) == sorted(by_name())


def test_every_row_says_what_the_three_kinds_of_visitors_get():
    wanted = {"visitor", "stranger", "person"}
    incomplete = [
        (name, method)
        for name, rows in MATRIX.items()
        for row in rows
        for method in methods_of(by_name()[name])
        if wanted - set(row[method])
    ]
    assert incomplete == []


def test_every_case_route_lists_each_state_once():
    listed = {
        name: sorted(" ".join(row.get("states", "open") for row in rows).split()) for name, rows in MATRIX.items()
    }
    assert listed == {name: sorted(states_of(route)) for name, route in by_name().items()}


def test_the_matrix_names_nobody_who_is_not_asked():
    named = {
        who for rows in MATRIX.values() for row in rows for one in set(FOR_PROGRAMS) & set(row) for who in row[one]
    }
    assert named - {*EVERYBODY, "stranger"} == set()


def test_the_world_holds_everybody(world):
    assert set(world.accounts) == set(EVERYBODY)


def test_addresses_hold_no_number_of_a_row():
    held = {slot for route in routes() for slot, _kind in route.slots}
    assert held == set(PUBLIC_SLOTS)


def test_no_page_takes_other_methods(browsers):
    answers = {}
    for route in routes():
        url = address(route, slots_for(browsers.world, route, who="author"))
        for method in ("PUT", "OPTIONS") if route.is_for_programs else ("PUT", "PATCH", "DELETE"):
            answer = outcome(browsers.ask("author", method, url))
            if answer not in {403, 404, 405}:
                answers[route.name, method] = answer
    assert answers == {}
