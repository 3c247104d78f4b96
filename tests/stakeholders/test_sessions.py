"""How long sessions last, and when somebody is asked again who they are."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client

from lastvote.access import Role
from lastvote.jobs import sweeper
from stakeholders.actions import end_role, grant_role
from tests.stakeholders.asking import by_code, by_password, mailed_code, shown, who
from tests.stakeholders.conftest import PASSWORD
from tests.stakeholders.makers import NOW, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.stakeholders.urls")]


def pass_hours(clock, hours):
    clock.shift(dt.timedelta(hours=hours))


def test_member_stays_signed_in_for_24_hours_after_being_seen(client, town, clock):
    by_password(client, "ana@demo.example")
    for _ in range(4):
        pass_hours(clock, 23)
        assert who(client) == "Ana"
    pass_hours(clock, 25)
    assert who(client) == "visitor"


def test_cookie_is_renewed_with_the_session_but_not_by_every_page(client, town, clock):
    by_password(client, "ana@demo.example")
    clock.shift(dt.timedelta(minutes=9))
    assert "session" not in client.get("/northbrook/").cookies
    clock.shift(dt.timedelta(minutes=2))
    assert client.get("/northbrook/").cookies["session"]["max-age"] == 24 * 60 * 60


@pytest.mark.parametrize("email", ["sam@demo.example", "cho@demo.example"])
def test_office_ends_20_hours_after_signing_in_however_busy(client, town, clock, email):
    by_password(client, email)
    for _ in range(4):
        pass_hours(clock, 4.9)
        assert who(client) != "visitor"
    pass_hours(clock, 0.5)
    assert who(client) == "visitor"


def test_delegate_counts_as_office_and_so_does_a_role_given_after_signing_in(client, town, clock):
    by_password(client, "ana@demo.example")
    grant_role(
        person=town.ana, role=Role.DELEGATE, valid_from=dt.date(2027, 6, 1), proposed_by=town.sam,
        confirmed_by=town.cho, now=dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC),
    )  # fmt: skip
    pass_hours(clock, 21)
    assert who(client) == "visitor"


def test_role_in_another_jurisdiction_shortens_the_session_too(client, town, clock):
    a_person(town.elsewhere, "Sam", email="sam@demo.example")
    by_password(client, "sam@demo.example")
    pass_hours(clock, 21)
    assert who(client, "southbrook") == "visitor"


def test_role_that_ended_no_longer_shortens_the_session(client, town, clock):
    by_password(client, "sam@demo.example")
    end_role(grant=town.sam.role_grants.get(), by=town.cho, now=dt.datetime(2027, 6, 1, 10, tzinfo=dt.UTC))
    pass_hours(clock, 21)
    assert who(client) == "Sam"


def test_role_removed_takes_effect_in_the_next_request(client, town):
    by_password(client, "sam@demo.example")
    assert client.get("/northbrook/desk/").status_code == 200
    end_role(grant=town.sam.role_grants.get(), by=town.cho, now=NOW)
    assert client.get("/northbrook/desk/").status_code == 403


def test_binding_act_goes_ahead_within_five_minutes_of_signing_in(client, town, clock):
    by_password(client, "sam@demo.example")
    clock.shift(dt.timedelta(minutes=5))
    assert client.post("/northbrook/binding/", {"words": "close"}).content == b"POST done close"
    clock.shift(dt.timedelta(seconds=1))
    response = client.post("/northbrook/binding/", {"words": "close"})
    assert response["Location"] == "/sign-in/again/?next=%2Fnorthbrook%2Fbinding%2F"


@pytest.fixture
def stale(client, town, clock):
    """Sam's browser, stopped at a binding act with two words typed."""
    by_password(client, "sam@demo.example")
    clock.shift(dt.timedelta(minutes=6))
    client.post("/northbrook/binding/", {"words": ["close <it>", "again"], "password": "x", "csrfmiddlewaretoken": "y"})
    return client


def again(browser, how, **more):
    return browser.post("/sign-in/again/", {"how": how, "next": "/northbrook/binding/", **more})


def hidden(response):
    form = BeautifulSoup(response.content, "html.parser").select_one("main form")
    return form["action"], [
        (field["name"], field["value"])
        for field in form.select("input[type=hidden]")
        if field["name"] != "csrfmiddlewaretoken"
    ]


def test_password_again_offers_the_kept_form_once(stale):
    response = again(stale, "password", password=PASSWORD)
    assert hidden(response) == ("/northbrook/binding/", [("words", "close <it>"), ("words", "again")])
    answer = stale.post("/northbrook/binding/", {"words": [value for _, value in hidden(response)[1]]})
    assert answer.content == b"POST done close <it>|again"
    assert again(stale, "password", password=PASSWORD)["Location"] == "/northbrook/binding/"


def test_code_again_offers_the_kept_form(stale):
    assert again(stale, "send")["Location"] == "/sign-in/again/?next=%2Fnorthbrook%2Fbinding%2F"
    assert mail.outbox[-1].to == ["sam@demo.example"]
    response = again(stale, "code", code=mailed_code().lower().replace("-", " "))
    assert hidden(response)[1] == [("words", "close <it>"), ("words", "again")]
    assert stale.post("/northbrook/binding/").status_code == 200


def test_proof_changes_the_session_key(stale):
    before = stale.session.session_key
    again(stale, "password", password=PASSWORD)
    assert stale.session.session_key != before


def test_wrong_password_again_says_so_and_keeps_the_form(stale):
    response = again(stale, "password", password="wrong")
    assert response.status_code == 422
    assert "This is not your password. Check it and type it again." in response.content.decode()
    assert stale.get("/northbrook/binding/").status_code == 302
    again_right = again(stale, "password", password=PASSWORD)
    assert again_right["Location"] == "/northbrook/binding/"


def test_empty_password_again_is_asked_for(stale):
    assert "Type your password." in again(stale, "password", password="").content.decode()


def test_password_of_somebody_else_proves_nothing(client, town, clock):
    town.cho.account.set_password("quite another phrase of hers")
    town.cho.account.save()
    by_password(client, "sam@demo.example")
    assert again(client, "password", password="quite another phrase of hers").status_code == 422


def test_wrong_code_again_says_so_and_the_fifth_ends_it(stale):
    again(stale, "send")
    code = mailed_code()
    for _ in range(4):
        assert again(stale, "code", code="BBBB-BBBB").status_code == 422
    response = stale.post("/sign-in/again/", {"how": "code", "code": "BBBB-BBBB"}, follow=True)
    assert "That was one wrong code too many. Ask for a new one." in shown(response)
    assert again(stale, "code", code=code).status_code == 302
    assert stale.get("/northbrook/binding/").status_code == 302


def test_code_again_runs_out(stale, clock):
    again(stale, "send")
    clock.shift(dt.timedelta(minutes=16))
    response = stale.post("/sign-in/again/", {"how": "code", "code": mailed_code()}, follow=True)
    assert "That code has run out. Ask for a new one." in shown(response)


def test_somebody_without_password_is_offered_the_code_alone(client, town):
    by_code(client, "bea@demo.example")
    page = shown(client.get("/sign-in/again/"))
    assert ("id_password" in page, "Email me a code" in page) == (False, True)
    again(client, "send")
    assert "id_code" in shown(client.get("/sign-in/again/"))


def test_tries_again_are_limited(stale):
    answers = [again(stale, "password", password="wrong").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_visitor_has_to_sign_in_first(client, town):
    response = client.get("/sign-in/again/?next=/northbrook/binding/")
    assert response["Location"] == "/sign-in/?next=%2Fnorthbrook%2Fbinding%2F"


def test_opening_a_binding_page_keeps_nothing(client, town, clock):
    by_password(client, "sam@demo.example")
    clock.shift(dt.timedelta(minutes=6))
    client.get("/northbrook/binding/")
    assert again(client, "password", password=PASSWORD)["Location"] == "/northbrook/binding/"


def session_ends(client):
    """Ana was signed in on this browser, and her session is over."""
    by_password(client, "ana@demo.example")
    client.session.flush()


def test_form_posted_after_the_session_ended_waits_for_signing_in(client, town):
    session_ends(client)
    response = client.post("/northbrook/mine/", {"words": "my reasons"})
    assert response["Location"] == "/sign-in/?next=%2Fnorthbrook%2Fmine%2F"
    offered = by_password(client, "ana@demo.example", next="/northbrook/mine/")
    assert hidden(offered) == ("/northbrook/mine/", [("words", "my reasons")])


def test_kept_form_is_dropped_on_the_way_to_another_page(client, town):
    session_ends(client)
    client.post("/northbrook/mine/", {"words": "my reasons"})
    assert by_password(client, "ana@demo.example", next="/northbrook/desk/")["Location"] == "/northbrook/desk/"
    assert "kept_form" not in client.session


def new_password(browser, password="another phrase of my own"):
    return browser.post("/sign-in/password/", {"password": password})


def test_somebody_who_signed_in_by_code_can_set_a_password(client, town):
    by_code(client, "bea@demo.example")
    assert client.get("/sign-in/password/").status_code == 200
    assert new_password(client)["Location"] == "/northbrook/"
    assert who(client) == "Bea"
    client.post("/sign-out/")
    by_password(client, "bea@demo.example", "another phrase of my own")
    assert who(client) == "Bea"


def test_a_new_password_ends_other_sessions(client, town):
    other = Client()
    by_password(other, "ana@demo.example")
    by_password(client, "ana@demo.example")
    new_password(client)
    assert (who(client), who(other)) == ("Ana", "visitor")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Type a password."),
        ("short", "Use at least 12 characters."),
        ("1q2w3e4r5t6y", "This password is too common."),
    ],
)
def test_a_weak_password_is_refused(client, town, password, sentence):
    by_code(client, "bea@demo.example")
    response = new_password(client, password)
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    town.bea.account.refresh_from_db()
    assert town.bea.account.has_usable_password() is False


def test_setting_a_password_needs_a_recent_proof(client, town, clock):
    assert client.get("/sign-in/password/")["Location"] == "/sign-in/?next=%2Fsign-in%2Fpassword%2F"
    by_password(client, "ana@demo.example")
    clock.shift(dt.timedelta(minutes=6))
    assert new_password(client)["Location"] == "/sign-in/again/?next=%2Fsign-in%2Fpassword%2F"
    town.ana.account.refresh_from_db()
    assert town.ana.account.check_password(PASSWORD) is True


def test_sweep_deletes_sessions_that_ran_out_and_no_others(client, town, clock):
    client.post("/northbrook/mine/", {"words": "my reasons"})
    clock.shift(dt.timedelta(hours=20))
    other = Client()
    by_password(other, "ana@demo.example")
    clock.shift(dt.timedelta(hours=5))
    assert sweeper.sweeps["expired_sessions"](NOW + dt.timedelta(hours=25)) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == [other.session.session_key]


def test_a_database_that_breaks_while_a_session_is_renewed_is_a_fault_and_not_a_bad_request(client, town, clock):
    by_password(client, "ana@demo.example")
    clock.shift(dt.timedelta(minutes=11))
    client.raise_request_exception = False

    def break_off(execute, sql, *arguments):
        if sql.startswith('UPDATE "django_session"'):
            raise OperationalError("the server closed the connection")
        return execute(sql, *arguments)

    with connection.execute_wrapper(break_off):
        assert client.get("/northbrook/").status_code == 500
    assert client.get("/northbrook/").status_code == 200


def test_a_session_that_is_deleted_while_it_is_used_is_not_given_out_again(client, town, clock):
    by_password(client, "ana@demo.example")
    clock.shift(dt.timedelta(minutes=11))

    def delete_before(execute, sql, *arguments):
        if sql.startswith('UPDATE "django_session"'):
            execute('DELETE FROM "django_session"', (), *arguments[1:])
        return execute(sql, *arguments)

    with connection.execute_wrapper(delete_before):
        page = client.get("/northbrook/")
    assert (page.status_code, "session" in page.cookies) == (200, False)
