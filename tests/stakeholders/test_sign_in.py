"""Signing in by password and by mailed code, and what it never gives away."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from stakeholders.models import Account
from tests.stakeholders.asking import ask_code, by_code, by_password, mailed_code, shown, who
from tests.stakeholders.conftest import PASSWORD
from tests.stakeholders.makers import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.stakeholders.urls")]


def errors(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [item.get_text(strip=True) for item in page.select(".error-summary li")]


def test_password_signs_in_and_leads_home(client, town):
    response = by_password(client, "ana@demo.example")
    assert (response.status_code, response["Location"]) == (302, "/northbrook/")
    assert who(client) == "Ana"


def test_email_may_be_typed_in_any_case_with_spaces(client, town):
    by_password(client, "  Ana@Demo.Example ")
    assert who(client) == "Ana"


def test_password_keeps_its_spaces(client, town):
    assert by_password(client, "ana@demo.example", PASSWORD + " ").status_code == 422


def test_signing_in_changes_the_session_key(client, town):
    ask_code(client, "ana@demo.example")
    before = client.session.session_key
    client.post("/sign-in/code/", {"code": mailed_code()})
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"email": "", "password": "x"}, "Type your email address."),
        ({"email": "ana", "password": "x"}, "Type an email address with an @, like name@example.org."),
        ({"email": "ana@demo.example", "password": ""}, "Type your password, or choose “Email me a code”."),
        (
            {"email": "ana@demo.example", "password": "wrong"},
            "This email address and password do not belong together.",
        ),
    ],
)
def test_a_wrong_form_comes_back_with_one_sentence(client, town, sent, sentence):
    response = client.post("/sign-in/", {"how": "password", **sent})
    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, errors(response)) == (422, [sentence])
    assert page.select_one("#id_email").get("value", "") == sent["email"]
    assert page.select_one("#id_password").get("value") is None
    assert page.title.string.strip().startswith("Error:")


def test_an_inactive_account_is_like_a_wrong_password_and_an_unknown_address(client, town):
    Account.objects.filter(email="ana@demo.example").update(is_active=False)
    assert errors(by_password(client, "ana@demo.example")) == [
        "This email address and password do not belong together."
    ]
    ask_code(client, "ana@demo.example")
    assert mail.outbox[-1].subject == "No account for this email address"


def test_an_account_without_password_is_not_opened_by_any(client, town):
    for password in ("", "!", town.bea.account.password):
        assert by_password(client, "bea@demo.example", password).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        str,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code[:2]} {code[2:]}\t",
        lambda code: code.replace("-", " – "),
    ],
)
def test_code_signs_in_however_it_is_typed(client, town, change):
    ask_code(client, "bea@demo.example")
    response = client.post("/sign-in/code/", {"code": change(mailed_code())})
    assert (response.status_code, who(client)) == (302, "Bea")


def test_code_works_once(client, town):
    by_code(client, "bea@demo.example")
    client.post("/sign-out/")
    response = client.post("/sign-in/code/", {"code": mailed_code()})
    assert (response["Location"], who(client)) == ("/sign-in/", "visitor")


def test_code_of_one_browser_does_not_open_another(client, town):
    other = Client()
    ask_code(client, "bea@demo.example")
    stolen = mailed_code()
    ask_code(other, "bea@demo.example")
    assert other.post("/sign-in/code/", {"code": stolen}).status_code == 422


def test_wrong_code_says_so_and_the_fifth_ends_it(client, town):
    ask_code(client, "bea@demo.example")
    for _ in range(4):
        response = client.post("/sign-in/code/", {"code": "BBBB-BBBB"})
        assert (response.status_code, errors(response)) == (
            422,
            ["This is not the code we sent. Check it and type it again."],
        )
    response = client.post("/sign-in/code/", {"code": "BBBB-BBBB"}, follow=True)
    assert "That was one wrong code too many. Ask for a new one." in response.content.decode()
    client.post("/sign-in/code/", {"code": mailed_code()})
    assert who(client) == "visitor"


def test_empty_code_is_asked_for_again(client, town):
    ask_code(client, "bea@demo.example")
    assert errors(client.post("/sign-in/code/", {"code": ""})) == ["Type the code from the email."]


@pytest.mark.parametrize(("minutes", "name"), [(14, "Bea"), (16, "visitor")])
def test_code_runs_out_after_fifteen_minutes(client, town, clock, minutes, name):
    ask_code(client, "bea@demo.example")
    clock.shift(dt.timedelta(minutes=minutes))
    client.post("/sign-in/code/", {"code": mailed_code()})
    assert who(client) == name


def test_code_page_without_a_code_leads_back(client, town):
    response = client.get("/sign-in/code/?next=/northbrook/mine/")
    assert response["Location"] == "/sign-in/?next=%2Fnorthbrook%2Fmine%2F"


def test_mail_has_a_short_subject_the_code_in_both_parts_and_no_sign_in_link(client, town):
    ask_code(client, "bea@demo.example")
    message = mail.outbox[0]
    html = message.alternatives[0][0]
    assert message.to == ["bea@demo.example"]
    assert message.subject == "Your sign-in code for Northbrook reviews"
    assert BeautifulSoup(html, "html.parser").strong.string == mailed_code()
    assert BeautifulSoup(html, "html.parser").find_all("a") == []
    assert [line for line in message.body.splitlines() if "/" in line] == ["http://localhost:8000"]


def test_mail_subject_stays_short_for_a_long_name(client, town):
    town.here.name["texts"]["en"] = "The Very Long Name of a Town, its Harbour & Surroundings"
    town.here.save()
    ask_code(client, "bea@demo.example")
    assert mail.outbox[0].subject == "Your sign-in code for The Very Long Name of a Town,… reviews"
    assert len(mail.outbox[0].subject) <= 60


def test_mail_names_no_place_when_there_are_two(client, town):
    a_person(town.elsewhere, "Bea", email="bea@demo.example")
    ask_code(client, "bea@demo.example")
    assert mail.outbox[0].subject == "Your sign-in code"


def code_answers(browser, email):
    answers = [ask_code(browser, email), browser.get("/sign-in/code/")]
    answers += [browser.post("/sign-in/code/", {"code": "BBBB-BBBB"}) for _ in range(5)]
    return [*answers, browser.get("/sign-in/code/"), browser.get("/sign-in/")]


def password_answers(browser, email):
    return [by_password(browser, email, "wrong words") for _ in range(6)]


@pytest.mark.parametrize("answers", [code_answers, password_answers])
def test_pages_tell_nobody_whether_an_address_is_known(town, answers):
    def seen(email):
        cache.clear()
        return [
            (
                answer.status_code,
                shown(answer).replace(email, "ADDRESS"),
                {name: value for name, value in answer.items() if name != "Content-Length"},
                sorted((name, cookie["max-age"], cookie["path"]) for name, cookie in answer.cookies.items()),
            )
            for answer in answers(Client(), email)
        ]

    known = seen("ana@demo.example")
    assert known == seen("not@demo.example")
    assert len({status for status, *_ in known}) > 1


def test_asking_for_a_code_makes_no_account(client, town):
    before = Account.objects.count()
    ask_code(client, "nobody@demo.example")
    assert (Account.objects.count(), mail.outbox[0].subject) == (before, "No account for this email address")
    assert mail.outbox[0].to == ["nobody@demo.example"]


def test_the_wanted_page_is_reached_by_either_way(client, town):
    assert by_password(client, "ana@demo.example", next="/northbrook/mine/")["Location"] == "/northbrook/mine/"
    other = Client()
    assert ask_code(other, "bea@demo.example", next="/northbrook/mine/")["Location"] == (
        "/sign-in/code/?next=%2Fnorthbrook%2Fmine%2F"
    )
    answer = other.post("/sign-in/code/", {"code": mailed_code(), "next": "/northbrook/mine/"})
    assert answer["Location"] == "/northbrook/mine/"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_the_wanted_page_is_never_on_another_site(client, town, evil):
    assert by_password(client, "ana@demo.example", next=evil)["Location"] == "/northbrook/"


def test_somebody_signed_in_is_led_on(client, town):
    by_password(client, "ana@demo.example")
    assert client.get("/sign-in/")["Location"] == "/northbrook/"
    assert client.get("/sign-in/?next=/northbrook/mine/")["Location"] == "/northbrook/mine/"
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_somebody_taking_part_twice_is_led_to_the_list(client, town):
    a_person(town.elsewhere, "Ana", email="ana@demo.example")
    assert by_password(client, "ana@demo.example")["Location"] == "/"


def test_sign_out_takes_a_button(client, town):
    by_password(client, "ana@demo.example")
    assert client.get("/sign-out/").status_code == 200
    assert who(client) == "Ana"
    assert client.post("/sign-out/")["Location"] == "/"
    assert who(client) == "visitor"
    assert client.post("/sign-out/").status_code == 302


def test_pages_are_kept_by_no_cache(client, town):
    ask_code(client, "bea@demo.example")
    for page in ("/sign-in/", "/sign-in/code/"):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_fields_take_paste_and_password_managers(client, town):
    page = BeautifulSoup(client.get("/sign-in/").content, "html.parser")
    assert page.select_one("#id_email")["autocomplete"] == "username"
    assert page.select_one("#id_password")["autocomplete"] == "current-password"
    ask_code(client, "bea@demo.example")
    code = BeautifulSoup(client.get("/sign-in/code/").content, "html.parser").select_one("#id_code")
    assert (code["autocomplete"], code.get("maxlength"), code.get("onpaste")) == ("one-time-code", None, None)


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_email", "account_reset_password"])
def test_unused_pages_of_allauth_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
