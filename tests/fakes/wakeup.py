"""A ledger in memory: what ingest asks of the port, without a database."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dateline.domain.tag import EditorTags, TagRef
from dateline.errors import Conflict, InvalidInput, NotAllowed, NotFound, Permanent, RevisionRequired, StaleRevision
from dateline.ports.ledger.items import Item, ItemSummary, Page, Revision
from dateline.ports.ledger.metrics import LedgerMetrics
from dateline.ports.ledger.quarantine import QuarantinedItem
from dateline.ports.ledger.submissions import Earlier, Receipt, Submission
from dateline.ports.ledger.tokens import Role, Token
from dateline.ports.ledger.vocabulary import Proposal
from dateline.ports.wakeup import Lane


@dataclass
class MemoryLedger:
    """Holds everything in dicts. ``broken`` is raised by every method while it is set."""

    broken: Exception | None = None
    held_tokens: dict[str, Token] = field(default_factory=dict)
    held: dict[str, Item] = field(default_factory=dict)
    keys: dict[tuple[str, str], tuple[str, Receipt]] = field(default_factory=dict)
    externals: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    waiting: list[Proposal] = field(default_factory=list)
    stuck: list[QuarantinedItem] = field(default_factory=list)
    decided: list[tuple[str, str, str, str]] = field(default_factory=list)

    def check(self) -> None:
        if self.broken:
            raise self.broken

    def close(self) -> None: ...

    def create_token(self, name: str, role: Role, expires_in: timedelta | None = None) -> tuple[str, Token]:
        secret = f"secret-{name}"
        now = datetime.now(UTC)
        token = Token(name=name, role=role, created_at=now, expires_at=now + expires_in if expires_in else None)
        self.held_tokens[secret] = token
        return secret, token

    def find_token(self, secret: str) -> Token | None:
        self.check()
        return self.held_tokens.get(secret)

    def tokens(self) -> tuple[Token, ...]:
        return tuple(self.held_tokens.values())

    def submit(self, submission: Submission) -> Receipt:
        self.check()
        kept = submission.idempotency and self.keys.get((submission.by.name, submission.idempotency.key))
        if kept and submission.idempotency:
            if kept[0] != submission.idempotency.digest:
                raise InvalidInput("This key came with another body.")
            return replace(kept[1], changed=False)
        receipt = self._write(submission)
        if submission.idempotency:
            self.keys[submission.by.name, submission.idempotency.key] = (submission.idempotency.digest, receipt)
        return receipt

    def submit_many(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        results: list[Receipt | Exception] = []
        for submission in submissions:
            try:
                results.append(self.submit(submission))
            except Permanent as wrong:
                results.append(wrong)
        return results

    def _write(self, new: Submission) -> Receipt:
        item_id = new.item_id
        external = (new.kind, new.external_source or f"token {new.by.name}", new.external_id)
        if new.external_id and external in self.externals:
            item_id, digest = self.externals[external]
            if digest == new.external_digest:
                return self._receipt(self.held[item_id], changed=False)
            new = self._following(new, self.held[item_id])
        item_id = item_id or hashlib.sha256(str(len(self.held)).encode()).hexdigest()[:26]
        before = self.held.get(item_id)
        if before and before.newest.action == "withdraw" and (new.kind != "term" or new.action == "withdraw"):
            raise Conflict("It was withdrawn.")
        if before and new.by.role == "reporter" and before.owner != new.by.name:
            raise NotAllowed("This is another reporter's.")
        if before and new.item_id is not None:
            self._check_revision(new, before)
        self.held[item_id] = self._revised(item_id, before, new)
        if new.external_id:
            self.externals[external] = (item_id, new.external_digest)
        for term in new.new_terms:
            self.held.setdefault(term.key, self._section(term.key, term.label, new.by))
        return self._receipt(self.held[item_id])

    @staticmethod
    def _following(new: Submission, item: Item) -> Submission:
        if new.following is None or item.newest.payload is None:
            return new
        published = item.published_revision is not None
        earlier = Earlier(payload=item.newest.payload, embargo_until=item.embargo_until, published=published)
        return replace(new, payload=new.following(earlier))

    @staticmethod
    def _check_revision(new: Submission, item: Item) -> None:
        if new.if_match is None:
            raise RevisionRequired("Which revision?")
        if new.if_match != item.newest_revision:
            raise StaleRevision("There is a newer one.")

    @staticmethod
    def _revised(item_id: str, before: Item | None, new: Submission) -> Item:
        hold = new.embargo_until or (before.embargo_until if before and new.keep_embargo else None)
        held = hold is not None and hold > datetime.now(UTC)
        revision = Revision(
            revision=before.newest_revision + 1 if before else 1,
            action=new.action,
            state="held" if held else "accepted",
            received_at=datetime.now(UTC),
            by=new.by.name,
            note=new.note,
            payload=None if new.action == "withdraw" else new.payload,
        )
        earlier = before.revisions if before else ()
        return Item(
            id=item_id,
            kind=new.kind,
            owner=before.owner if before else new.by.name,
            label=new.label,
            section=new.section,
            newest_revision=revision.revision,
            published_revision=before.published_revision if before else None,
            embargo_until=hold,
            editor_tags=before.editor_tags if before else EditorTags(),
            revisions=(*earlier, revision),
        )

    def _section(self, key: str, label: str, by: Token) -> Item:
        return self._revised(key, None, Submission(kind="term", payload={"schema": 1}, by=by, label=label))

    @staticmethod
    def _receipt(item: Item, changed: bool = True) -> Receipt:
        newest = item.newest
        return Receipt(id=item.id, kind=item.kind, revision=newest.revision, state=newest.state,
                       received_at=newest.received_at, changed=changed)  # fmt: skip

    def set_editor_tags(self, item_id: str, add: Sequence[TagRef], remove: Sequence[TagRef], by: Token) -> Item:
        item = self.item("story", item_id)
        if item.newest.action == "withdraw":
            raise Conflict("It was withdrawn.")
        self.held[item_id] = replace(item, editor_tags=EditorTags(added=tuple(add), removed=tuple(remove)))
        return self.held[item_id]

    def item(self, kind: str, item_id: str, *, payloads: str = "newest") -> Item:
        self.check()
        found = self.held.get(item_id)
        if found is None or found.kind != kind:
            raise NotFound(f"There is no such {kind}.")
        return found

    def items(
        self, kind: str, *, owner: str | None = None, state: str | None = None, query: str = "",
        limit: int = 20, cursor: str | None = None,
    ) -> Page:  # fmt: skip
        self.check()
        found = [
            item
            for item in reversed(self.held.values())
            if item.kind == kind
            and owner in (None, item.owner)
            and state in (None, item.newest.state)
            and query.casefold() in item.label.casefold()
        ]
        start = int(cursor or 0)
        more = str(start + limit) if len(found) > start + limit else None
        return Page(items=tuple(self._summary(item) for item in found[start : start + limit]), next=more)

    @staticmethod
    def _summary(item: Item) -> ItemSummary:
        newest = item.newest
        return ItemSummary(
            id=item.id, kind=item.kind, label=item.label, section=item.section, owner=item.owner,
            revision=newest.revision, state=newest.state, received_at=newest.received_at,
            indexed_at=newest.indexed_at, embargo_until=item.embargo_until,
        )  # fmt: skip

    def quarantine(self, *, limit: int = 100, cursor: str | None = None) -> tuple[QuarantinedItem, ...]:
        return tuple(self.stuck[:limit])

    def requeue(self, item_id: str, by: Token) -> None:
        self._unstick(item_id)

    def discard(self, item_id: str, by: Token) -> None:
        self._unstick(item_id)

    def _unstick(self, item_id: str) -> None:
        if item_id not in {one.id for one in self.stuck}:
            raise NotFound("It is not in quarantine.")
        self.stuck = [one for one in self.stuck if one.id != item_id]

    def vocabulary_number(self) -> int:
        return 0

    def term_changes(self) -> tuple[Any, ...]:
        return ()

    def proposals(self, *, status: str = "proposed", type: str = "", query: str = "") -> tuple[Proposal, ...]:
        found = (one for one in self.waiting if one.status == status and type in ("", one.type))
        return tuple(one for one in found if query.casefold() in one.label.casefold())

    def decide_proposal(self, type: str, slug: str, status: Any, by: Token, *, merged_into: str = "") -> None:
        self.decided.append((type, slug, status, merged_into))
        self.waiting = [
            replace(one, status=status, merged_into=merged_into) if (one.type, one.slug) == (type, slug) else one
            for one in self.waiting
        ]

    def metrics(self) -> LedgerMetrics:
        self.check()
        return LedgerMetrics(
            revisions={"accepted": len(self.held)},
            due={Lane.LIVE: len(self.held)},
            oldest_pending_seconds=1.5,
            outcomes={("index", "indexed"): 3},
            latency_buckets={0.5: 2, 1.0: 3},
            latency_sum=1.25,
            latency_count=3,
            quarantined=len(self.stuck),
        )


@dataclass
class CountingWakeUp:
    """Remembers which lanes were woken."""

    woken: list[Lane] = field(default_factory=list)

    def wake(self, lane: Lane) -> None:
        self.woken.append(lane)

    def close(self) -> None: ...
