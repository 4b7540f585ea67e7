"""The adapter: ``ports.ledger.Ledger`` on SQLite and PostgreSQL, put together from its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Final, Literal

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from dateline.adapters.ledger import backup, claims, tokens
from dateline.adapters.ledger import items as queries
from dateline.adapters.ledger.database import locks, migrate
from dateline.adapters.ledger.database.engine import forget, now, serialize
from dateline.adapters.ledger.database.engine import reading as read_transaction
from dateline.adapters.ledger.database.engine import writing as write_transaction
from dateline.adapters.ledger.database.tables import items
from dateline.adapters.ledger.outcomes import mark
from dateline.adapters.ledger.submissions import erasure as operations
from dateline.adapters.ledger.submissions.submit import submit_all
from dateline.adapters.ledger.vocabulary import proposals
from dateline.domain.document import Kind
from dateline.domain.tag import TagRef
from dateline.errors import Conflict, LedgerUnavailable
from dateline.ports.ledger.claims import Claimed, Outcome, SweepReport
from dateline.ports.ledger.items import Item, Page, State
from dateline.ports.ledger.metrics import LedgerMetrics
from dateline.ports.ledger.quarantine import QuarantinedItem
from dateline.ports.ledger.retag import RetagJob
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Role, Token
from dateline.ports.ledger.vocabulary import Proposal, TermChange
from dateline.ports.wakeup import Lane

RACES: Final = 3
"""How often a batch is tried again when another process put the same external id or key on record first."""


class SqlLedger:
    """The record in one database. Safe for threads, and across a fork."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- life ---
    def migrate(self) -> None:
        migrate.migrate(self._engine)

    def check(self) -> None:
        with read_transaction(self._engine) as connection:
            migrate.check(connection)

    def close(self) -> None:
        self._engine.dispose()

    # --- who ---
    def create_token(self, name: str, role: Role, expires_in: timedelta | None = None) -> tuple[str, Token]:
        with write_transaction(self._engine) as connection:
            return tokens.create(connection, name, role, expires_in)

    def find_token(self, secret: str) -> Token | None:
        with read_transaction(self._engine) as connection:
            return tokens.find(connection, secret)

    def tokens(self) -> tuple[Token, ...]:
        with read_transaction(self._engine) as connection:
            return tokens.listed(connection)

    def revoke_token(self, name: str) -> None:
        with write_transaction(self._engine) as connection:
            tokens.revoke(connection, name)

    # --- writing ---
    def submit(self, submission: Submission) -> Receipt:
        [answer] = self.submit_many([submission])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def submit_many(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        for _ in range(RACES):
            try:
                with write_transaction(self._engine) as connection:
                    return submit_all(connection, submissions)
            except IntegrityError as raced:
                reason = str(raced.orig)
        raise LedgerUnavailable(f"another writer was faster {RACES} times: {reason}")

    def set_editor_tags(self, item_id: str, add: Sequence[TagRef], remove: Sequence[TagRef], by: Token) -> Item:
        with write_transaction(self._engine) as connection:
            kind: Any = operations.set_tags(connection, item_id, add, remove, by)
            return queries.read_item(connection, kind, item_id, "newest")

    def erase(self, item_id: str, reason: str, by: Token) -> int:
        with write_transaction(self._engine) as connection:
            gone = operations.erase(connection, item_id, reason, by)
        forget(self._engine)
        return gone

    # --- reading ---
    def item(self, kind: Kind, item_id: str, *, payloads: Literal["newest", "all"] = "newest") -> Item:
        with read_transaction(self._engine) as connection:
            return queries.read_item(connection, kind, item_id, payloads)

    def items(
        self,
        kind: Kind,
        *,
        owner: str | None = None,
        state: State | None = None,
        query: str = "",
        limit: int = 20,
        cursor: str | None = None,
    ) -> Page:
        with read_transaction(self._engine) as connection:
            return queries.listed(connection, kind, owner=owner, state=state, query=query, limit=limit, cursor=cursor)

    def export(self) -> Iterator[Mapping[str, Any]]:
        return backup.export(self._engine)

    def restore(self, lines: Iterator[Mapping[str, Any]]) -> int:
        with write_transaction(self._engine) as connection:
            return backup.restore(connection, lines)

    # --- claiming ---
    def claim(
        self,
        *,
        worker: str,
        lease: timedelta,
        limit: int = 500,
        max_bytes: int = 5_000_000,
        oldest_of_any_lane: bool = False,
    ) -> tuple[Claimed, ...]:
        with write_transaction(self._engine) as connection:
            return claims.claim(connection, worker, lease, limit, max_bytes, oldest_of_any_lane)

    def mark(self, outcomes: Sequence[Outcome]) -> int:
        with write_transaction(self._engine) as connection:
            return mark(connection, outcomes)

    def sweep(self) -> SweepReport:
        with write_transaction(self._engine) as connection:
            return claims.sweep(connection)

    # --- quarantine ---
    def quarantine(self, *, limit: int = 100, cursor: str | None = None) -> tuple[QuarantinedItem, ...]:
        with read_transaction(self._engine) as connection:
            return queries.quarantined(connection, limit, cursor)

    def requeue(self, item_id: str, by: Token) -> None:
        with write_transaction(self._engine) as connection:
            operations.requeue(connection, item_id, by)

    def discard(self, item_id: str, by: Token) -> None:
        with write_transaction(self._engine) as connection:
            operations.discard(connection, item_id, by)

    # --- vocabulary ---
    def vocabulary_number(self) -> int:
        with read_transaction(self._engine) as connection:
            return proposals.vocabulary_number(connection)

    def term_changes(self) -> tuple[TermChange, ...]:
        with read_transaction(self._engine) as connection:
            return proposals.term_changes(connection)

    def propose_terms(self, found: Sequence[tuple[str, str, str, str]]) -> None:
        with write_transaction(self._engine) as connection:
            proposals.propose(connection, found)

    def proposals(self, *, status: str = "proposed", type: str = "", query: str = "") -> tuple[Proposal, ...]:
        with read_transaction(self._engine) as connection:
            return proposals.listed_proposals(connection, status, type, query)

    def decide_proposal(self, type: str, slug: str, status: str, by: Token, *, merged_into: str = "") -> None:
        with write_transaction(self._engine) as connection:
            proposals.decide(connection, type, slug, status, by, merged_into)

    # --- retag ---
    def next_retag(self, *, quiet: timedelta) -> RetagJob | None:
        with write_transaction(self._engine) as connection:
            return proposals.next_retag(connection, quiet)

    def make_due(self, item_ids: Sequence[str], lane: Lane) -> int:
        with write_transaction(self._engine) as connection:
            return operations.make_due(connection, item_ids, lane)

    def advance_retag(self, job: RetagJob, *, cursor: str, touched: int, done: bool) -> None:
        with write_transaction(self._engine) as connection:
            proposals.advance_retag(connection, job, cursor, touched, done)

    # --- reindex ---
    def exclusive_lock(self, name: str) -> AbstractContextManager[None]:
        return locks.exclusive_lock(self._engine, name)

    def open_reindex(self, generation: str) -> None:
        with write_transaction(self._engine) as connection:
            serialize(connection, proposals.GENERATION)
            if open_one := proposals.read_fact(connection, proposals.GENERATION):
                raise Conflict(f"a reindex into {open_one} is under way")
            proposals.keep_fact(connection, proposals.GENERATION, generation)

    def open_generation(self) -> str | None:
        with read_transaction(self._engine) as connection:
            return proposals.read_fact(connection, proposals.GENERATION) or None

    def close_reindex(self) -> None:
        with write_transaction(self._engine) as connection:
            proposals.keep_fact(connection, proposals.GENERATION, "")

    def published(self, *, kind: Kind, after: str = "", limit: int = 500) -> tuple[Claimed, ...]:
        page = (
            select(items)
            .where(items.c.kind == kind, items.c.id > after, items.c.published_revision.is_not(None))
            .order_by(items.c.id)
            .limit(limit)
        )
        with read_transaction(self._engine) as connection:
            return claims.read_claims(connection, page, now(connection), published_only=True)

    # --- metrics ---
    def metrics(self) -> LedgerMetrics:
        with read_transaction(self._engine) as connection:
            return queries.metrics(connection)
