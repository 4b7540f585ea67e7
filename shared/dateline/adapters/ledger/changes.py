"""The change sequence in SQL: numbers are given under one lock that outlasts the commit, so they appear in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, case, func, select

from dateline.adapters.ledger.claims import IS_CLAIM, ReadRevision, diffs_of, read_revisions, texts_before
from dateline.adapters.ledger.database.engine import (
    SqlPart,
    advisory_lock,
    reading,
    reading_at_once,
    writing,
)
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.named_values import (
    FIRST_CHANGE,
    UNNUMBERED,
    delete_fact,
    read_fact,
)
from dateline.adapters.ledger.database.tables import changes, claims, diffs, items, payloads
from dateline.adapters.ledger.diffs import keep_diffs
from dateline.domain.document import Kind
from dateline.domain.enrichment import Enrichment, compact, from_compact
from dateline.errors import CursorExpired, LedgerUnavailable
from dateline.ports.ledger.changes import NOTHING_KNOWN, PAGE_SIZE, Change, ChangePage, ChangeState
from dateline.ports.ledger.claims import Claimed, Indexed
from dateline.ports.ledger.items import Revision

LOCK: Final = "changes"
"""Taken last in a transaction, after every row that it locks: so two that number never wait for each other."""

_AS_BEFORE: Final = """ON CONFLICT (item_id) DO UPDATE SET
    seq = excluded.seq, revision = excluded.revision, state = excluded.state, enrichment = excluded.enrichment,
    differences = excluded.differences, folded_into = excluded.folded_into
    WHERE (changes.revision, changes.state, changes.enrichment, changes.differences, coalesce(changes.folded_into, ''))
       <> (excluded.revision, excluded.state, excluded.enrichment, excluded.differences, excluded.folded_into)"""
"""What readers get as before keeps its number."""


_PASSAGES: Final = (
    select(func.coalesce(func.sum(func.length(diffs.c.passages)), 0))
    .where(diffs.c.item_id == changes.c.item_id)
    .correlate(changes)
    .scalar_subquery()
)
_LENGTH: Final = (
    select(func.length(payloads.c.body))
    .where(payloads.c.item_id == changes.c.item_id, payloads.c.revision == changes.c.revision)
    .correlate(changes)
    .scalar_subquery()
)
_SIZE: Final = case(
    (changes.c.state != "published", 0),
    (items.c.newest_revision == changes.c.revision, claims.c.size + _PASSAGES),
    else_=func.coalesce(_LENGTH, 0) + _PASSAGES,
)
"""Characters that are read of an item. Where the newest revision waits for its time, the published one is measured."""
_SETTLED: Final = claims.c.due_at.is_(None) & claims.c.lease_until.is_(None)
_TOLD: Final = (
    select(changes, _SIZE.label("size"), _SETTLED.label("settled"))
    .outerjoin(items, items.c.id == changes.c.item_id)
    .outerjoin(claims, IS_CLAIM)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """What readers get of an item from now on. ``differences`` says of which corrections they don't see them."""

    item_id: str
    kind: Kind
    revision: int
    state: ChangeState
    enrichment: str = ""
    differences: str = ""
    folded_into: str = ""


class SqlChanges(SqlPart):
    """``ports.ledger.changes.Changes`` in SQL."""

    def changes(
        self, *, after: int, limit: int = 100, size: int = PAGE_SIZE, known: Mapping[int, Sized] = NOTHING_KNOWN
    ) -> ChangePage:
        with reading_at_once(self._engine) as connection:
            last = last_number(connection)
            _check_cursor(connection, after, last)
            above = _TOLD.where(changes.c.seq > after).order_by(changes.c.seq).limit(limit)
            rows = _page(connection.execute(above).all(), size, known)
            asked = [row.item_id for row in rows if row.state == "published" and not _is_known(row, known)]
            published = _published(connection, asked)
        return ChangePage(
            changes=tuple(
                _plain(row) if _is_known(row, known) else _change(row, published.get(row.item_id, ())) for row in rows
            ),
            last=last,
        )

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
            keep_diffs(connection, current)
            return record_changes(connection, changes_of(current))

    def finish_numbering(self) -> None:
        with writing(self._engine) as connection:
            delete_fact(connection, UNNUMBERED)


def changes_of(indexed: Sequence[Indexed]) -> list[NewChange]:
    """What ``indexed`` claims change for readers: nothing that they don't see, no picture, which they get with
    what shows it, and no front, which is how the paper's own pages stand."""
    return [
        NewChange(
            item_id=one.claimed.item_id,
            kind=kind,
            revision=publish.revision,
            state=_state(publish),
            enrichment=_kept(one.enrichment) if publish.action != "withdraw" else "",
            differences=_hidden((*one.claimed.history, publish)),
            folded_into=one.claimed.folded_into,
        )
        for one in indexed
        if one.public and (publish := one.claimed.publish) and (kind := one.claimed.kind) != "image" and kind != "front"
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
         "enrichment": one.enrichment, "differences": one.differences, "folded_into": one.folded_into}
        for place, one in enumerate(found, 1)
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


def _page(rows: Sequence[Row[Any]], size: int, known: Mapping[int, Sized]) -> list[Row[Any]]:
    """As many as have the size together, and one at least."""
    page: list[Row[Any]] = []
    for row in rows:
        size -= len(known[row.seq]) if _is_known(row, known) else row.size
        if page and size < 0:
            break
        page.append(row)
    return page


def _is_known(row: Row[Any], known: Mapping[int, Sized]) -> bool:
    """Whether who asks has it: not while something of it is due, as a difference that was just hidden."""
    return bool(row.settled) and row.seq in known


def _published(connection: Connection, ids: Sequence[str]) -> Mapping[str, Sequence[ReadRevision]]:
    """Of each item the revisions that readers saw, oldest first."""
    found = read_revisions(connection, ids, published_only=True) if ids else {}
    return {id: [one for one in read if one.was_public] for id, read in found.items()}


def _plain(row: Row[Any]) -> Change:
    return Change(
        seq=row.seq,
        kind=row.kind,
        item_id=row.item_id,
        revision=row.revision,
        state=row.state,
        settled=bool(row.settled),
    )


def _change(row: Row[Any], read: Sequence[ReadRevision]) -> Change:
    seen = (one.revision for one in read)
    publish = next((one for one in seen if one.revision == row.revision and one.payload is not None), None)
    state: ChangeState = "erased" if row.state == "published" and publish is None else row.state
    if publish is None:
        return replace(_plain(row), state=state)
    return replace(
        _plain(row),
        claimed=Claimed(
            item_id=row.item_id,
            kind=row.kind,
            version=0,
            owner="",
            publish=publish,
            history=texts_before(read, row.revision),
            published=True,
            diffs=diffs_of(read),
            folded_into=row.folded_into or "",
        ),
        enrichment=from_compact(orjson.loads(row.enrichment)) if row.enrichment else None,
    )
