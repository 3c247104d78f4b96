"""Rows 28 to 30, and other text that breaks careless programs, in every field that takes words."""

import pytest
from django.core.exceptions import ValidationError

from assessments.forms.why import ReasonField
from assessments.models import WeightRound
from deliberation.casework.fields import WordsField
from tests.bad_input.typist import boxes, errors

LATER = "30 June 2026"
SCRIPTS = "<script>alert(1)</script><img src=x onerror=alert(1)><div hx-get=/x>[x](javascript:alert(1))"
NO_ADDRESS = "Type an email address with an @, like name@example.org."
NULL = "This holds a character that nobody can see. Type it again."
HIDDEN = {
    "right-to-left override": "be\u202efore",
    "isolate": "be\u2066fore\u2069",
    "bell": "be\x07fore",
}


def extend(secretariat, reason, **more):
    return secretariat.post(f"{secretariat.desk}extend/", {"closes_at": LATER, "reason": reason, **more})


@pytest.mark.parametrize("typed", HIDDEN.values(), ids=HIDDEN)
def test_row_29_reasons_are_kept_without_what_nobody_can_see(member, typed):
    member.weigh("points", dict.fromkeys("IERX", "25"))
    assert member.weigh("why", {"all": typed}).status_code == 302
    assert member.draft()["reasons"] == {"all": "before"}


@pytest.mark.parametrize("typed", HIDDEN.values(), ids=HIDDEN)
def test_row_29_published_reasons_are_kept_without_what_nobody_can_see(secretariat, typed):
    assert extend(secretariat, typed, confirmed="1").status_code == 302
    assert WeightRound.objects.filter(extension_reason="before").count() == 1


def test_row_28_null_characters_are_refused_as_for_programs(member, secretariat):
    member.weigh("points", dict.fromkeys("IERX", "25"))
    for response in (member.weigh("why", {"all": "be\x00fore"}), extend(secretariat, "be\x00fore", confirmed="1")):
        assert (response.status_code, errors(response)) == (422, [NULL])
    assert "reasons" not in member.draft()
    assert WeightRound.objects.filter(extension_reason__contains="fore").count() == 0


@pytest.mark.parametrize("field", [ReasonField(), WordsField(longest=10)], ids=lambda field: type(field).__name__)
def test_row_28_the_code_is_that_of_the_api(field):
    with pytest.raises(ValidationError) as refused:
        field.clean("be\x00fore")
    assert refused.value.code == "null_characters"


@pytest.mark.parametrize("field", ["reason", "all"])
def test_row_28_half_a_character_is_replaced(member, secretariat, field):
    body = b"csrfmiddlewaretoken=x&closes_at=30+June+2026&confirmed=1&%s=be%%ED%%A0%%80fore" % field.encode()
    kind = "application/x-www-form-urlencoded"
    if field == "all":
        member.weigh("points", dict.fromkeys("IERX", "25"))
        member.client.generic("POST", f"{member.case}weigh/why/", body, content_type=kind)
        stored = member.draft()["reasons"]["all"]
    else:
        secretariat.client.generic("POST", f"{secretariat.desk}extend/", body, content_type=kind)
        stored = WeightRound.objects.exclude(extension_reason="").get().extension_reason
    assert stored.replace("\ufffd", "") == "before"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\u2060\ufeff"], ids=ascii)
def test_row_26_a_reason_that_nobody_can_see_is_none(secretariat, typed):
    response = extend(secretariat, typed)
    assert (response.status_code, errors(response)) == (422, ["Enter your reason"])


def test_row_27_a_reason_that_is_too_long_is_named_and_kept(member, secretariat):
    member.weigh("points", dict.fromkeys("IERX", "25"))
    words = "word " * 400
    for response, box in ((member.weigh("why", {"all": words}), "all"), (extend(secretariat, words), "reason")):
        assert (response.status_code, errors(response)) == (422, ["Your reason must be 1,500 characters or fewer"])
        assert boxes(response)[box].strip() == words.strip()


def test_row_30_markup_is_shown_and_never_run(member, secretariat):
    member.weigh("points", dict.fromkeys("IERX", "25"))
    member.weigh("why", {"all": SCRIPTS})
    extend(secretariat, SCRIPTS, confirmed="1")
    pages = [
        member.client.get(f"{member.case}weigh/check/"),
        member.client.get(f"{member.case}rounds/1/"),
        secretariat.client.get(secretariat.desk),
        extend(secretariat, SCRIPTS),
    ]
    for page in pages:
        assert (
            page.content.count(b"<script>alert") + page.content.count(b"<img src=x") + page.content.count(b"<div hx")
            == 0
        )
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in pages[0].content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in pages[1].content


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("a\x00b@example.org", NO_ADDRESS, id="null character"),
        pytest.param("a@example.org\nBcc: z@example.org", NO_ADDRESS, id="second header"),
        pytest.param("a@[127.0.0.1", NO_ADDRESS, id="half an address"),
        pytest.param("a" * 300 + "@example.org", "This is too long. Use 254 characters or fewer.", id="too long"),
    ],
)
def test_row_34_an_address_that_is_none_gets_no_mail(client, world, typed, sentence, mailoutbox):
    response = client.post("/sign-in/", {"email": typed, "password": "", "how": "code"})
    assert response.status_code == 422
    assert errors(response)[0] == sentence
    assert mailoutbox == []


@pytest.mark.parametrize("field", ["email", "password"])
def test_row_28_signing_in_says_what_is_wrong_in_our_own_words(client, world, field):
    typed = {"email": "a@example.org", "password": "four plain words", "how": "password"}
    response = client.post("/sign-in/", typed | {field: typed[field] + "\x00"})
    assert response.status_code == 422
    assert errors(response)[-1] == "This holds a character that nobody can see. Type it again."


@pytest.mark.parametrize(
    "typed", ["\x00", "\ud800", "<script>", "%", "_", "'; DROP TABLE", "a " * 5000, "\u202e"], ids=ascii
)
def test_searching_for_nonsense_finds_nothing_and_breaks_nothing(client, world, typed):
    words = typed.encode("utf-8", "surrogatepass")
    response = client.get("/testville/cases/", {"q": words})
    assert response.status_code == 200
    assert b"<script>" not in response.content


@pytest.mark.parametrize(
    "query", ["page=-1", "page=9" + "9" * 30, "page=x", "stage=secret", "sort=password", "sort=", "q=a&q=b", "x__y=1"]
)
def test_row_62_unknown_filters_are_left_out(client, world, query):
    assert client.get(f"/testville/cases/?{query}").status_code == 200
