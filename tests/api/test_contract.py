"""Every address of the API answers what the document says, whoever asks and in every state of a case."""

import pytest

from lastvote.access import Role
from tests.architecture.routes import address, routes, slots_for
from tests.architecture.world import STATES

IN_TALKS = {
    "api_talks", "api_talks_reasons", "api_talks_reason", "api_talks_replies", "api_assessment_talks",
    "api_assessment_talks_reasons", "api_assessment_talks_replies",
}  # fmt: skip
"""No case of this world is in talks; what these answer is held against the document in ``test_talks.py``."""
READERS = ("visitor", "author", Role.SECRETARIAT.value)


def api_routes():
    return [route for route in routes() if route.is_for_programs]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", READERS)
def test_every_answer_is_as_the_document_says(browsers, contract, who):
    wrong, found = {}, set()
    for route in api_routes():
        for state in STATES if route.is_of_a_case else ("open",):
            url = address(route, slots_for(browsers.world, route, state=state, who=who))
            response = browsers.ask(who, "GET", url)
            if response.status_code == 200:
                found.add(route.name)
            if breaches := contract.breaches("GET", url, response):
                wrong[route.name, state] = breaches
    assert wrong == {}
    own = set() if who == "author" else {"api_answer", "api_receipt"}
    without = {"api_past_case", "api_rating"} | IN_TALKS | own
    assert {route.name for route in api_routes()} - found == without
