"""The ids that a writer chose for what is erased now: digests of them stay, so that nothing of it comes in again."""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from typing import Any, Final, get_args

from sqlalchemy import Connection, delete, select, update

from dateline.adapters.ledger.database.owners import sources_of
from dateline.adapters.ledger.database.tables import idempotency_keys, items, source_holders, tokens
from dateline.adapters.ledger.submissions.source_rights import NEWSROOM, WITH_SOURCE
from dateline.domain.document import ItemKind

ERASED_SCOPE: Final = "erased"
"""In place of an erased item's source; its external id is ``erased_id`` then."""
_ERASED_KEY: Final = "erased "


def erased_id(kind: ItemKind, scope: str, external_id: str) -> str:
    """What stands for the external id of an erased item."""
    return _digest(kind, scope, external_id)


def erased_key(token: str, key: str) -> str:
    """What stands for an idempotency key whose item is erased."""
    return _ERASED_KEY + _digest(token, key)


def forget_ids(connection: Connection, item: Any) -> None:
    """Put digests in place of the external id and the idempotency keys of an item (its row as it is), and take out its
    source where nothing else came from there."""
    if item.external_id and item.external_scope != ERASED_SCOPE:
        digest = erased_id(item.kind, item.external_scope, item.external_id)
        forgotten = {"external_scope": ERASED_SCOPE, "external_source": "", "external_id": digest}
        connection.execute(update(items).where(items.c.id == item.id).values(forgotten))
        _forget_source(connection, item.external_source, item.external_scope)
    own = idempotency_keys.c.item_id == item.id, ~idempotency_keys.c.key.startswith(_ERASED_KEY)
    for row in connection.execute(select(idempotency_keys.c.token, idempotency_keys.c.key).where(*own)).all():
        this = idempotency_keys.c.token == row.token, idempotency_keys.c.key == row.key
        connection.execute(update(idempotency_keys).where(*this).values(key=erased_key(row.token, row.key)))


def _forget_source(connection: Connection, source: str, scope: str) -> None:
    """It is then as if nobody had written for it, but one that a token was given stays given. What was whose with it,
    the naming authority of an id, is the newsroom's."""
    others = select(items.c.id).where(items.c.kind.in_(get_args(ItemKind)), items.c.external_scope == scope)
    given = connection.execute(select(tokens.c.sources).where(tokens.c.sources.is_not(None))).scalars().all()
    if not source or connection.execute(others.limit(1)).first() or source in chain(*map(sources_of, given)):
        return
    connection.execute(delete(source_holders).where(source_holders.c.source == source))
    held_with = source_holders.c.holder == f"{WITH_SOURCE}{source}"
    connection.execute(update(source_holders).where(held_with).values(holder=NEWSROOM))


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
