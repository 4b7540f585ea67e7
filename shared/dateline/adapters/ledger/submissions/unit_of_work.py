"""The unit of work of a batch: reads its items in a few statements, tracks them, writes what changed in a few more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, select, tuple_, update

from dateline.adapters.ledger.claims import IS_CLAIM
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import Rows, insert_into_each
from dateline.adapters.ledger.database.owners import sources_of
from dateline.adapters.ledger.database.tables import (
    IN_CLAIMS,
    audit,
    claims,
    idempotency_keys,
    items,
    payloads,
    revisions,
    tokens,
)
from dateline.adapters.ledger.drafts.sending import SentDrafts
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.adapters.ledger.submissions.erased_ids import ERASED_SCOPE, erased_id, erased_key
from dateline.adapters.ledger.submissions.said_of_pictures import KnownFiles, record_pictures
from dateline.adapters.ledger.submissions.source_rights import SourceRights
from dateline.adapters.ledger.submissions.tracked_item import NewRevision, TrackedItem, external_scope
from dateline.domain.document import ItemKind
from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.submissions import KEYS_KEPT, Receipt, Submission
from dateline.ports.wakeup import Lane

_QUEUED: Final = (
    claims.c.lease_until.label("leased_until"), claims.c.lost.label("lost_leases"), claims.c.lane.label("queued_in"),
    claims.c.due_at.label("queued_for"), claims.c.size.label("queued_size"),
)  # fmt: skip
"""An item's place in the queue, under names that ``items`` has not."""

_MOVED: Final = tuple((name, "NULL" if value is None else repr(value)) for name, value in IN_CLAIMS.items())
_UNCLAIMED: Final = (("claim", "0"), ("worker", "''"))

ExternalKey = tuple[ItemKind, str, str]


class UnitOfWork:
    """All that a batch needs to know, and what it changes."""

    def __init__(self, connection: Connection, submissions: Sequence[Submission], at: datetime) -> None:
        self.at = at
        self._connection = connection
        self._by_id: dict[str, TrackedItem] = {}
        self._by_external: dict[ExternalKey, TrackedItem] = {}
        self.receipts: dict[tuple[str, str], tuple[str, Receipt]] = {}
        self._new_receipts: list[tuple[Submission, Receipt]] = []
        self.drafts = SentDrafts(connection, submissions)
        self.pictures = KnownFiles(connection, submissions)
        self.rights = SourceRights(connection, submissions, at)
        self._read_items(submissions)
        self._read_receipts(submissions)

    def find(self, item_id: str) -> TrackedItem | None:
        """The item of an id."""
        return self._by_id.get(item_id)

    def find_external(self, submission: Submission) -> TrackedItem | None:
        """The item that came under the submission's external id, an erased one too."""
        external = self._by_external
        here, *elsewhere = (external.get(key) or external.get(_erased(key)) for key in _external_keys(submission))
        others = (item for item in elsewhere if item is not None and item.may_be_written(submission))
        return here or next(others, None)

    def add(self, item: TrackedItem) -> None:
        """Let later submissions of the batch see a new item."""
        self._by_id[item.id] = item
        if item.external_id:
            self._by_external[item.kind, item.external_scope, item.external_id] = item

    def withdrawn(self) -> list[str]:
        """The stories that this batch withdraws."""
        changed = (item for item in self._by_id.values() if item.added and item.kind == "story")
        return [item.id for item in changed if item.added[-1].action == "withdraw"]

    def newest_payload(self, item: TrackedItem) -> Payload | None:
        """What the newest revision of an item says; None for most tombstones and after an erasure.

        Read one at a time: the earlier texts of a whole batch may be far larger than the batch.
        """
        if item.added:
            body: str | None = item.added[-1].body
        else:
            newest = payloads.c.item_id == item.id, payloads.c.revision == item.newest_revision
            body = self._connection.execute(select(payloads.c.body).where(*newest)).scalar()
        return orjson.loads(body) if body else None

    def keep_receipt(self, submission: Submission, receipt: Receipt) -> Receipt:
        """Keep a receipt under its idempotency key, and with the draft that was sent; what is answered."""
        self.drafts.keep(submission, receipt)
        if submission.idempotency:
            receipt = replace(receipt, key_expires_at=self.at + KEYS_KEPT)
            key = submission.by.namespace, submission.idempotency.key
            self.receipts[key] = (submission.idempotency.digest, receipt)
            self._new_receipts.append((submission, receipt))
        return receipt

    def _read_items(self, submissions: Sequence[Submission]) -> None:
        ids = {s.item_id for s in submissions if s.item_id} | {term.key for s in submissions for term in s.new_terms}
        externals = {key for s in submissions if s.external_id and not s.item_id for key in _external_keys(s)}
        if ids:
            self._read(in_list(items.c.id, ids))
        if externals:
            self._read(tuple_(items.c.kind, items.c.external_scope, items.c.external_id).in_(externals))
            self._read(_were_erased(externals))

    def _read(self, condition: Any) -> None:
        """Lock the items first, then read them: a row that was waited for is joined with what it was before."""
        locked = select(items.c.id).join(claims, IS_CLAIM).where(condition).order_by(items.c.id).with_for_update()
        found = [id for id in self._connection.execute(locked).scalars() if id not in self._by_id]
        newest = revisions.c.action, revisions.c.state, revisions.c.received_at, revisions.c.by, revisions.c.by_id
        told = revisions.c.correction.label("newest_correction")
        owner = tokens.c.role.label("owner_role"), tokens.c.sources.label("owner_sources")
        joined = (
            select(items, *_QUEUED, *newest, told, *owner)
            .join(claims, IS_CLAIM)
            .join(revisions, IS_NEWEST)
            .outerjoin(tokens, tokens.c.writer_id == items.c.owner_id)
        )
        if found:
            for row in self._connection.execute(joined.where(in_list(items.c.id, found))):
                self.add(_tracked(row))

    def _read_receipts(self, submissions: Sequence[Submission]) -> None:
        pairs = {(s.by.namespace, s.idempotency.key) for s in submissions if s.idempotency}
        if not pairs:
            return
        asked = {(token, form): (token, key) for token, key in pairs for form in (key, erased_key(token, key))}
        rows = self._connection.execute(
            select(idempotency_keys).where(tuple_(idempotency_keys.c.token, idempotency_keys.c.key).in_(asked))
        )
        for row in rows:
            receipt = Receipt(
                id=row.item_id, kind=row.kind, revision=row.revision, state=row.state, received_at=row.received_at,
                changed=False, key_expires_at=row.expires_at or row.received_at + KEYS_KEPT,
            )  # fmt: skip
            self.receipts[asked[row.token, row.key]] = (row.digest, receipt)

    def write(self) -> None:
        """Put everything on record: a fixed number of statements, however many submissions."""
        self.rights.write()
        changed = [item for item in self._by_id.values() if item.added]
        self._update(items, "id", [_item_row(item) for item in changed if not item.is_new])
        self._update(claims, "item_id", [_claim_row(item) for item in changed if not item.is_new])
        superseded = [{"b_item": item.id, "b_revision": number} for item in changed for number in item.superseded]
        if superseded:
            self._connection.execute(
                update(revisions)
                .where(revisions.c.item_id == bindparam("b_item"), revisions.c.revision == bindparam("b_revision"))
                .values(state="superseded"),
                superseded,
            )
        insert_into_each(self._connection, (*_new_items(changed), *self._new_revisions(changed), self._receipts()))
        record_pictures(self._connection, self.at, changed)
        self.drafts.write()

    def _update(self, table: Table, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        values: dict[str, Any] = {name: bindparam(f"b_{name}") for name in rows[0] if name != key}
        changed = update(table).where(table.c[key] == bindparam(f"b_{key}")).values(values)
        self._connection.execute(changed, [{f"b_{name}": value for name, value in row.items()} for row in rows])

    def _new_revisions(self, changed: Sequence[TrackedItem]) -> Iterator[Rows]:
        yield Rows(revisions, [_revision_row(item, added, self.at) for item in changed for added in item.added])
        yield Rows(audit, [
            {"at": self.at, "by": added.by.name, "action": added.action, "item_id": item.id,
             "revision": added.revision, "detail": _told(item, added), "writer_id": added.by.id,
             "address": added.by.address}
            for item in changed for added in item.added if _is_somebodys(item, added)
        ])  # fmt: skip
        yield Rows(payloads, [
            {"item_id": item.id, "revision": added.revision, "body": added.body}
            for item in changed for added in item.added if added.body
        ])  # fmt: skip

    def _receipts(self) -> Rows:
        return Rows(idempotency_keys, [
            {"token": submission.by.namespace, "key": submission.idempotency.key,
             "digest": submission.idempotency.digest, "item_id": receipt.id, "kind": receipt.kind,
             "revision": receipt.revision, "state": receipt.state, "received_at": receipt.received_at,
             "expires_at": receipt.key_expires_at}
            for submission, receipt in self._new_receipts if submission.idempotency
        ])  # fmt: skip


def _external_keys(submission: Submission) -> list[ExternalKey]:
    """Where the item of an external id may stand, the likeliest first."""
    sources = (submission.external_source, *submission.other_sources)
    return [(submission.kind, external_scope(source, submission.by), submission.external_id) for source in sources]


def _erased(key: ExternalKey) -> ExternalKey:
    """The key that stands for ``key`` once its item is erased."""
    kind, *_ = key
    return kind, ERASED_SCOPE, erased_id(*key)


def _were_erased(keys: Collection[ExternalKey]) -> ColumnElement[bool]:
    """Whether an item came under one of ``keys``, and is erased."""
    digests = [erased_id(*key) for key in keys]
    kinds = items.c.kind.in_({kind for kind, *_ in keys})
    return and_(kinds, items.c.external_scope == ERASED_SCOPE, in_list(items.c.external_id, digests))


def _tracked(row: Any) -> TrackedItem:
    return TrackedItem(
        id=row.id, kind=row.kind, owner=row.owner, owner_id=row.owner_id, label=row.label, section=row.section,
        external_source=row.external_source, external_scope=row.external_scope, external_id=row.external_id,
        external_digest=row.external_digest, newest_revision=row.newest_revision, newest_action=row.action,
        newest_by=row.by, newest_by_id=row.by_id, newest_state=row.state,
        newest_correction=row.newest_correction or "", received_at=row.received_at,
        published_revision=row.published_revision, embargo_until=row.embargo_until,
        leased=row.leased_until is not None, suspect=row.lost_leases > 0, lane=Lane(row.queued_in),
        due_at=row.queued_for, size=row.queued_size,
        owner_was_given=frozenset(sources_of(row.owner_sources)) if row.owner_role == "reporter" else None,
    )  # fmt: skip


def _new_items(changed: Sequence[TrackedItem]) -> Iterator[Rows]:
    new = [item for item in changed if item.is_new]
    yield Rows(items, [_item_row(item) for item in new], _MOVED)
    yield Rows(claims, [_claim_row(item) for item in new], _UNCLAIMED)


def _item_row(item: TrackedItem) -> dict[str, Any]:
    return {
        "id": item.id, "kind": item.kind, "owner": item.owner, "owner_id": item.owner_id, "label": item.label,
        "label_folded": item.label.casefold(), "section": item.section, "external_source": item.external_source,
        "external_scope": item.external_scope, "external_id": item.external_id,
        "external_digest": item.external_digest, "newest_revision": item.newest_revision,
        "published_revision": item.published_revision, "embargo_until": item.embargo_until,
    }  # fmt: skip


def _claim_row(item: TrackedItem) -> dict[str, Any]:
    """A write starts the count of lost leases anew, but a suspect is worked on alone until it is indexed."""
    return {
        "item_id": item.id, "lane": int(item.lane), "due_at": item.due_at, "size": item.size, "lost": int(item.suspect),
    }  # fmt: skip


def _revision_row(item: TrackedItem, added: NewRevision, at: datetime) -> dict[str, Any]:
    return {
        "item_id": item.id, "revision": added.revision, "action": added.action, "state": added.state,
        "received_at": at, "by": added.by.name, "by_id": added.by.id or None, "note": added.note, "indexed_at": None,
        "was_public": added.was_public, "attempts": 0, "stage": "", "error": "", "failed_at": None, "erased": False,
        "correction": added.correction or None,
    }  # fmt: skip


def _is_somebodys(item: TrackedItem, added: NewRevision) -> bool:
    """Whether somebody did it. Fronts as they were are recorded by an indexer, who may not write to the audit."""
    return item.kind != "front" or bool(added.by.id)


def _told(item: TrackedItem, added: NewRevision) -> str:
    """What the audit says of a revision. No words on a picture: ingest takes it down, and can't change the audit."""
    return "" if item.kind == "image" else added.note
