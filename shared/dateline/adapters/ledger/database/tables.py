"""The ledger's tables. Times are instants: ``timestamptz`` on PostgreSQL, microseconds since 1970 UTC on SQLite."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """An aware time, kept to the microsecond; naive ones are refused."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """``timestamptz`` where there is one."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without an offset can't be kept")
        return value.astimezone(UTC) if dialect.name == "postgresql" else (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database, in UTC."""
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return EPOCH + timedelta(microseconds=int(value))


metadata: Final = MetaData()


def only(condition: str) -> dict[str, Any]:
    """The options of an index over those rows alone of which a condition holds, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


tokens: Final = Table(
    "tokens", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    Column("writer_id", Text),
    Column("sources", Text),
    Column("account_id", Text),
    Column("last_used_at", Instant),
    Column("former_digest", Text), Column("former_until", Instant), Column("former_used_at", Instant),
)  # fmt: skip
Index("tokens_writer", tokens.c.writer_id, unique=True)
Index("tokens_account", tokens.c.account_id)
Index("tokens_former", tokens.c.former_digest)

sessions: Final = Table(
    "sessions", metadata,
    Column("digest", Text, primary_key=True),
    Column("writer_id", Text, nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("last_seen_at", Instant),
    Column("address", Text), Column("agent", Text),
)  # fmt: skip

source_holders: Final = Table(
    "source_holders", metadata,
    Column("source", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("at", Instant, nullable=False),
)  # fmt: skip

items: Final = Table(
    "items", metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("label_folded", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("external_scope", Text, nullable=False),
    Column("external_source", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("external_digest", Text, nullable=False),
    Column("newest_revision", Integer, nullable=False),
    Column("published_revision", Integer),
    Column("embargo_until", Instant),
    Column("lane", Integer, nullable=False),
    Column("due_at", Instant),
    Column("claim", BigInteger, nullable=False),
    Column("lease_until", Instant),
    Column("worker", Text, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("owner_id", Text),
)  # fmt: skip
Index("items_due", items.c.lane, items.c.due_at, **only("due_at IS NOT NULL AND lease_until IS NULL"))
Index("items_leased", items.c.lease_until, **only("lease_until IS NOT NULL"))
IN_CLAIMS: Final = {
    "lane": 0,
    "due_at": None,
    "claim": 0,
    "lease_until": None,
    "worker": "claims",
    "lost": 0,
    "size": 0,
}
"""What stands in those columns of ``items`` that ``claims`` has now. Processes of the version before still write them:
a trigger moves what they write, and ``worker`` says whose row needs none."""
Index("items_external", items.c.kind, items.c.external_scope, items.c.external_id, unique=True,
      **only("external_id <> ''"))  # fmt: skip
Index("items_listed", items.c.kind, items.c.id)
Index("items_owned", items.c.owner, items.c.kind, items.c.id)

claims: Final = Table(
    "claims", metadata,
    Column("item_id", Text, primary_key=True),
    Column("lane", Integer, nullable=False),
    Column("due_at", Instant),
    Column("claim", BigInteger, nullable=False),
    Column("lease_until", Instant),
    Column("worker", Text, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
"""An item's place in the queue, in a narrow table of its own: it is written three times a publication."""
Index("claims_due", claims.c.lane, claims.c.due_at, **only("due_at IS NOT NULL AND lease_until IS NULL"))
Index("claims_leased", claims.c.lease_until, **only("lease_until IS NOT NULL"))

revisions: Final = Table(
    "revisions", metadata,
    Column("item_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("action", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("indexed_at", Instant),
    Column("was_public", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("failed_at", Instant),
    Column("erased", Boolean, nullable=False),
    Column("diff_state", Text),
    Column("by_id", Text),
    Column("correction", Text),
)  # fmt: skip
Index("revisions_state", revisions.c.state, revisions.c.received_at)

payloads: Final = Table(
    "payloads", metadata,
    Column("item_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)  # fmt: skip

diffs: Final = Table(
    "diffs", metadata,
    Column("item_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("before", Integer, nullable=False),
    Column("passages", Text, nullable=False),
)  # fmt: skip

idempotency_keys: Final = Table(
    "idempotency_keys", metadata,
    Column("token", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", Instant, nullable=False, index=True),
    Column("expires_at", Instant, index=True),
)  # fmt: skip

editor_tags: Final = Table(
    "editor_tags", metadata,
    Column("item_id", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("added", Boolean, nullable=False),
)  # fmt: skip

audit: Final = Table(
    "audit", metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("item_id", Text, nullable=False, index=True),
    Column("revision", Integer),
    Column("detail", Text, nullable=False),
    Column("writer_id", Text),
    Column("address", Text),
)  # fmt: skip
Index("audit_at", audit.c.at, audit.c.id)
Index("audit_by", audit.c.by, audit.c.at, audit.c.id)
Index("audit_writer", audit.c.writer_id, audit.c.at, audit.c.id)
Index("audit_action", audit.c.action, audit.c.at, audit.c.id)

outcomes: Final = Table(
    "outcomes", metadata,
    Column("stage", Text, primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("total", BigInteger, nullable=False),
)  # fmt: skip

latencies: Final = Table(
    "latencies", metadata,
    Column("bound", Float, primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
)  # fmt: skip

changes: Final = Table(
    "changes", metadata,
    Column("item_id", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("enrichment", Text, nullable=False),
    Column("differences", Text, nullable=False), Column("folded_into", Text),
)  # fmt: skip
Index("changes_seq", changes.c.seq, unique=True)

facts: Final = Table(
    "facts", metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip

term_edits: Final = Table(
    "term_edits", metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("job", Integer, index=True),
)  # fmt: skip

retag_jobs: Final = Table(
    "retag_jobs", metadata,
    Column("id", Integer, primary_key=True),
    Column("keys", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("cursor", Text, nullable=False),
    Column("touched", Integer, nullable=False),
    Column("done", Boolean, nullable=False),
)  # fmt: skip
