"""Every example of the document is sent, and its answer is the one that the document shows."""

import os

import jsonschema_rs
import pytest

from deliberation.api.document import whole_document
from lastvote.rest.canonical import plain
from tests.api import examples

pytestmark = pytest.mark.django_db


def test_every_example_answers_as_shown():
    found = examples.play(plain(whole_document()), examples.build())
    if os.environ.get("EXAMPLES") == "write":
        examples.note(found)
    assert {name: one["status"] for name, one in found.items() if one.get("status", 200) != 200} == {}
    assert found == examples.noted()


@pytest.mark.parametrize("name", examples.BODIES)
def test_every_example_of_a_body_fits_the_document(name):
    document = plain(whole_document())
    (operation,) = (
        one
        for methods in document["paths"].values()
        for method, one in methods.items()
        if method != "parameters" and one["operationId"] == name
    )
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(examples.BODIES[name])
    assert not jsonschema_rs.Draft202012Validator(schema).is_valid({**examples.BODIES[name], "is_staff": True})
