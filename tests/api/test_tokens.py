"""Row 63: which tokens open what, where, and until when; and the page on which people make them."""

import logging

import pytest
from bs4 import BeautifulSoup

from assessments.models import Submission
from lastvote import logs
from lastvote.access import TokenScope
from stakeholders.access_tokens import revoke_token
from stakeholders.actions import erase_person
from stakeholders.models import AccessToken, Person
from tests.architecture.conftest import browsers, built_world, world  # noqa: F401 -- fixtures
from tests.architecture.world import NOW, access_token
from tests.bad_input.program import Program, problem
from tests.bad_input.typist import Typist, errors
from tests.factories import DAY

EQUAL = {"points": [1, 1, 1, 1]}


def program_with(world, who="member", *, headers=None, **more):  # noqa: F811
    token, secret = access_token(world.people[who], name=f"Program {AccessToken.objects.count()}", **more)
    return Program.of(world, who, token=secret), token, secret


def me(program):
    return program.send("GET", f"{program.place}me/")


def test_a_token_answers_without_a_session_or_a_form_token(world):  # noqa: F811
    program, token, _secret = program_with(world)
    program.client.handler.enforce_csrf_checks = True
    response = program.answer(EQUAL)
    assert (response.status_code, response["Cache-Control"]) == (201, "no-store, private")
    token.refresh_from_db()
    assert token.last_used_on == NOW.date()
    assert me(program).json() == {
        "known": True, "permissions": ["answer_round", "read_own_answer", "read_public"],
        "token": {"scopes": ["answer", "casework"], "case": None, "expires_at": "2026-07-03T12:00:00Z"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "sent", ["lv_", "lv_nothing", "nothing", "", "lv_" + "x" * 10_000, "lv_é", "lv_\x00", "' OR 1=1 --"], ids=ascii
)
def test_what_is_no_token_is_refused_even_for_what_is_public(world, sent):  # noqa: F811
    program = Program.of(world, "visitor")
    program.headers = {"authorization": f"Bearer {sent}"}
    assert problem(me(program)) == (401, "token_unknown", "")
    assert me(program)["WWW-Authenticate"] == 'Bearer realm="lastvote"'


def test_a_token_that_ran_out_or_was_taken_back_is_refused(world, time_machine):  # noqa: F811
    program, token, _secret = program_with(world, days=1)
    time_machine.move_to(NOW + DAY)
    assert problem(program.answer(EQUAL)) == (401, "token_expired", "")
    revoke_token(token=token, now=NOW)
    assert problem(program.answer(EQUAL)) == (401, "token_revoked", "")


def test_a_token_of_another_jurisdiction_finds_nothing_not_even_what_is_public(world):  # noqa: F811
    program, _token, _secret = program_with(world, "other member")
    assert problem(me(program)) == (404, "not_found", "")
    assert problem(program.answer(EQUAL)) == (404, "not_found", "")


def test_a_token_of_an_account_that_was_closed_is_refused(world):  # noqa: F811
    program, token, _secret = program_with(world)
    token.person.account.is_active = False
    token.person.account.save()
    assert problem(me(program)) == (401, "token_unknown", "")


def test_a_token_of_an_erased_person_is_gone(world):  # noqa: F811
    program, token, _secret = program_with(world)
    erase_person(person=Person.objects.get(pk=world.people["member"].pk), by=None, now=NOW)
    assert problem(me(program)) == (401, "token_unknown", "")
    assert AccessToken.objects.filter(pk=token.pk).count() == 0


def test_a_token_in_the_address_is_ignored(world):  # noqa: F811
    _program, _token, secret = program_with(world)
    visitor = Program.of(world, "visitor")
    for name in ("token", "access_token", "authorization", "Authorization"):
        response = visitor.send("POST", f"{visitor.case}answer/?{name}={secret}", EQUAL)
        assert problem(response) == (401, "sign_in_first", "")


def test_another_scheme_is_no_token(world):  # noqa: F811
    _program, _token, secret = program_with(world)
    visitor = Program.of(world, "visitor")
    for scheme in ("Basic", "Token", "Bearer\t", ""):
        visitor.headers = {"authorization": f"{scheme} {secret}"}
        assert problem(visitor.answer(EQUAL)) == (401, "sign_in_first", "")


def test_a_token_does_what_it_was_made_for_and_no_more(world):  # noqa: F811
    program, _token, _secret = program_with(world, scopes=(TokenScope.CASEWORK,))
    assert problem(program.answer(EQUAL)) == (403, "not_allowed", "")
    assert me(program).json()["permissions"] == ["read_public"]


def test_a_token_for_one_case_opens_that_one_alone(world):  # noqa: F811
    reference = world.cases["open"].reference
    program, _token, _secret = program_with(world, case=reference)
    assert program.answer(EQUAL).status_code == 201
    program.case = f"{program.place}cases/{world.cases['closed'].reference}/"
    assert problem(program.send("GET", f"{program.case}answer/")) == (403, "not_allowed", "")


def test_a_token_wins_over_a_session(world):  # noqa: F811
    _program, _token, secret = program_with(world)
    author = Program.of(world, "author")
    author.headers = {"authorization": f"bearer {secret}"}
    assert author.answer(EQUAL).status_code == 201
    assert Submission.objects.latest("pk").roll_entry.person == world.people["member"]


def test_tokens_are_in_no_log(world, capsys, caplog):  # noqa: F811
    program, token, secret = program_with(world)
    with caplog.at_level(logging.DEBUG):
        program.answer(EQUAL)
        program.answer({"points": ["x"]})
        program.send("GET", f"{program.place}nothing/")
        revoke_token(token=token, now=NOW)
        program.answer(EQUAL)
    out = capsys.readouterr()
    said = out.out + out.err + "".join(str(record.__dict__) for record in caplog.records)
    assert "request_finished" in said
    assert (secret in said, token.digest in said, secret[3:] in said) == (False, False, False)
    assert logs.setting("json", "DEBUG")["root"]["level"] == "DEBUG"


# --- The page ---------------------------------------------------------------------------------------------------


def page_of(world, who="member"):  # noqa: F811
    typist = Typist.of(world, who)
    return typist, f"/{world.here.jurisdiction.slug}/you/tokens/"


def make(typist, url, **typed):
    return typist.post(url, {"name": "My laptop", "scopes": ["answer"], "case": "", "days": "30"} | typed)


def secret_on(response):
    found = BeautifulSoup(response.content, "html.parser").select_one("code.code")
    return found.get_text() if found else None


def test_a_token_is_shown_once(world):  # noqa: F811
    typist, url = page_of(world)
    response = make(typist, url)
    secret = secret_on(response)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store, private")
    assert Program.of(world, "member", token=secret).answer(EQUAL).status_code == 201
    again = typist.client.get(url).content.decode()
    assert ("My laptop" in again, secret in again) == (True, False)


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(world):  # noqa: F811
    typist, url = page_of(world)
    for typed, sentence in (
        ({"name": ""}, "Enter a name"),
        ({"scopes": []}, "Choose what it may do"),
        ({"scopes": ["casework"]}, "Choose one of the list"),
        ({"case": "TV-2026-9999"}, "There is no case with this reference here"),
        ({"case": world.foreign.reference}, "There is no case with this reference here"),
        ({"days": "366"}, "Choose one of the list"),
    ):
        response = make(typist, url, **typed)
        assert (response.status_code, errors(response)) == (422, [sentence])
    make(typist, url)
    response = make(typist, url)
    assert (response.status_code, errors(response)) == (
        409, ["You have a token of this name. Choose another name, or take that one back first."],
    )  # fmt: skip


def test_record_keeping_is_offered_to_those_who_keep_records(world):  # noqa: F811
    typist, url = page_of(world, "secretariat")
    response = make(typist, url, scopes=["answer", "casework"], case=world.cases["open"].reference.lower())
    assert response.status_code == 200
    assert AccessToken.objects.latest("pk").case_reference == world.cases["open"].reference


def test_taking_one_back_works_at_once_and_for_its_holder_alone(world):  # noqa: F811
    typist, url = page_of(world)
    program = Program.of(world, "member", token=secret_on(make(typist, url)))
    token = AccessToken.objects.latest("pk")
    assert Typist.of(world, "author").post(f"{url}{token.handle}/revoke/").status_code == 404
    assert me(program).status_code == 200
    assert typist.post(f"{url}{token.handle}/revoke/").status_code == 302
    assert problem(me(program)) == (401, "token_revoked", "")
    assert "My laptop" not in typist.client.get(url).content.decode()


def test_making_one_needs_a_recent_proof(world, time_machine):  # noqa: F811
    typist, url = page_of(world)
    time_machine.move_to(NOW + DAY / 24)
    response = make(typist, url)
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/sign-in/again/")
    assert AccessToken.objects.filter(person=world.people["member"]).count() == 0
