"""Nobody learns from an answer whether an address, a code or a reference exists."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tests.stakeholders.asking import ask_code, by_password
from tests.stakeholders.makers import a_group, a_jurisdiction, a_member

KNOWN, UNKNOWN, NEVER = "known@demo.example", "other@demo.example", "never@demo.example"
PASSWORD = "four plain words together"
VARYING = {"Set-Cookie", "Date", "Expires"}


@pytest.fixture(autouse=True)
def _people(db):
    cache.clear()
    jurisdiction = a_jurisdiction()
    a_member(jurisdiction, a_group(jurisdiction), "Known", email=KNOWN, password=PASSWORD)
    a_member(jurisdiction, a_group(jurisdiction, 2), "No password", email=NEVER)


def said(response, *names):
    """Return status, headers and page without tokens and without the address that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    for name in names:
        page = page.replace(name, "")
    cookies = {
        name: (morsel["httponly"], morsel["path"], morsel["samesite"]) for name, morsel in response.cookies.items()
    }
    return response.status_code, {k: v for k, v in response.items() if k not in VARYING}, cookies, page


def both(act, *others):
    """Return what a browser of its own is told about each address."""
    return [act(Client(), email) for email in (KNOWN, UNKNOWN, *others)]


def test_a_wrong_password_and_an_unknown_address_get_one_answer():
    first, second, third = both(
        lambda client, email: said(by_password(client, email, "wrong password here"), email), NEVER
    )
    assert first == second == third
    assert first[0] == 422


def test_asking_for_a_code_gets_one_answer_and_one_mail(mailoutbox):
    first, second, third = both(lambda client, email: said(ask_code(client, email), email), NEVER)
    assert first == second == third
    assert (first[0], len(mailoutbox)) == (302, 3)


def test_the_page_for_the_code_looks_the_same():
    def page(client, email):
        ask_code(client, email)
        return said(client.get("/sign-in/code/"), email)

    first, second = both(page)
    assert first == second
    assert first[0] == 200


def test_a_wrong_code_gets_one_answer_until_tries_run_out():
    def tries(client, email):
        ask_code(client, email)
        return [said(client.post("/sign-in/code/", {"code": "WRNG-CODE"}), email) for _number in range(6)]

    first, second = both(tries)
    assert first == second
    assert [answer[0] for answer in first] == [422, 422, 422, 422, 302, 302]


def test_too_many_tries_are_refused_alike():
    def tries(client, email):
        cache.clear()
        return [said(by_password(client, email, "wrong password here"), email) for _number in range(7)]

    first, second = both(tries)
    assert first == second
    assert first[-1][0] == 429
    assert first[-1][1]["Retry-After"] == "300"


def test_too_many_codes_are_refused_alike():
    def tries(client, email):
        cache.clear()
        return [said(ask_code(client, email), email)[:2] for _number in range(5)]

    first, second = both(tries)
    assert first == second
    assert first[-1][0] == 429


def test_a_reference_that_exists_elsewhere_is_as_unknown_as_any_other():
    client = Client()
    answers = {
        said(client.post("/northbrook/receipt/", {"reference": typed}), typed)[3]
        for typed in ("K7M29QTD3XW", "AAAAAAAAAAA", "nonsense")
    }
    assert len({re.sub(r' value=""', "", page) for page in answers}) == 1


def test_the_comparison_notices_a_difference():
    known, unknown = both(lambda client, email: said(by_password(client, email), email))
    assert known != unknown
