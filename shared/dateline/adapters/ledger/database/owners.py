"""Whose items are: ids of writers, where a process of the version before left a name only."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, func, literal_column, or_, select, update

from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.tables import idempotency_keys, items, revisions, tokens

NOBODY: Final = ""
"""The owner of an item whose writer is not known any more: editors may touch it."""


def identify_writers(connection: Connection) -> None:
    """Give each token without an id one."""
    for number in connection.scalars(select(tokens.c.id).where(tokens.c.writer_id.is_(None))).all():
        connection.execute(update(tokens).where(tokens.c.id == number).values(writer_id=new_id()))


def identify_owners(connection: Connection, name: str | None = None) -> None:
    """Give items without an owner's id that of the token which had the name when they first came.

    ``name``: only those of this owner. Where no token had it, an item is nobody's.
    """
    first = (
        select(revisions.c.received_at)
        .where(revisions.c.item_id == items.c.id, revisions.c.revision == 1)
        .correlate(items)
        .scalar_subquery()
    )
    holder = (
        select(tokens.c.writer_id)
        .where(tokens.c.name == items.c.owner, tokens.c.created_at <= first)
        .order_by(tokens.c.created_at.desc())
        .limit(1)
        .correlate(items)
        .scalar_subquery()
    )
    unknown = update(items).where(items.c.owner_id.is_(None))
    if name is not None:
        unknown = unknown.where(items.c.owner == name)
    connection.execute(unknown.values(owner_id=func.coalesce(holder, NOBODY)))


def retire_name(connection: Connection, name: str, before: str) -> None:
    """Leave to the writer ``before`` what stands under its name, which another is about to get: items, external ids
    without a source, and answers to idempotency keys."""
    identify_owners(connection, name)
    connection.execute(
        update(items)
        .where(
            items.c.kind.in_(("story", "event", "term")),
            items.c.external_scope == token_scope(name),
            literal_column("external_id <> ''"),
        )
        .values(external_scope=f"former {before}")
    )
    connection.execute(delete(idempotency_keys).where(idempotency_keys.c.token == name))


def live(at: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a token is neither revoked nor over."""
    return tokens.c.revoked_at.is_(None) & or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > at)


def live_writers(connection: Connection, at: datetime, names: Collection[str]) -> dict[str, str]:
    """The ids of those of these names who may write now."""
    writers = select(tokens.c.name, tokens.c.writer_id).where(
        tokens.c.name.in_(names), tokens.c.role.in_(("reporter", "editor")), live(at)
    )
    return {row.name: row.writer_id for row in connection.execute(writers) if row.writer_id}


def sources_of(column: str | None) -> tuple[str, ...]:
    """The sources that a token was given, as its row has them."""
    return tuple(json.loads(column)) if column else ()


def token_scope(name: str) -> str:
    """Within what an external id without a source is unique."""
    return f"token {name}"
