"""The adapter: ``ports.ledger.Ledger`` on SQLite and PostgreSQL, put together from its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Final, Literal

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from dateline.adapters.ledger import (
    claiming,
    exporting,
    holding,
    marking,
    migrating,
    reading,
    tending,
    tokens,
    vocabulary,
)
from dateline.adapters.ledger.engine import forget, now, serialize
from dateline.adapters.ledger.engine import reading as read_transaction
from dateline.adapters.ledger.engine import writing as write_transaction
from dateline.adapters.ledger.submitting import submit_all
from dateline.adapters.ledger.tables import items
from dateline.domain.document import Kind
from dateline.domain.tag import TagRef
from dateline.errors import Conflict, LedgerUnavailable
from dateline.ports.records import (
    Claimed,
    Figures,
    Item,
    Outcome,
    Page,
    Proposal,
    QuarantinedItem,
    Receipt,
    RetagJob,
    Role,
    State,
    Submission,
    SweepReport,
    TermChange,
    Token,
)  # fmt: skip
from dateline.ports.wakeup import Lane

RACES: Final = 3
"""How often a batch is tried again when another process put the same external id or key on record first."""


class SqlLedger:
    """The record in one database. Safe for threads, and across a fork."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- life ---
    def migrate(self) -> None:
        migrating.migrate(self._engine)

    def check(self) -> None:
        with read_transaction(self._engine) as connection:
            migrating.check(connection)

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
            kind: Any = tending.set_tags(connection, item_id, add, remove, by)
            return reading.read_item(connection, kind, item_id, "newest")

    def erase(self, item_id: str, reason: str, by: Token) -> int:
        with write_transaction(self._engine) as connection:
            gone = tending.erase(connection, item_id, reason, by)
        forget(self._engine)
        return gone

    # --- reading ---
    def item(self, kind: Kind, item_id: str, *, payloads: Literal["newest", "all"] = "newest") -> Item:
        with read_transaction(self._engine) as connection:
            return reading.read_item(connection, kind, item_id, payloads)

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
            return reading.listed(connection, kind, owner=owner, state=state, query=query, limit=limit, cursor=cursor)

    def export(self) -> Iterator[Mapping[str, Any]]:
        return exporting.export(self._engine)

    def restore(self, lines: Iterator[Mapping[str, Any]]) -> int:
        with write_transaction(self._engine) as connection:
            return exporting.restore(connection, lines)

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
            return claiming.claim(connection, worker, lease, limit, max_bytes, oldest_of_any_lane)

    def mark(self, outcomes: Sequence[Outcome]) -> int:
        with write_transaction(self._engine) as connection:
            return marking.mark(connection, outcomes)

    def sweep(self) -> SweepReport:
        with write_transaction(self._engine) as connection:
            return claiming.sweep(connection)

    # --- quarantine ---
    def quarantine(self, *, limit: int = 100, cursor: str | None = None) -> tuple[QuarantinedItem, ...]:
        with read_transaction(self._engine) as connection:
            return reading.quarantined(connection, limit, cursor)

    def requeue(self, item_id: str, by: Token) -> None:
        with write_transaction(self._engine) as connection:
            tending.requeue(connection, item_id, by)

    def discard(self, item_id: str, by: Token) -> None:
        with write_transaction(self._engine) as connection:
            tending.discard(connection, item_id, by)

    # --- vocabulary ---
    def vocabulary_number(self) -> int:
        with read_transaction(self._engine) as connection:
            return vocabulary.vocabulary_number(connection)

    def term_changes(self) -> tuple[TermChange, ...]:
        with read_transaction(self._engine) as connection:
            return vocabulary.term_changes(connection)

    def propose_terms(self, found: Sequence[tuple[str, str, str, str]]) -> None:
        with write_transaction(self._engine) as connection:
            vocabulary.propose(connection, found)

    def proposals(self, *, status: str = "proposed", type: str = "", query: str = "") -> tuple[Proposal, ...]:
        with read_transaction(self._engine) as connection:
            return vocabulary.listed_proposals(connection, status, type, query)

    def decide_proposal(self, type: str, slug: str, status: str, by: Token, *, merged_into: str = "") -> None:
        with write_transaction(self._engine) as connection:
            vocabulary.decide(connection, type, slug, status, by, merged_into)

    # --- retag ---
    def next_retag(self, *, quiet: timedelta) -> RetagJob | None:
        with write_transaction(self._engine) as connection:
            return vocabulary.next_retag(connection, quiet)

    def make_due(self, item_ids: Sequence[str], lane: Lane) -> int:
        with write_transaction(self._engine) as connection:
            return tending.make_due(connection, item_ids, lane)

    def advance_retag(self, job: RetagJob, *, cursor: str, touched: int, done: bool) -> None:
        with write_transaction(self._engine) as connection:
            vocabulary.advance_retag(connection, job, cursor, touched, done)

    # --- reindex ---
    def hold(self, what: str) -> AbstractContextManager[None]:
        return holding.hold(self._engine, what)

    def open_reindex(self, generation: str) -> None:
        with write_transaction(self._engine) as connection:
            serialize(connection, vocabulary.GENERATION)
            if open_one := vocabulary.read_fact(connection, vocabulary.GENERATION):
                raise Conflict(f"a reindex into {open_one} is under way")
            vocabulary.keep_fact(connection, vocabulary.GENERATION, generation)

    def open_generation(self) -> str | None:
        with read_transaction(self._engine) as connection:
            return vocabulary.read_fact(connection, vocabulary.GENERATION) or None

    def close_reindex(self) -> None:
        with write_transaction(self._engine) as connection:
            vocabulary.keep_fact(connection, vocabulary.GENERATION, "")

    def published(self, *, kind: Kind, after: str = "", limit: int = 500) -> tuple[Claimed, ...]:
        page = (
            select(items)
            .where(items.c.kind == kind, items.c.id > after, items.c.published_revision.is_not(None))
            .order_by(items.c.id)
            .limit(limit)
        )
        with read_transaction(self._engine) as connection:
            return claiming.read_claims(connection, page, now(connection), published_only=True)

    # --- figures ---
    def figures(self) -> Figures:
        with read_transaction(self._engine) as connection:
            return reading.figures(connection)
