"""The change sequence in SQL: numbers are given under one lock that outlasts the commit, so they appear in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, func, select

from dateline.adapters.ledger.claims import IS_CLAIM, ReadRevision, diffs_of, read_revisions, texts_before
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, insert_all, reading, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.named_values import (
    FIRST_CHANGE,
    UNNUMBERED,
    delete_fact,
    read_fact,
)
from dateline.adapters.ledger.database.tables import changes, claims, items
from dateline.domain.document import Kind
from dateline.domain.enrichment import Enrichment, compact, from_compact
from dateline.errors import CursorExpired, LedgerUnavailable
from dateline.ports.ledger.changes import Change, ChangePage, ChangeState
from dateline.ports.ledger.claims import Claimed, Indexed
from dateline.ports.ledger.items import Revision

LOCK: Final = "changes"
"""Taken last in a transaction, after every row that it locks: so two that number never wait for each other."""

_AS_BEFORE: Final = """ON CONFLICT (item_id) DO UPDATE SET
    seq = excluded.seq, revision = excluded.revision, state = excluded.state, enrichment = excluded.enrichment,
    differences = excluded.differences
    WHERE (changes.revision, changes.state, changes.enrichment, changes.differences)
       <> (excluded.revision, excluded.state, excluded.enrichment, excluded.differences)"""
"""What readers get as before keeps its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """What readers get of an item from now on. ``differences`` says of which corrections they don't see them."""

    item_id: str
    kind: Kind
    revision: int
    state: ChangeState
    enrichment: str = ""
    differences: str = ""


class SqlChanges(SqlPart):
    """``ports.ledger.changes.Changes`` in SQL."""

    def changes(self, *, after: int, limit: int = 100) -> ChangePage:
        with reading(self._engine) as connection:
            # the last number first: what is numbered while this reads lies above it
            last = last_number(connection)
            _check_cursor(connection, after, last)
            page = changes.c.seq > after, changes.c.seq <= last
            rows = connection.execute(select(changes).where(*page).order_by(changes.c.seq).limit(limit)).all()
            published = _published(connection, [row.item_id for row in rows if row.state == "published"])
        return ChangePage(changes=tuple(_change(row, published.get(row.item_id, ())) for row in rows), last=last)

    def last_change(self) -> int:
        with reading(self._engine) as connection:
            return last_number(connection)

    def renumber(self, indexed: Sequence[Indexed]) -> int:
        ids = sorted(outcome.claimed.item_id for outcome in indexed)
        held = select(items.c.id, claims.c.claim, items.c.published_revision).join(claims, IS_CLAIM)
        locked = held.where(in_list(items.c.id, ids)).order_by(items.c.id).with_for_update()
        with writing(self._engine) as connection:
            rows = {row.id: row for row in connection.execute(locked)}
            current = [one for one in indexed if _is_current(one, rows.get(one.claimed.item_id))]
            return record_changes(connection, changes_of(current))

    def finish_numbering(self) -> None:
        with writing(self._engine) as connection:
            delete_fact(connection, UNNUMBERED)


def changes_of(indexed: Sequence[Indexed]) -> list[NewChange]:
    """What ``indexed`` claims change for readers; nothing that they don't see."""
    return [
        NewChange(
            item_id=one.claimed.item_id,
            kind=one.claimed.kind,
            revision=publish.revision,
            state=_state(publish),
            enrichment=_kept(one.enrichment) if publish.action != "withdraw" else "",
            differences=_hidden((*one.claimed.history, publish)),
        )
        for one in indexed
        if one.public and (publish := one.claimed.publish)
    ]


def record_changes(connection: Connection, found: Sequence[NewChange]) -> int:
    """Give each the next number, but for those of which readers get what they got. Returns how many have one.

    The last thing in a transaction but its end: until then no other can number anything.
    """
    if not found:
        return 0
    advisory_lock(connection, LOCK)
    last = last_number(connection)
    rows = [
        {"item_id": one.item_id, "seq": last + place, "kind": one.kind, "revision": one.revision, "state": one.state,
         "enrichment": one.enrichment, "differences": one.differences} for place, one in enumerate(found, 1)
    ]  # fmt: skip
    return insert_all(connection, changes, rows, otherwise=_AS_BEFORE)


def record_erasure(connection: Connection, item_id: str, revision: int) -> None:
    """Number the erasure of what readers saw; the tombstone is ``revision``."""
    row = connection.execute(select(changes.c.kind).where(changes.c.item_id == item_id)).first()
    if row is not None:
        record_changes(connection, [NewChange(item_id=item_id, kind=row.kind, revision=revision, state="erased")])


def last_number(connection: Connection) -> int:
    """The highest number given, or the one that a restored ledger goes on from."""
    highest = connection.execute(select(func.max(changes.c.seq))).scalar()
    return int(highest if highest is not None else read_fact(connection, FIRST_CHANGE) or 0)


def _check_cursor(connection: Connection, after: int, last: int) -> None:
    if read_fact(connection, UNNUMBERED):
        raise LedgerUnavailable(
            "what was public before this version has no numbers yet; `dateline index reindex` gives them",
            retry_after=30,
        )
    first = int(read_fact(connection, FIRST_CHANGE) or 0)
    if after > last or 0 < after < first:
        raise CursorExpired(f"the ledger doesn't go on from {after}: it was restored; begin anew with after=0")


def _is_current(one: Indexed, row: Any | None) -> bool:
    publish = one.claimed.publish
    return (
        row is not None
        and publish is not None
        and row.claim == one.claimed.version
        and row.published_revision == publish.revision
    )


def _state(publish: Revision) -> ChangeState:
    if publish.action != "withdraw":
        return "published"
    return "erased" if publish.erased else "withdrawn"


def _kept(enrichment: Enrichment | None) -> str:
    return orjson.dumps(compact(enrichment)).decode() if enrichment else ""


def _hidden(seen: Sequence[Revision]) -> str:
    return " ".join(f"{one.revision}:{one.diff_state}" for one in seen if one.diff_state != "shown")


def _published(connection: Connection, ids: Sequence[str]) -> Mapping[str, Sequence[ReadRevision]]:
    """Of each item the revisions that readers saw, oldest first."""
    found = read_revisions(connection, ids) if ids else {}
    return {id: [one for one in read if one.was_public] for id, read in found.items()}


def _change(row: Row[Any], read: Sequence[ReadRevision]) -> Change:
    seen = (one.revision for one in read)
    publish = next((one for one in seen if one.revision == row.revision and one.payload is not None), None)
    state: ChangeState = "erased" if row.state == "published" and publish is None else row.state
    if publish is None:
        return Change(seq=row.seq, kind=row.kind, item_id=row.item_id, revision=row.revision, state=state)
    return Change(
        seq=row.seq,
        kind=row.kind,
        item_id=row.item_id,
        revision=row.revision,
        state=state,
        claimed=Claimed(
            item_id=row.item_id,
            kind=row.kind,
            version=0,
            owner="",
            publish=publish,
            history=texts_before(read, row.revision),
            published=True,
            diffs=diffs_of(read),
        ),
        enrichment=from_compact(orjson.loads(row.enrichment)) if row.enrichment else None,
    )
