"""The guards' world, and its document."""

import pytest

from deliberation.api.document import whole_document
from lastvote.rest.canonical import plain
from tests.api.reading import Contract
from tests.architecture.conftest import browsers, built_world, world  # noqa: F401 -- fixtures


@pytest.fixture(scope="session")
def contract() -> Contract:
    return Contract(plain(whole_document()))
