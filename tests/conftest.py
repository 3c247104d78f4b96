"""Fixtures of every test."""

from collections.abc import Iterator

import pytest
import structlog
from django.core.management.commands.flush import Command as Flush
from django.db import connections

from tests.emptying import empty


def pytest_configure() -> None:
    """A logger that was used once would go on writing where nobody listens any more."""
    structlog.configure(**{**structlog.get_config(), "cache_logger_on_first_use": False})


@pytest.fixture(autouse=True, scope="session")
def _flush_empties_what_was_filled() -> Iterator[None]:
    """Tests with real transactions end with a flush."""
    original = Flush.handle
    Flush.handle = lambda _self, **options: empty(connections[options["database"]])
    yield
    Flush.handle = original
