"""How often passwords and codes may be tried, by whom, and that a stranger shuts nobody out."""

import datetime as dt
from unittest.mock import Mock

import pytest
from django.core import mail
from django.test import Client

from lastvote.errors import Refused
from stakeholders import limits
from tests.stakeholders.asking import ask_code, by_code, by_password, who

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.stakeholders.urls")]


def test_a_sixth_wrong_password_is_refused_even_if_right(client, town, clock):
    for _ in range(5):
        assert by_password(client, "ana@demo.example", "wrong").status_code == 422
    response = by_password(client, "ana@demo.example")
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "Too many tries. Wait five minutes, then try again." in response.content.decode()
    clock.shift(dt.timedelta(minutes=5, seconds=1))
    assert by_password(client, "ana@demo.example").status_code == 302


def wrong_from(address, email, clock, tries):
    """Type wrong passwords from one address, as fast as it may."""
    stranger, statuses = Client(REMOTE_ADDR=address), []
    for _ in range(tries):
        statuses.append(by_password(stranger, email, "wrong words").status_code)
        clock.shift(dt.timedelta(seconds=61))
    return statuses


@pytest.mark.parametrize("email", ["ana@demo.example", "nobody@demo.example"])
def test_a_stranger_uses_up_their_own_tries_and_nobody_elses(client, town, clock, email):
    statuses = wrong_from("198.51.100.7", email, clock, 40)
    assert (statuses.count(422), statuses[-1]) == (20, 429)
    answer = by_password(Client(REMOTE_ADDR="203.0.113.9"), email)
    assert answer.status_code == (302 if email.startswith("ana") else 422)


def shut_by_strangers(clock):
    """Try from one network after another until nobody may try the password of this address any more."""
    for third in range(25):
        address = f"198.51.{third}.1"
        statuses = [by_password(Client(REMOTE_ADDR=address), "ana@demo.example", "x").status_code for _ in range(5)]
    return statuses


def test_a_password_is_tried_a_hundred_times_an_hour_at_most_and_a_code_opens_meanwhile(client, town, clock, rf):
    assert shut_by_strangers(clock) == [429] * 5
    with pytest.raises(Refused) as told:
        limits.spend_password(rf.post("/sign-in/"), email="ana@demo.example", account=None)
    assert (told.value.code, told.value.status) == ("too_many_passwords", 429)
    refused = by_password(client, "ana@demo.example")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert "Have a code mailed to you, or try again in an hour." in refused.content.decode()
    assert by_code(client, "ana@demo.example").status_code == 302
    assert who(client) == "Ana"
    clock.shift(dt.timedelta(hours=1, seconds=1))
    assert by_password(Client(), "ana@demo.example").status_code == 302


def test_the_browser_of_the_owner_is_let_through_with_a_password_and_limited_too(client, town, clock):
    by_password(client, "ana@demo.example")
    client.post("/sign-out/")
    shut_by_strangers(clock)
    assert by_password(client, "ana@demo.example").status_code == 302
    client.post("/sign-out/")
    assert [by_password(client, "ana@demo.example", "x").status_code for _ in range(6)] == [422] * 5 + [429]


def test_right_passwords_are_not_counted(client, town):
    for _ in range(7):
        assert by_password(Client(), "ana@demo.example").status_code == 302


def test_where_passwords_cannot_be_counted_the_door_stays_shut(client, town, monkeypatch):
    consume = limits.ratelimit.consume

    def broken(request, *, action, **more):
        if action == "password_from_here":
            raise ConnectionError
        return consume(request, action=action, **more)

    monkeypatch.setattr(limits.ratelimit, "consume", broken)
    assert by_password(client, "ana@demo.example").status_code == 429


def test_where_tries_cannot_be_counted_the_door_stays_shut(rf, monkeypatch):
    monkeypatch.setattr(limits.ratelimit, "consume", Mock(side_effect=ConnectionError))
    with pytest.raises(Refused) as refused:
        limits.spend(rf.post("/sign-in/"), "login")
    assert (refused.value.code, refused.value.status) == ("too_many_tries", 429)


def test_codes_for_one_address_are_limited(client, town):
    for _ in range(3):
        assert ask_code(client, "bea@demo.example").status_code == 302
    assert ask_code(client, "bea@demo.example").status_code == 429
    assert len(mail.outbox) == 3


STRANGER = {"REMOTE_ADDR": "198.51.100.7"}


def codes_of_a_stranger(clock, email):
    """Ask as often as one network may on one day, and once more."""
    stranger = Client(**STRANGER)
    answers = []
    for _ in range(11):
        answers.append(ask_code(stranger, email))
        clock.shift(dt.timedelta(minutes=1))
    return answers


@pytest.mark.parametrize("email", ["bea@demo.example", "nobody@demo.example"])
def test_a_stranger_uses_up_their_own_codes_and_nobody_elses(town, clock, email):
    *mailed, refused = codes_of_a_stranger(clock, email)
    assert {answer.status_code for answer in mailed} == {302}
    assert (refused.status_code, refused["Retry-After"]) == (429, "86400")
    assert "Too many codes were asked for today." in refused.content.decode()
    assert ask_code(Client(), email).status_code == 302
    clock.shift(dt.timedelta(days=1))
    assert ask_code(Client(**STRANGER), email).status_code == 302


@pytest.mark.parametrize(
    ("near", "far"), [("198.51.100.{}", "198.51.101.1"), ("2001:db8:0:{}::1", "2001:db8:1::1")]
)  # fmt: skip
def test_addresses_of_one_network_are_one_stranger(town, near, far):
    answers = [ask_code(Client(REMOTE_ADDR=near.format(place)), "bea@demo.example") for place in range(1, 5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert ask_code(Client(REMOTE_ADDR=far), "bea@demo.example").status_code == 302


def flood(email):
    """Ask from one network after the other until long after the mailbox is full."""
    return [ask_code(Client(REMOTE_ADDR=f"198.51.{third}.1"), email).status_code for third in range(110)]


def test_a_mailbox_is_not_flooded_and_the_browser_of_its_owner_is_let_through(client, town, rf):
    by_code(client, "bea@demo.example")
    client.post("/sign-out/")
    statuses = flood("bea@demo.example")
    assert (statuses.count(302), statuses[-1]) == (99, 429)
    with pytest.raises(Refused) as refused:
        limits.spend_code(rf.post("/sign-in/"), email="bea@demo.example", account=town.bea.account)
    assert (refused.value.code, refused.value.status) == ("too_many_codes", 429)
    assert by_code(client, "bea@demo.example").status_code == 302
    assert who(client) == "Bea"


def test_the_mark_of_one_person_opens_no_door_for_another(client, town):
    by_code(client, "bea@demo.example")
    client.post("/sign-out/")
    assert [ask_code(client, "ana@demo.example").status_code for _ in range(4)] == [302, 302, 302, 429]


def test_codes_to_the_browser_of_their_owner_are_limited_too(client, town):
    by_code(client, "bea@demo.example")
    client.post("/sign-out/")
    assert [ask_code(client, "bea@demo.example").status_code for _ in range(4)] == [302, 302, 302, 429]


def test_where_counting_fails_the_door_stays_shut(client, town, settings):
    settings.CACHES = {"default": {"BACKEND": "tests.stakeholders.broken_cache.BrokenCache"}}
    assert by_password(client, "ana@demo.example").status_code == 429
    assert ask_code(client, "ana@demo.example").status_code == 429
    assert (client.get("/sign-in/").status_code, mail.outbox) == (200, [])
