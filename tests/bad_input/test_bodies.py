"""Requests that no browser sends by itself: too big, too many fields, not what they say they are."""

import pytest

from tests.bad_input.typist import heading

FORM = "application/x-www-form-urlencoded"


def raw(member, body, kind=FORM, url="weigh/points/"):
    return member.client.generic("POST", member.case + url, body, content_type=kind)


def test_row_27_a_body_above_the_limit_is_refused(member):
    response = raw(member, b"all=" + b"x" * 300_000)
    assert (response.status_code, heading(response)) == (413, "This is too much at once")


def test_a_file_above_the_limit_is_not_kept(member):
    part = b'--b\r\nContent-Disposition: form-data; name="all"\r\n\r\n' + b"x" * 300_000 + b"\r\n--b--\r\n"
    assert raw(member, part, "multipart/form-data; boundary=b").status_code == 413


def test_too_many_fields_are_refused(member):
    assert raw(member, b"&".join(b"f%d=1" % number for number in range(300))).status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00", FORM),
        (b"%", FORM),
        (b"%zz=%zz", FORM),
        (b"all[]=1&all[0][x]=2", FORM),
        (b'{"all": "words"}', "application/json"),
        (b"[" * 200_000, "application/json"),
        (b"nothing", "multipart/form-data; boundary=b"),
        (b"", "multipart/form-data; boundary=" + "b" * 300),
        (b"", "multipart/form-data"),
        (b"all=1", "text/plain; charset=nowhere"),
        (b"all=1", FORM + "; charset=nowhere"),
        (b"", "\x00"),
    ],
    ids=str,
)
def test_bodies_that_are_no_form_are_answered_like_an_empty_one_or_refused(member, body, kind):
    response = raw(member, body, kind)
    assert response.status_code in {400, 422}
    assert member.draft() == {}


@pytest.mark.parametrize("name", ["HTTP_HOST"])
def test_a_host_that_is_not_ours_is_refused(member, name):
    assert member.client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("language", ["xx", "en;q=9", "a" * 5000, "\udcff", "../../etc"])
def test_any_wish_for_a_language_is_answered(member, language):
    assert member.client.get("/", headers={"accept-language": language}).status_code == 200
