"""Fixtures of every test."""

from collections.abc import Iterator

import pytest
import structlog
from django.core.management.commands.flush import Command as Flush
from django.db import connections
from hypothesis import settings

from tests.emptying import empty


def pytest_configure() -> None:
    """Let a logger that was used once not go on writing where nobody listens any more, and examples take their time."""
    structlog.configure(**{**structlog.get_config(), "cache_logger_on_first_use": False})
    settings.register_profile("busy", deadline=None)  # no test is held against the clock: the machine may be busy
    settings.load_profile("busy")


@pytest.fixture(autouse=True, scope="session")
def _flush_empties_what_was_filled() -> Iterator[None]:
    """Tests with real transactions end with a flush."""
    original = Flush.handle
    Flush.handle = lambda _self, **options: empty(connections[options["database"]])
    yield
    Flush.handle = original
