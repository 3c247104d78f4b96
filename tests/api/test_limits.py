"""How often a program may ask, in both positions of each setting, alone and many at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.test import Client

from lastvote.errors import Refused
from stakeholders.api.limits import spend
from stakeholders.networks import network_of
from tests.architecture.world import NOW, access_token
from tests.bad_input.program import Program, problem


@pytest.fixture
def few(settings):
    settings.API_READS_PER_MINUTE, settings.API_WRITES_PER_MINUTE = 3, 2
    cache.clear()


def reads(program, count):
    return [program.send("GET", f"{program.place}me/").status_code for _time in range(count)]


def test_reads_and_writes_are_counted_apart_and_the_wait_is_told(world, few, time_machine):
    member = Program.of(world, "member")
    assert reads(member, 4) == [200, 200, 200, 429]
    assert [member.answer({"points": [1, 1, 1, number]}).status_code for number in (1, 2, 3)] == [201, 200, 429]
    response = member.send("GET", f"{member.place}me/")
    assert (problem(response), response["Retry-After"]) == ((429, "too_many_requests", ""), "60")
    assert response.json()["detail"] == "Too many requests: at most 3 a minute. Wait 60 seconds, then go on."
    time_machine.move_to(NOW.replace(minute=1))
    assert reads(member, 1) == [200]


def test_a_token_and_a_session_of_one_person_are_counted_together_and_others_are_not(world, few):
    _token, secret = access_token(world.people["member"])
    assert reads(Program.of(world, "member", token=secret), 3) == [200] * 3
    assert reads(Program.of(world, "member"), 1) == [429]
    assert reads(Program.of(world, "author"), 1) == [200]


def test_visitors_are_counted_by_their_network(world, few):
    url = "/api/v1/testville/me/"
    asked = ["192.0.2.1", "192.0.2.200", "192.0.2.9", "192.0.2.77", "192.0.3.1", "2001:db8:1::1", "2001:db8:1:ffff::2"]
    assert [Client(REMOTE_ADDR=address).get(url).status_code for address in asked] == [
        200,
        200,
        200,
        429,
        200,
        200,
        200,
    ]


def test_what_is_no_token_is_counted_too(world, few):
    guesser = Program.of(world, "visitor")
    guesser.headers = {"authorization": "Bearer lv_guess"}
    assert reads(guesser, 4) == [401, 401, 401, 429]


def test_a_token_of_another_jurisdiction_is_counted_too(world, few):
    _token, secret = access_token(world.people["other member"])
    assert reads(Program.of(world, "visitor", token=secret), 4) == [404, 404, 404, 429]


def test_nought_means_no_limit(world, settings):
    settings.API_READS_PER_MINUTE = settings.API_WRITES_PER_MINUTE = 0
    assert set(reads(Program.of(world, "member"), 20)) == {200}


def test_without_its_cache_the_door_stays_open(world, few, settings):
    settings.CACHES = {"default": {"BACKEND": "tests.stakeholders.broken_cache.BrokenCache"}}
    member = Program.of(world, "member")
    assert set(reads(member, 6)) == {200}
    assert [member.answer({"points": [1, 1, 1, number]}).status_code for number in (1, 2, 3)] == [201, 200, 200]


def test_of_many_at_once_none_is_missed(settings):
    settings.API_WRITES_PER_MINUTE = 50
    cache.clear()

    def ask(_number):
        try:
            spend("somebody", "POST", now=NOW)
        except Refused:
            return 1
        return 0

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(ask, range(200))) == 150


def test_a_request_without_an_address_is_counted_with_its_like(rf):
    assert network_of(rf.get("/", REMOTE_ADDR="")) == "nowhere"
