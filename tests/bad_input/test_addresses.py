"""Row 58 and its like: numbers and names in addresses that nothing answers to."""

import pytest

from tests.architecture.asking import outcome
from tests.architecture.routes import MIGHTIEST, by_name, slots_for

HUGE = ("9" * 10, "9" * 20, "1" + "0" * 30, "9" * 400)
NO_WHOLE_NUMBERS = ("1.0", "-1", "1e3", "0x1", "%201", "1%00", "one")


def pattern_routes(slot):
    return sorted(name for name, route in by_name().items() if slot in dict(route.slots))


def with_slot(world, name, slot, value):
    """Return the address of a route in which one slot holds ``value``, whatever its converter thinks of it."""
    route = by_name()[name]
    filled = dict(slots_for(world, route, state="published")) | {slot: value}
    url = "/" + route.pattern
    for one, _kind in route.slots:
        start, _, rest = url.partition("<")
        inside, _, after = rest.partition(">")
        assert inside.rpartition(":")[2] == one
        url = f"{start}{filled[one]}{after}"
    return url


WRITTEN = {"api_one_evidence": "PATCH", "api_rating": "POST"}
"""Addresses that take nothing else."""


def asker(name):
    """Somebody whom the page lets in, so that the number decides."""
    records = "/desk/" in by_name()[name].pattern or name.startswith("api_")
    return MIGHTIEST.get(name) or ("secretariat" if records else "author")


def method_of(name):
    return WRITTEN.get(name, "GET")


@pytest.mark.parametrize("slot", ["number", "assessment"])
def test_numbers_beyond_every_column_are_not_found(browsers, slot):
    answers = {
        (name, value[:12]): outcome(
            browsers.ask(asker(name), method_of(name), with_slot(browsers.world, name, slot, value))
        )
        for name in pattern_routes(slot)
        for value in HUGE
    }
    comparisons = {answer for (name, _value), answer in answers.items() if name == "weigh_compare"}
    others = {answer for (name, _value), answer in answers.items() if name != "weigh_compare"}
    assert others == {404}
    assert comparisons <= {404, 409}


@pytest.mark.parametrize("value", NO_WHOLE_NUMBERS)
def test_what_is_no_whole_number_is_not_found(browsers, value):
    answers = {
        name: outcome(browsers.ask(asker(name), method_of(name), with_slot(browsers.world, name, slot, value)))
        for slot in ("number", "assessment")
        for name in pattern_routes(slot)
    }
    assert set(answers.values()) == {404}


@pytest.mark.parametrize(
    "value", ["x", "TV-2026-9999", "tv-2026-0001", "%00", "..", "TV-2026-0001%0d%0aX:1", "a" * 3000, "%F0%9F%98%80"]
)
def test_references_that_name_no_case_are_not_found(browsers, value):
    methods = {"api_case": "PATCH", "api_evidence": "POST", "api_rounds": "POST", **WRITTEN}
    answers = {
        name: outcome(
            browsers.ask(
                MIGHTIEST.get(name, "secretariat" if name.startswith(("desk", "api")) else "author"),
                methods.get(name, "GET"),
                with_slot(browsers.world, name, "ref", value),
            )
        )
        for name in pattern_routes("ref")
    }
    assert set(answers.values()) == {404}


@pytest.mark.parametrize(
    "value", ["admin", "x", "nowhere", "Testville", "test%00ville", "t" * 41, "t" * 3000, "tëstville"]
)
def test_jurisdictions_that_are_not_there_are_not_found(browsers, value):
    urls = [f"/{value}/", f"/{value}/cases/", f"/{value}/desk/", f"/{value}/you/", f"/{value}/receipt/"]
    assert {outcome(browsers.ask("secretariat", "GET", url)) for url in urls} == {404}


@pytest.mark.parametrize(
    "next_page", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil", "\x00", "a" * 9000]
)
def test_signing_in_leads_nowhere_else(browsers, next_page):
    response = browsers.ask("member", "GET", "/sign-in/", QUERY_STRING=f"next={next_page}".replace("\x00", "%00"))
    assert (response.status_code, response["Location"]) == (302, "/testville/")
