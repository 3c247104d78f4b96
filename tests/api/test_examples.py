"""Every example of the document is sent, and its answer is the one that the document shows."""

import os

import pytest

from deliberation.api.document import whole_document
from lastvote.rest.canonical import plain
from tests.api import examples

pytestmark = pytest.mark.django_db


def test_every_example_answers_as_shown():
    found = examples.play(plain(whole_document()), examples.build())
    if os.environ.get("EXAMPLES") == "write":
        examples.note(found)
    assert {name: one["status"] for name, one in found.items() if one["status"] != 200} == {}
    assert found == examples.noted()
