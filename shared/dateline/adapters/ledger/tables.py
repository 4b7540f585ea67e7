"""The ledger's tables. ``docs/ledger.md`` explains them; the migrations make them, and a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware time: ``timestamptz`` on PostgreSQL, whole microseconds since 1970 on SQLite, UTC when it comes back."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type on ``dialect``."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """To the database."""
        return value if value is None or dialect.name == "postgresql" else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.astimezone(UTC) if isinstance(value, datetime) else EPOCH + timedelta(microseconds=value)


def _words(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Wide enough for both SQLite's rowid alias and a bigint.
ROW_ID: Final = BigInteger().with_variant(Integer, "sqlite")

tokens: Final = Table(
    "tokens",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("role", String(8), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

items: Final = Table(
    "items",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("owner", Text, nullable=False),
    _words("label"),
    _words("label_folded"),
    _words("section"),
    Column("created_at", Moment, nullable=False),
    Column("newest_revision", Integer, nullable=False),
    Column("newest_state", String(12), nullable=False),
    Column("published_revision", Integer),
    Column("withdrawn", Boolean, nullable=False),
    _words("merged_into"),
    Column("embargo_until", Moment),
    _count("size"),
    Column("lane", SmallInteger, nullable=False),
    Column("due_at", Moment),
    Column("claim", BigInteger, nullable=False),
    Column("claimed_revision", Integer),
    Column("claimed_alone", Boolean, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("lease_until", Moment),
    _words("leased_by"),
    _count("lost"),
    _count("lost_alone"),
    Column("quarantined_at", Moment),
)

_DUE: Final = text("due_at IS NOT NULL AND lease_until IS NULL")
_LEASED: Final = text("lease_until IS NOT NULL")
_QUARANTINED: Final = text("newest_state = 'quarantined'")
Index("ix_items_due", items.c.lane, items.c.due_at, sqlite_where=_DUE, postgresql_where=_DUE)
Index("ix_items_leased", items.c.lease_until, sqlite_where=_LEASED, postgresql_where=_LEASED)
Index("ix_items_quarantined", items.c.quarantined_at, sqlite_where=_QUARANTINED, postgresql_where=_QUARANTINED)
Index("ix_items_desk", items.c.kind, items.c.created_at, items.c.id)
Index("ix_items_owner", items.c.kind, items.c.owner, items.c.created_at, items.c.id)

revisions: Final = Table(
    "revisions",
    metadata,
    Column("item_id", String(128), ForeignKey("items.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("action", String(8), nullable=False),
    Column("state", String(12), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    _words("note"),
    Column("held_until", Moment),
    Column("indexed_at", Moment),
    _count("attempts"),
    _words("stage"),
    _words("error"),
    Column("erased", Boolean, nullable=False),
)
_WAITING: Final = text("state IN ('accepted', 'held')")
Index("ix_revisions_waiting", revisions.c.state, revisions.c.received_at,
      sqlite_where=_WAITING, postgresql_where=_WAITING)  # fmt: skip
Index("ix_revisions_state", revisions.c.state)

payloads: Final = Table(
    "payloads",
    metadata,
    Column("item_id", String(128), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["item_id", "revision"], ["revisions.item_id", "revisions.revision"]),
)

external_ids: Final = Table(
    "external_ids",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("external_id", Text, primary_key=True),
    Column("item_id", String(128), ForeignKey("items.id"), nullable=False, index=True),
    _words("source"),
    _words("digest"),
)

idempotency_keys: Final = Table(
    "idempotency_keys",
    metadata,
    Column("token", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("item_id", String(128), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False, index=True),
)

editor_tags: Final = Table(
    "editor_tags",
    metadata,
    Column("item_id", String(128), ForeignKey("items.id"), primary_key=True),
    Column("type", String(12), primary_key=True),
    Column("slug", String(100), primary_key=True),
    Column("word", String(8), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

audit: Final = Table(
    "audit",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", String(24), nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("revision", Integer),
    _words("detail"),
)

counters: Final = Table(
    "counters",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),
)

latencies: Final = Table(
    "latencies",
    metadata,
    Column("bound_ms", BigInteger, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
)

facts: Final = Table(
    "facts",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

proposals: Final = Table(
    "proposals",
    metadata,
    Column("type", String(12), primary_key=True),
    Column("slug", String(100), primary_key=True),
    Column("label", Text, nullable=False),
    _words("label_folded"),
    Column("status", String(8), nullable=False),
    _count("count"),
    Column("first_item", String(128), nullable=False),
    Column("at", Moment, nullable=False),
    _words("merged_into"),
)
Index("ix_proposals_status", proposals.c.status, proposals.c.count)

mentions: Final = Table(
    "mentions",
    metadata,
    Column("type", String(12), primary_key=True),
    Column("slug", String(100), primary_key=True),
    Column("item_id", String(128), primary_key=True, index=True),
)

term_writes: Final = Table(
    "term_writes",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("key", String(128), nullable=False),
    Column("names", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("job", BigInteger, index=True),
)

retag_jobs: Final = Table(
    "retag_jobs",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("cursor", Text, nullable=False, server_default=""),
    _count("touched"),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
)
