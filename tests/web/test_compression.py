"""Files that are the same for everybody travel compressed; pages, whose length could tell a secret, never do."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.django_db  # closing an answer looks at the connection, whatever was asked
SHEET = "css/lastvote.css"


def asked(client, path, coding="gzip"):
    """Return the coding and the body of an answer."""
    answer = client.get(path, headers={"accept-encoding": coding})
    body = b"".join(answer)
    answer.close()
    return answer.get("Content-Encoding", "none"), body


def sheet():
    return Path(finders.find(SHEET)).read_bytes()


def test_the_style_sheet_travels_compressed(client):
    coding, body = asked(client, f"/static/{SHEET}")
    assert (coding, gzip.decompress(body)) == ("gzip", sheet())


def test_who_does_not_ask_gets_it_plain(client):
    assert asked(client, f"/static/{SHEET}", coding="identity") == ("none", sheet())


@pytest.mark.django_db
def test_pages_are_never_compressed(client):
    assert asked(client, "/sign-in/")[0] == "none"
