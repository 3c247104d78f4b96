"""Whatever goes wrong below /api/ is said in JSON, with a code, what is wrong and how to go on."""

import json

import pytest
from django.test import Client

from lastvote.access import TokenScope
from stakeholders import sessions
from stakeholders.access_tokens import make_token
from tests.stakeholders.conftest import *  # noqa: F403 -- the town and its clock
from tests.stakeholders.makers import NOW

pytestmark = pytest.mark.urls("tests.rest.urls")
ECHO = "/api/v1/northbrook/echo/"
JSON = "application/json"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def post(client, body, kind=JSON, url=ECHO, **more):
    return client.generic("POST", url, body, content_type=kind, **more)


def said(response):
    """Return status and code, after checking the form that every problem has."""
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["status"] == response.status_code
    assert body["type"] == f"http://localhost:8000/help/problems/#{body['code']}"
    assert set(body) - {"details", "errors", "field"} == {"type", "title", "status", "code", "detail"}
    return response.status_code, body["code"]


def signed_in(person, *, proved=NOW):
    client = Client()
    client.force_login(person.account, backend=BACKEND)
    session = client.session
    sessions.begin(session, now=proved)
    session.save()
    return client


def test_an_unknown_address_below_api_is_a_problem_and_elsewhere_a_page(client, town):
    addresses = ("/api/", "/api/v1/", "/api/v1/nowhere/echo/", "/api/v1/northbrook/nothing/", f"{ECHO}?fail=missing")
    assert {said(client.get(url)) for url in addresses} == {(404, "not_found")}
    assert client.get("/nowhere/")["Content-Type"].startswith("text/html")


def test_an_address_without_its_last_slash_is_another_address(client, town):
    assert said(client.get(ECHO.rstrip("/"))) == (404, "not_found")
    assert said(post(client, b"{}", url=ECHO.rstrip("/"))) == (404, "not_found")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_row_60_another_method_is_told_which_ones_there_are(client, town, method):
    response = client.generic(method, ECHO, b"{}", content_type=JSON)
    assert said(response) == (405, "method_not_allowed")
    assert response["Allow"] == "GET, POST, PATCH, HEAD"


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", "", "\x00"]
)
def test_row_60_another_media_type_is_told_the_right_one(client, town, kind):
    response = post(client, b"a=1", kind)
    assert (said(response), response["Accept"]) == ((415, "unsupported_media_type"), JSON)


def test_row_60_another_wish_is_told_the_right_one(client, town):
    response = client.get(ECHO, headers={"accept": "application/xml"})
    assert (said(response), response["Allow"]) == ((406, "not_acceptable"), "GET, POST, PATCH, HEAD")
    assert [client.get(ECHO, headers={"accept": kind}).status_code for kind in ("*/*", JSON, "text/*, */*;q=0.1")] == [
        200
    ] * 3


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b'{"a": 1, "a": 1}', b"[" * 200_000, b'{"a": "\\u0000"}'])
def test_rows_13_28_56_57_bodies_that_are_no_object_are_refused(client, town, body):
    assert said(post(client, body))[0] == 400


def test_a_body_above_the_limit_is_refused_whatever_it_says_of_its_length(client, town):
    assert said(post(client, b'{"a": "' + b"x" * 262_144 + b'"}')) == (413, "body_too_large")
    fitting = b'{"a": "' + b"x" * (262_144 - 9) + b'"}'
    assert post(client, fitting).status_code == 201


def test_a_refusal_says_when_to_come_back(client, town):
    response = client.get(f"{ECHO}?fail=refused")
    assert (said(response), response["Retry-After"]) == ((429, "too_long_a_wait"), "7")


def test_what_pages_answer_with_422_is_400_here_and_each_field_is_pointed_at(client, town):
    response = client.get(f"{ECHO}?fail=fields")
    assert said(response) == (400, "blank")
    assert response.json()["errors"] == [
        {"code": "blank", "detail": "Write a.", "field": "/a"},
        {"code": "blank", "detail": "Write b.", "field": "/b~1c"},
    ]


def test_a_fault_says_nothing_about_itself(client, town):
    response = client.get(f"{ECHO}?fail=fault")
    assert said(response) == (500, "fault")
    assert b"secret" not in response.content


def test_a_view_that_names_nobody_is_open_to_nobody(client, town):
    assert said(client.get("/api/forgotten/")) == (401, "sign_in_first")
    assert said(signed_in(town.sam).get("/api/forgotten/")) == (403, "not_allowed")


def test_visitors_are_told_to_say_who_they_are_and_others_that_they_may_not(client, town):
    visitor = client.patch(ECHO, "{}", content_type=JSON)
    assert (said(visitor), visitor["WWW-Authenticate"]) == ((401, "sign_in_first"), 'Bearer realm="lastvote"')
    assert said(signed_in(town.ana).patch(ECHO, "{}", content_type=JSON)) == (403, "not_allowed")
    assert signed_in(town.sam).patch(ECHO, "{}", content_type=JSON).status_code == 200


def test_what_binds_others_needs_a_recent_proof(town, clock):
    browser = signed_in(town.sam)
    clock.shift(301)
    assert said(browser.patch(ECHO, "{}", content_type=JSON)) == (403, "sign_in_again")


def test_what_binds_others_is_done_by_no_program(town):
    scopes = frozenset({TokenScope.CASEWORK})
    _token, secret = make_token(person=town.sam, name="x", scopes=scopes, case_reference="", days=1, now=NOW)
    response = Client().patch(ECHO, "{}", content_type=JSON, headers={"authorization": f"Bearer {secret}"})
    assert said(response) == (403, "session_needed")


def test_a_host_that_is_not_ours_is_refused(client, town):
    assert said(client.get(ECHO, headers={"host": "evil.example"})) == (400, "unreadable")


def test_row_65_a_session_without_its_protection_token_changes_nothing(town):
    browser = signed_in(town.sam)
    browser.handler.enforce_csrf_checks = True
    assert said(browser.patch(ECHO, "{}", content_type=JSON)) == (403, "csrf_failed")
    assert said(post(browser, b"{}")) == (403, "csrf_failed")
    token = browser.get("/sign-in/again/").cookies["csrf"].value
    told = browser.patch(ECHO, "{}", content_type=JSON, headers={"x-csrftoken": token})
    assert told.status_code == 200


def test_answers_to_somebody_are_kept_in_no_cache(client, town):
    assert "Cache-Control" not in client.get(ECHO)
    assert signed_in(town.ana).get(ECHO)["Cache-Control"] == "no-store, private"
    assert {"Accept", "Authorization", "Cookie"} <= set(client.get(ECHO)["Vary"].split(", "))


def test_who_asks_is_told_what_they_may_do(client, town):
    url = "/api/v1/northbrook/me/"
    assert client.get(url).json() == {"known": False, "permissions": ["read_public"], "token": None}
    assert signed_in(town.ana).get(url).json() == {
        "known": True, "permissions": ["answer_round", "read_own_answer", "read_public"], "token": None,
    }  # fmt: skip
    assert signed_in(town.dan).get(url).json() == {"known": False, "permissions": ["read_public"], "token": None}
