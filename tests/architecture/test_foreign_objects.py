"""What belongs to somebody else does not exist here: not in another jurisdiction, not on another case."""

import re

import pytest

from assessments.actions import policies
from assessments.models import WeightRound
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make
from tests.architecture.asking import TOKEN, outcome
from tests.architecture.routes import MIGHTIEST, address, by_name, receipt_of, routes, slots_for
from tests.architecture.world import NOW

MIGHTY = {"desk": "secretariat", "weigh": "author", "you": "author", "rating": "evaluator", "api": "secretariat"}
"""Who may do most behind an address; everything else is public."""
WRITTEN = {"api_one_evidence": "PATCH", "api_rating": "POST"}
"""Addresses that take nothing else."""
UNKNOWN = "TV-2026-9999"


def mightiest(route):
    return MIGHTIEST.get(route.name) or MIGHTY.get(route.name.partition("_")[0], "visitor")


def case_routes():
    return [route for route in routes() if route.is_of_a_case]


def masked(response):
    """Return a page without its form tokens and without the reference that was asked for."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)
    return re.sub(rb"[A-Z]{2}-2026-\d{4}", b"", page)


@pytest.mark.timeout(1800)
def test_a_case_of_another_jurisdiction_answers_like_one_that_never_was(browsers):
    differing, found = {}, {}
    for route in case_routes():
        for who in ("visitor", mightiest(route), "other secretariat"):
            slots = dict(slots_for(browsers.world, route, state="open", who=who))
            for method in ("GET", "POST"):
                foreign, unknown = (
                    browsers.ask(who, method, address(route, slots | {"ref": ref}))
                    for ref in (browsers.world.foreign.reference, UNKNOWN)
                )
                if (outcome(foreign), masked(foreign)) != (outcome(unknown), masked(unknown)):
                    differing[route.name, method, who] = (outcome(foreign), outcome(unknown))
                if who == mightiest(route) and outcome(foreign) not in {404, 405}:
                    found[route.name, method, who] = outcome(foreign)
    assert (differing, found) == ({}, {})


def test_numbers_of_other_cases_are_not_found(browsers):
    world = browsers.world
    answers = {}
    for route in case_routes():
        who = {"visitor": "author"}.get(mightiest(route), mightiest(route))
        for slot in {"number", "assessment"} & {name for name, _kind in route.slots}:
            slots = dict(slots_for(world, route, state="published" if "record" in route.name else "open", who=who))
            method = WRITTEN.get(route.name, "GET")
            answers[route.name, slot] = outcome(browsers.ask(who, method, address(route, slots | {slot: 2})))
    first_gap = answers.pop(("weigh_compare", "number"))
    assert (set(answers.values()), first_gap) == ({404}, "away")


def test_a_version_of_another_jurisdictions_policy_is_not_found(browsers):
    there = browsers.world.there
    policies.adopt_policy(
        jurisdiction=there.jurisdiction, body=make.policy_body(codes=("A", "C", "D")), reason=text("Again."),
        effective_from=make.START, proposed_by=there.staff[Role.ADMIN], adopted_by=there.staff[Role.CHAIR], now=NOW,
    )  # fmt: skip
    asked = {
        slug: browsers.ask("visitor", "GET", f"/{slug}/lines/policy-2.json") for slug in ("otherville", "testville")
    }
    assert {slug: outcome(response) for slug, response in asked.items()} == {"otherville": 200, "testville": 404}


def test_a_receipt_opens_its_authors_page_for_nobody_else(browsers):
    world = browsers.world
    slots = dict(slots_for(world, by_name()["weigh_sent"], who="author"))
    own = {
        who: outcome(browsers.ask(who, "GET", address(by_name()["weigh_sent"], slots))) for who in ("author", "member")
    }
    foreign_round = WeightRound.objects.get(assessment__incident=world.foreign)
    slots["receipt"] = receipt_of(foreign_round, "other member", world)
    foreign = outcome(browsers.ask("author", "GET", address(by_name()["weigh_sent"], slots)))
    assert (own, foreign) == ({"author": 200, "member": 404}, 404)


def test_a_receipt_is_looked_up_in_its_own_jurisdiction_only(browsers):
    world = browsers.world
    code = receipt_of(world.rounds["open"], "author", world)
    asked = {
        slug: outcome(browsers.ask("visitor", "POST", f"/{slug}/receipt/", data={**TOKEN, "reference": code}))
        for slug in ("testville", "otherville")
    }
    assert asked == {"testville": 200, "otherville": 422}


def test_a_proposal_is_confirmed_only_where_it_was_made(browsers):
    world = browsers.world
    waiting = world.cases["proposed"].assessments.get().rounds.get().proposals.get()
    url = f"/testville/desk/cases/{world.cases['proposed'].reference}/rounds/confirm/"
    answers = {
        "own digest": outcome(browsers.ask("chair", "POST", url, data={**TOKEN, "digest": waiting.digest})),
        "other digest": outcome(browsers.ask("chair", "POST", url, data={**TOKEN, "digest": "0" * 64})),
        "chair of elsewhere": outcome(browsers.ask("other chair", "POST", url, data={"digest": waiting.digest})),
        "at elsewhere's address": outcome(
            browsers.ask("other chair", "POST", url.replace("testville", "otherville"), data={"digest": waiting.digest})
        ),
        "on another case": outcome(
            browsers.ask(
                "chair",
                "POST",
                f"/testville/desk/cases/{world.cases['open'].reference}/rounds/confirm/",
                data={"digest": waiting.digest},
            )
        ),
    }
    assert answers == {
        "own digest": "away",
        "other digest": 409,
        "chair of elsewhere": 403,
        "at elsewhere's address": 404,
        "on another case": 409,
    }


def test_nobody_confirms_their_own_proposal(browsers):
    """One person in both offices is still one person."""
    world = browsers.world
    secretary = world.people["secretariat"]
    secretary.role_grants.create(role=Role.CHAIR, valid_from=make.START)
    waiting = world.cases["proposed"].assessments.get().rounds.get().proposals.get()
    url = f"/testville/desk/cases/{world.cases['proposed'].reference}/rounds/confirm/"
    assert outcome(browsers.ask("secretariat", "POST", url, data={**TOKEN, "digest": waiting.digest})) == 409


def test_a_role_that_was_taken_away_stops_at_once(browsers):
    world = browsers.world
    url = f"/testville/desk/cases/{world.cases['open'].reference}/rounds/"
    before = outcome(browsers.ask("secretariat", "GET", url))
    world.people["secretariat"].role_grants.update(valid_until=make.START)
    assert (before, outcome(browsers.ask("secretariat", "GET", url))) == (200, 403)
