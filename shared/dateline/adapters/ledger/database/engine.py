"""Connections and transactions: SQLite and PostgreSQL behind one door, and their errors as Dateline's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import inf
from select import POLLIN, poll
from time import monotonic
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    func,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from dateline.errors import LedgerUnavailable

BUSY_SECONDS: Final = 5
INSUFFICIENT_PRIVILEGE: Final = "42501"
"""PostgreSQL's SQLSTATE for what the role may not do."""

TRUSTED_SECONDS: Final = 0.1
"""How long after its last use a connection is taken for one that stands: no server starts again in that time. Asking it
costs what a read costs."""
POOL: Final[dict[str, Any]] = {"pool_size": 8, "max_overflow": 4, "pool_timeout": BUSY_SECONDS}


def connect(url: str) -> Engine:
    """An engine for ``url``; nothing is opened yet. A fork leaves the parent's connections alone."""
    engine = _sqlite(url) if make_url(url).get_backend_name() == "sqlite" else _postgresql(url)
    os.register_at_fork(after_in_child=lambda: engine.dispose(close=False))
    return engine


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, **POOL)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event below says BEGIN, not the driver
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten, not only unlinked

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("alone"):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    address = make_url(url).set(drivername="postgresql+psycopg")
    options = f"-c statement_timeout=15000 -c lock_timeout={BUSY_SECONDS * 1000} -c timezone=UTC"
    engine = create_engine(address, connect_args={"connect_timeout": 3, "options": options}, **POOL)

    @event.listens_for(engine, "checkin")
    def note(_: Any, record: ConnectionPoolEntry) -> None:
        record.info["used"] = monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, record: ConnectionPoolEntry, _: Any) -> None:
        trusted = monotonic() - record.info.get("used", -inf) <= TRUSTED_SECONDS and _is_quiet(connection)
        if not trusted and not _answers(engine, connection):
            raise InvalidatePoolError

    return engine


def _is_quiet(connection: Any) -> bool:
    """Whether the server said nothing since the last answer: one that ends a session says so."""
    said = poll()
    said.register(connection.fileno(), POLLIN)
    return not said.poll(0)


def _answers(engine: Engine, connection: Any) -> bool:
    driver: Any = engine.dialect.dbapi  # loaded by who has such an engine: 10 MB that no process with SQLite needs
    try:
        return engine.dialect.do_ping(connection)
    except driver.Error:
        return False


@contextmanager
def translated() -> Iterator[None]:
    """Turn what means "not now" into ``LedgerUnavailable``; everything else is a bug and comes through as it is."""
    try:
        yield
    except PoolTimeout as busy:
        raise LedgerUnavailable("the ledger is busy: no connection became free in time") from busy
    except (OperationalError, InterfaceError) as lost:
        raise LedgerUnavailable(f"the ledger can't be used right now: {_reason(lost)}") from lost
    except DBAPIError as broken:
        if broken.connection_invalidated:
            raise LedgerUnavailable("the ledger's connection was lost") from broken
        if getattr(broken.orig, "sqlstate", "") == INSUFFICIENT_PRIVILEGE:
            raise LedgerUnavailable(f"the ledger refuses this user: {_reason(broken)}") from broken
        raise


def _reason(error: DBAPIError) -> str:
    """The driver's words, without an address' password."""
    return re.sub(r"://[^@\s]*@", "://…@", str(error.orig).strip().splitlines()[0] if error.orig else str(error))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One read transaction."""
    with translated(), engine.begin() as connection:
        yield connection


@contextmanager
def reading_once(engine: Engine) -> Iterator[Connection]:
    """For one statement that reads: there is no transaction around it, which would be two more ways to the server."""
    without = {"alone": True} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
    with translated(), engine.connect() as connection:
        yield connection.execution_options(**without)


def snapshot_of(engine: Engine) -> Engine:
    """For ``reading``: all statements of a transaction see the same moment. On SQLite they do anyway."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


@contextmanager
def reading_at_once(engine: Engine) -> Iterator[Connection]:
    """One read transaction whose statements all see the ledger as the first one did. SQLite's always do."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with reading(engine) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction; SQLite's single writer is waited for at its beginning, not in its middle."""
    with translated(), engine.connect() as connection, connection.execution_options(writes=True).begin():
        yield connection


class SqlPart:
    """A part of the ledger over the one engine that all parts share."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine


def upsert(connection: Connection) -> Any:
    """The dialect's insert that knows ON CONFLICT."""
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def advisory_lock(connection: Connection, name: str) -> None:
    """Keep other transactions with this lock out until this one ends. SQLite lets one writer in anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def now(connection: Connection) -> datetime:
    """The database's clock. SQLite's is this machine's."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return moment.astimezone(UTC)
