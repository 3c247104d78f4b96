"""Fixtures of every test."""

from collections.abc import Iterator

import pytest
import structlog
from django.core.management.commands.flush import Command as Flush
from django.db import connections

from lastvote.audit import guards


def pytest_configure() -> None:
    """A logger that was used once would go on writing where nobody listens any more."""
    structlog.configure(**{**structlog.get_config(), "cache_logger_on_first_use": False})


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_guarded_tables() -> Iterator[None]:
    """Tests with real transactions end by emptying every table, which the guards rightly refuse."""
    original = Flush.handle

    def handle(self: Flush, **options: object) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            for table in guards.APPEND_ONLY:
                for statement in guards.drop_statements(connection, table):
                    cursor.execute(statement)
        original(self, **options)
        with connection.cursor() as cursor:
            for table in guards.APPEND_ONLY:
                for statement in guards.create_statements(connection, table):
                    cursor.execute(statement)

    Flush.handle = handle
    yield
    Flush.handle = original
