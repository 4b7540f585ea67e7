"""PostgreSQL's roles of the services: each may do with the tables what the service does, and no more.

The role of ``web`` on the database ``dateline`` is ``dateline_web``. Who migrates owns the tables, and makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, func, select

from dateline.adapters.ledger.database.engine import advisory_lock, writing
from dateline.adapters.ledger.database.tables import metadata
from dateline.errors import CannotStart

ROWS: Final = "SELECT, INSERT, UPDATE, DELETE"
VERSION_TABLE: Final = "alembic_version"
WRITERS: Final = ("ingest", "indexer")
"""They read and write the rows of every table that isn't named below."""

OTHERWISE: Final[Mapping[tuple[str, str], str]] = {
    ("ingest", "audit"): "SELECT, INSERT",
    ("indexer", "audit"): "",
    ("indexer", "tokens"): "SELECT (writer_id, role, sources)",
    ("indexer", "sessions"): "",
    ("indexer", "accounts"): "",
    ("indexer", "password_links"): "",
    ("indexer", "source_holders"): "",
    ("indexer", "drafts"): "",
    ("indexer", "draft_revisions"): "",
    ("indexer", "draft_shares"): "",
    ("indexer", "folds"): "SELECT",
    ("indexer", "pulled_sources"): "",
    ("indexer", "pictures_taken_down"): "",
    ("indexer", "column_mappings"): "",
    ("indexer", "draft_reviews"): "",
    ("indexer", "draft_assignments"): "",
    ("indexer", "story_notes"): "",
    ("indexer", "story_presence"): "",
    ("indexer", "coverages"): "",
    ("indexer", "plan_addresses"): "",
    ("indexer", "plan_mails"): "",
    ("indexer", "idempotency_keys"): "SELECT, DELETE",
    ("web", "tokens"): "SELECT",
}
"""What a service may do with a table instead. The sweep lets old keys go; web looks whose token wants its metrics; an
indexer must know who is a reporter, whose proposals it counts, and reads a writer's sources where it records a
front."""


def privileges(service: str, table: str) -> str:
    """What a service may do with a table, as GRANT wants it; "" is nothing."""
    return OTHERWISE.get((service, table), ROWS if service in WRITERS else "")


def ensure_roles(engine: Engine, passwords: Mapping[str, str]) -> None:
    """Make the role of each service in ``passwords``, or bring it to this version's rights, in one transaction.

    Raises ``CannotStart`` where the ledger is a file, ``LedgerUnavailable`` also for a user that may make no roles.
    """
    if engine.dialect.name != "postgresql":
        raise CannotStart("a ledger in a file knows no roles: --roles needs one on PostgreSQL")
    with writing(engine) as connection:
        advisory_lock(connection, "roles")
        database, schema = connection.execute(select(func.current_database(), func.current_schema())).one()
        _run(connection, "REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC", schema=schema)
        for service, password in passwords.items():
            role = f"{database}_{service}"
            _ensure_role(connection, role, password)
            _run(connection, "GRANT CONNECT ON DATABASE {database} TO {role}", database=database, role=role)
            _run(connection, "GRANT USAGE ON SCHEMA {schema} TO {role}", schema=schema, role=role)
            _grant_tables(connection, service, role)


def _ensure_role(connection: Connection, role: str, password: str) -> None:
    """Make a role that may sign in, and nothing else; the server, and its log, see only the password's verifier."""
    known = "SELECT 1 FROM pg_roles WHERE rolname = %(role)s"
    if connection.exec_driver_sql(known, {"role": role}).first() is None:
        _run(connection, "CREATE ROLE {role}", role=role)
    driver: Any = connection.connection.driver_connection
    verifier = driver.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    _run(connection, f"ALTER ROLE {{role}} LOGIN PASSWORD '{verifier}'", role=role)


def _grant_tables(connection: Connection, service: str, role: str) -> None:
    for table in metadata.sorted_tables:
        granted = privileges(service, table.name)
        _run(connection, "REVOKE ALL ON {table} FROM {role}", table=table.name, role=role)
        if granted:
            _run(connection, f"GRANT {granted} ON {{table}} TO {{role}}", table=table.name, role=role)
        if "INSERT" in granted:
            _grant_sequence(connection, table, role)
    if service in WRITERS:
        _run(connection, "GRANT SELECT ON {table} TO {role}", table=VERSION_TABLE, role=role)


def _grant_sequence(connection: Connection, table: Table, role: str) -> None:
    """Let a role that adds rows have the numbers which the database gives them."""
    if (column := table.autoincrement_column) is None:
        return
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
    if sequence:  # written as an identifier already
        _run(connection, f"GRANT USAGE ON SEQUENCE {sequence} TO {{role}}", role=role)


def _run(connection: Connection, statement: str, **names: str) -> None:
    """Execute a statement with ``names`` in it as identifiers."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    connection.exec_driver_sql(statement.format(**{key: quote(name) for key, name in names.items()}))
