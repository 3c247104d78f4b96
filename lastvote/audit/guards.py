"""Database triggers that refuse to change or delete rows of append-only tables, on PostgreSQL and SQLite alike."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "audit_auditevent": ("position",),
    "assessments_submission": (),
    "assessments_rating": (),
    "assessments_ratingvalue": (),
    "assessments_ratingsignoff": (),
    "assessments_peaklook": (),
    "assessments_policyversion": (),
    "assessments_roundrecord": (),
    "assessments_labelledhistory": (),
    "assessments_labelledcase": (),
    "assessments_incidentversion": (),
    "assessments_incidentorigin": (),
    "assessments_incidentmerge": (),
    "deliberation_protectivefinding": (),
    "deliberation_communitymean": (),
    "deliberation_workcalendar": (),
    "deliberation_outage": (),
    "deliberation_reportlook": (),
    "assessments_adoptedposition": (),
}
"""Guarded tables, each with the columns that may go from empty to a value once."""


def install(schema_editor: BaseDatabaseSchemaEditor, tables: tuple[str, ...]) -> None:
    """Create the guards of ``tables``; used by migrations."""
    for table in tables:
        for statement in create_statements(schema_editor.connection, table):
            schema_editor.execute(statement, params=None)


def remove(schema_editor: BaseDatabaseSchemaEditor, tables: tuple[str, ...]) -> None:
    """Drop the guards of ``tables``; the way back of a migration."""
    for table in tables:
        for statement in drop_statements(schema_editor.connection, table):
            schema_editor.execute(statement, params=None)


def create_statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """Return the SQL that guards ``table`` on the database behind ``connection``."""
    allowed = APPEND_ONLY[table]
    if connection.vendor == "sqlite":
        return _sqlite(table, _columns(connection, table), allowed)
    return _postgresql(table, allowed)


def drop_statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """Return the SQL that takes the guards of ``table`` away."""
    if connection.vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_{act}" for act in ("no_update", "no_delete")]
    return [f"DROP TRIGGER IF EXISTS {table}_{act} ON {table}" for act in ("no_change", "no_truncate")]


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _sqlite(table: str, columns: list[str], allowed: tuple[str, ...]) -> list[str]:
    changed = [f"OLD.{name} IS NOT NEW.{name}" for name in columns if name not in allowed]
    changed += [f"OLD.{name} IS NOT NULL" for name in allowed]
    return [
        (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {' OR '.join(changed)} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ),
        (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ),
    ]


def _postgresql(table: str, allowed: tuple[str, ...]) -> list[str]:
    emptied = ", ".join(f"'{name}'" for name in allowed)
    still_empty = " AND ".join(f"OLD.{name} IS NULL" for name in allowed) or "FALSE"
    same = f"(to_jsonb(OLD) - ARRAY[{emptied}]) = (to_jsonb(NEW) - ARRAY[{emptied}])" if allowed else "FALSE"
    return [
        (
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' AND {still_empty} AND {same} THEN RETURN NEW; END IF; "
            f"RAISE EXCEPTION '{table} is append-only'; END $$"
        ),
        (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
        ),
        (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        ),
    ]
