"""The items a batch of submissions touches: read in a few statements, changed in memory, written in a few more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select, tuple_, update

from dateline.adapters.ledger.database.engine import insert_all
from dateline.adapters.ledger.database.in_list import among
from dateline.adapters.ledger.database.tables import audit, idempotency_keys, items, payloads, revisions
from dateline.domain.document import Kind
from dateline.ports.ledger.items import Payload, State
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.wakeup import Lane

ExternalKey = tuple[str, str, str]


@dataclass(slots=True, kw_only=True)
class NewRevision:
    """A revision that this transaction adds."""

    revision: int
    action: str
    state: State
    by: str
    note: str
    payload: Payload | None


@dataclass(slots=True, kw_only=True)
class Draft:
    """An item as this transaction sees it; ``is_new`` until it is inserted."""

    id: str
    kind: Kind
    owner: str
    label: str = ""
    section: str = ""
    external_source: str = ""
    external_scope: str = ""
    external_id: str = ""
    external_digest: str = ""
    newest_revision: int = 0
    newest_action: str = "submit"
    newest_state: State = "accepted"
    received_at: datetime | None = None
    published_revision: int | None = None
    embargo_until: datetime | None = None
    leased: bool = False
    lane: Lane = Lane.LIVE
    due_at: datetime | None = None
    size: int = 0
    is_new: bool = False
    added: list[NewRevision] = field(default_factory=list)
    overtaken: list[int] = field(default_factory=list)

    @property
    def withdrawn(self) -> bool:
        """Whether the newest revision is a tombstone."""
        return self.newest_action == "withdraw"


class Drafts:
    """All that a batch needs to know, and what it changes."""

    def __init__(self, connection: Connection, submissions: Sequence[Submission], at: datetime) -> None:
        self.at = at
        self._connection = connection
        self._by_id: dict[str, Draft] = {}
        self._by_external: dict[ExternalKey, Draft] = {}
        self.receipts: dict[tuple[str, str], tuple[str, Receipt]] = {}
        self._kept: list[tuple[Submission, Receipt]] = []
        self._read_items(submissions)
        self._read_keys(submissions)

    def find(self, item_id: str) -> Draft | None:
        """The item of an id."""
        return self._by_id.get(item_id)

    def find_external(self, key: ExternalKey) -> Draft | None:
        """The item that came under an external id."""
        return self._by_external.get(key)

    def add(self, draft: Draft) -> None:
        """Let later submissions of the batch see a new item."""
        self._by_id[draft.id] = draft
        if draft.external_id:
            self._by_external[draft.kind, draft.external_scope, draft.external_id] = draft

    def newest_payload(self, draft: Draft) -> Payload | None:
        """What the newest revision of an item says; None for a tombstone and after an erasure.

        Read one at a time: the earlier texts of a whole batch may be far larger than the batch.
        """
        if draft.added:
            return draft.added[-1].payload
        body = self._connection.execute(
            select(payloads.c.body).where(payloads.c.item_id == draft.id, payloads.c.revision == draft.newest_revision)
        ).scalar()
        return orjson.loads(body) if body else None

    def keep_key(self, submission: Submission, receipt: Receipt) -> None:
        """Remember a receipt under its idempotency key."""
        if submission.idempotency:
            key = submission.by.name, submission.idempotency.key
            self.receipts[key] = (submission.idempotency.digest, receipt)
            self._kept.append((submission, receipt))

    def _read_items(self, submissions: Sequence[Submission]) -> None:
        ids = {s.item_id for s in submissions if s.item_id} | {term.key for s in submissions for term in s.new_terms}
        externals = {external_key(s) for s in submissions if s.external_id and not s.item_id}
        keys = tuple_(items.c.kind, items.c.external_scope, items.c.external_id)
        for condition in ([among(items.c.id, ids)] if ids else []) + ([keys.in_(externals)] if externals else []):
            self._read(condition)

    def _read(self, condition: Any) -> None:
        """Lock the items first, then read them: a row that was waited for is joined with what it was before."""
        locked = select(items.c.id).where(condition).order_by(items.c.id).with_for_update()
        found = [id for id in self._connection.execute(locked).scalars() if id not in self._by_id]
        joined = select(items, revisions.c.action, revisions.c.state, revisions.c.received_at).join(
            revisions, (revisions.c.item_id == items.c.id) & (revisions.c.revision == items.c.newest_revision)
        )
        if found:
            for row in self._connection.execute(joined.where(among(items.c.id, found))):
                self.add(_draft(row))

    def _read_keys(self, submissions: Sequence[Submission]) -> None:
        pairs = {(s.by.name, s.idempotency.key) for s in submissions if s.idempotency}
        if not pairs:
            return
        rows = self._connection.execute(
            select(idempotency_keys).where(tuple_(idempotency_keys.c.token, idempotency_keys.c.key).in_(pairs))
        )
        for row in rows:
            receipt = Receipt(
                id=row.item_id, kind=row.kind, revision=row.revision, state=row.state, received_at=row.received_at,
                changed=False,
            )  # fmt: skip
            self.receipts[row.token, row.key] = (row.digest, receipt)

    def write(self) -> None:
        """Put everything on record: a fixed number of statements, however many submissions."""
        changed = [draft for draft in self._by_id.values() if draft.added]
        new = [_item_row(draft) for draft in changed if draft.is_new]
        old = [_item_row(draft) for draft in changed if not draft.is_new]
        if new:
            fresh = {"claim": 0, "lease_until": None, "worker": ""}
            insert_all(self._connection, items, [row | fresh for row in new])
        if old:
            columns = [name for name in old[0] if name != "id"]
            self._connection.execute(
                update(items).where(items.c.id == bindparam("b_id")).values({c: bindparam(f"b_{c}") for c in columns}),
                [{f"b_{name}": value for name, value in row.items()} for row in old],
            )
        overtaken = [{"b_item": d.id, "b_revision": number} for d in changed for number in d.overtaken]
        if overtaken:
            self._connection.execute(
                update(revisions)
                .where(revisions.c.item_id == bindparam("b_item"), revisions.c.revision == bindparam("b_revision"))
                .values(state="superseded"),
                overtaken,
            )
        self._write_revisions(changed)
        self._write_keys()

    def _write_revisions(self, changed: Sequence[Draft]) -> None:
        rows = [_revision_row(draft, added, self.at) for draft in changed for added in draft.added]
        insert_all(self._connection, revisions, rows)
        insert_all(self._connection, audit, [
            {"at": self.at, "by": row["by"], "action": row["action"], "item_id": row["item_id"],
             "revision": row["revision"], "detail": row["note"]} for row in rows
        ])  # fmt: skip
        bodies = [
            {"item_id": draft.id, "revision": added.revision, "body": as_text(added.payload)}
            for draft in changed for added in draft.added if added.payload
        ]  # fmt: skip
        insert_all(self._connection, payloads, bodies)

    def _write_keys(self) -> None:
        rows = [
            {"token": submission.by.name, "key": submission.idempotency.key, "digest": submission.idempotency.digest,
             "item_id": receipt.id, "kind": receipt.kind, "revision": receipt.revision, "state": receipt.state,
             "received_at": receipt.received_at}
            for submission, receipt in self._kept if submission.idempotency
        ]  # fmt: skip
        insert_all(self._connection, idempotency_keys, rows)


def as_text(payload: Payload | None) -> str:
    """A payload as the ledger keeps it."""
    return orjson.dumps(payload).decode() if payload else ""


def external_key(submission: Submission) -> ExternalKey:
    """What makes an external id unique: kind and source; without a source, the token it came with."""
    scope = f"source {submission.external_source}" if submission.external_source else f"token {submission.by.name}"
    return submission.kind, scope, submission.external_id


def _draft(row: Any) -> Draft:
    return Draft(
        id=row.id, kind=row.kind, owner=row.owner, label=row.label, section=row.section,
        external_source=row.external_source, external_scope=row.external_scope, external_id=row.external_id,
        external_digest=row.external_digest, newest_revision=row.newest_revision, newest_action=row.action,
        newest_state=row.state, received_at=row.received_at, published_revision=row.published_revision,
        embargo_until=row.embargo_until, leased=row.lease_until is not None, lane=Lane(row.lane), due_at=row.due_at,
        size=row.size,
    )  # fmt: skip


def _item_row(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id, "kind": draft.kind, "owner": draft.owner, "label": draft.label,
        "label_folded": draft.label.casefold(), "section": draft.section, "external_source": draft.external_source,
        "external_scope": draft.external_scope, "external_id": draft.external_id,
        "external_digest": draft.external_digest, "newest_revision": draft.newest_revision,
        "published_revision": draft.published_revision, "embargo_until": draft.embargo_until, "lane": int(draft.lane),
        "due_at": draft.due_at, "size": draft.size, "lost": 0,
    }  # fmt: skip


def _revision_row(draft: Draft, added: NewRevision, at: datetime) -> dict[str, Any]:
    return {
        "item_id": draft.id, "revision": added.revision, "action": added.action, "state": added.state,
        "received_at": at, "by": added.by, "note": added.note, "indexed_at": None, "was_public": False,
        "attempts": 0, "stage": "", "error": "", "failed_at": None, "erased": False,
    }  # fmt: skip
