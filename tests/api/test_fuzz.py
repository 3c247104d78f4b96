"""Two thousand random requests and more, and no answer that the document does not promise."""

import os

import pytest
from django.conf import settings

from deliberation.api.document import whole_document
from lastvote.rest.canonical import plain
from tests.api.fuzz import COUNT, fuzz

HERE = COUNT if settings.IS_SQLITE else COUNT // 4
"""What is random is what programs send; the database matters less."""


@pytest.mark.timeout(900)
def test_random_requests_get_only_answers_that_the_document_promises(world):
    seed = int.from_bytes(os.urandom(2), "big")
    print(f"seed {seed}")
    found = fuzz(plain(whole_document()), world, count=HERE, seed=seed)
    assert found.requests >= HERE
    assert {200, 400, 404} <= set(found.statuses)
    assert set(found.operations) >= {"cases", "case", "round", "receipt", "talks", "talks_reason", "chained"}
