"""Emptying the database after a test with real transactions: only what the test filled, in one transaction.

Django's own flush truncates every table, which the guards of append-only tables refuse, and which takes PostgreSQL
seconds. What ``migrate`` puts in stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from lastvote.audit import guards

MADE_BY_MIGRATE = {"django_content_type", "auth_permission"}


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete every row that is not of the schema itself."""
    with connection.constraint_checks_disabled(), transaction.atomic(using=connection.alias):
        filled = _filled(connection)
        with _unguarded(connection, filled), connection.cursor() as cursor:
            for table in filled:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
            if connection.vendor == "postgresql":  # references are checked now, so that the guards can come back
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _filled(connection: BaseDatabaseWrapper) -> list[str]:
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - MADE_BY_MIGRATE)
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]


@contextmanager
def _unguarded(connection: BaseDatabaseWrapper, tables: list[str]) -> Iterator[None]:
    guarded = [table for table in tables if table in guards.APPEND_ONLY]
    _run(connection, [statement for table in guarded for statement in guards.drop_statements(connection, table)])
    yield
    _run(connection, [statement for table in guarded for statement in guards.create_statements(connection, table)])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
