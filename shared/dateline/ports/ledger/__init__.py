"""The ledger: the record of every revision, for ever, and of what is due to be indexed.

One item (story, event, term) has immutable revisions. A write makes the item due; a worker claims due items under a
lease, publishes them and marks the claim. A claim's number is the item's fencing token and the version of its
document, so a worker that was paused can't overwrite what a later claim wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Literal, Protocol

from dateline.domain.document import Kind
from dateline.domain.tag import TagRef
from dateline.ports.ledger.items import (
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
)
from dateline.ports.wakeup import Lane


class Ledger(Protocol):
    """The record. Every method is one transaction or less; all raise ``LedgerUnavailable`` when it can't be reached.

    Times are the database's own clock.
    """

    # --- life ---
    def migrate(self) -> None:
        """Bring the tables to this code's shape (Alembic); safe to call again."""
        ...

    def check(self) -> None:
        """Return when the ledger can be read and its tables fit; raise ``LedgerUnavailable`` with the reason."""
        ...

    def close(self) -> None:
        """End all connections."""
        ...

    # --- who ---
    def create_token(self, name: str, role: Role, expires_in: timedelta | None = None) -> tuple[str, Token]:
        """A new 256-bit token, shown this once, and its record. ``Conflict`` when a live token has the name."""
        ...

    def find_token(self, secret: str) -> Token | None:
        """The live token of this secret; None when unknown, expired or revoked."""
        ...

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, newest first."""
        ...

    def revoke_token(self, name: str) -> None:
        """End a token. ``NotFound`` when no live token has the name."""
        ...

    # --- writing ---
    def submit(self, submission: Submission) -> Receipt:
        """Put one revision on record and make it due; on disk when this returns.

        Raises ``InvalidInput`` (same idempotency key, another body), ``NotFound``, ``NotAllowed`` (another reporter's
        item), ``StaleRevision``, ``RevisionRequired``, ``Conflict`` (withdrawn).
        """
        ...

    def submit_many(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        """The same for up to 500 in one transaction: each gets its receipt or its own ``Permanent`` error."""
        ...

    def set_editor_tags(self, item_id: str, add: Sequence[TagRef], remove: Sequence[TagRef], by: Token) -> Item:
        """An editor's word on an item's tags: adding undoes an earlier removal and the other way round.

        Raises ``NotFound``, ``Conflict`` (withdrawn).
        """
        ...

    def erase(self, item_id: str, reason: str, by: Token) -> int:
        """Take out the payloads of all revisions for good; who, when and why stays. Makes a tombstone due.

        Returns how many payloads went. ``NotFound``.
        """
        ...

    # --- reading ---
    def item(self, kind: Kind, item_id: str, *, payloads: Literal["newest", "all"] = "newest") -> Item:
        """One item. ``NotFound``."""
        ...

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
        """The desk's list, newest first; ``query`` is matched in labels, case-insensitively."""
        ...

    def export(self) -> Iterator[Mapping[str, Any]]:
        """Every item with every revision as JSON-ready dicts, oldest first, reading a page at a time."""
        ...

    def restore(self, lines: Iterator[Mapping[str, Any]]) -> int:
        """Read what ``export`` wrote into an empty ledger; ``Conflict`` when it isn't. Returns how many items."""
        ...

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
        """Take up to ``limit`` due items, by lane and then by age, under a lease; () when nothing is due.

        An item that was in a lost batch comes alone. A held revision whose embargo is over counts as newest.
        """
        ...

    def mark(self, outcomes: Sequence[Outcome]) -> int:
        """Record what became of claims; only where the claim is still the item's newest. Returns how many held.

        Also counts the outcomes and the submit-to-searchable times, in the same transaction.
        """
        ...

    def sweep(self) -> SweepReport:
        """Make items with a lost lease due again; one that lost three leases alone goes to quarantine. Old
        idempotency keys go."""
        ...

    # --- quarantine ---
    def quarantine(self, *, limit: int = 100, cursor: str | None = None) -> tuple[QuarantinedItem, ...]:
        """What could not be indexed, newest first."""
        ...

    def requeue(self, item_id: str, by: Token) -> None:
        """Make a quarantined item due again. ``NotFound``."""
        ...

    def discard(self, item_id: str, by: Token) -> None:
        """Give up on a quarantined revision; an older published one stays. ``NotFound``."""
        ...

    # --- vocabulary ---
    def vocabulary_number(self) -> int:
        """Grows with every accepted change of a term; cheap."""
        ...

    def term_changes(self) -> tuple[TermChange, ...]:
        """The editors' layer, whole."""
        ...

    def propose_terms(self, found: Sequence[tuple[str, str, str, str]]) -> None:
        """Record unknown names: (type, slug, label, item id). Rejected and merged ones are left as they are."""
        ...

    def proposals(self, *, status: str = "proposed", type: str = "", query: str = "") -> tuple[Proposal, ...]:
        """Proposed (or rejected …) names, most mentioned first."""
        ...

    def decide_proposal(self, type: str, slug: str, status: str, by: Token, *, merged_into: str = "") -> None:
        """Accept, reject or merge a proposal. ``NotFound``."""
        ...

    # --- retag: a change of a term touches the stories that carry it or name it ---
    def next_retag(self, *, quiet: timedelta) -> RetagJob | None:
        """The running retag, or a new one over all term changes of which the last is older than ``quiet``."""
        ...

    def make_due(self, item_ids: Sequence[str], lane: Lane) -> int:
        """Make published items due again without a new revision. Returns how many were."""
        ...

    def advance_retag(self, job: RetagJob, *, cursor: str, touched: int, done: bool) -> None:
        """Keep how far a retag came; ``touched`` is the number of all items it made due so far."""
        ...

    # --- reindex: fill a new generation while stories arrive ---
    def hold(self, what: str) -> AbstractContextManager[None]:
        """Do ``what`` alone while the block runs: ``Conflict`` when another process does. One that dies lets go."""
        ...

    def open_reindex(self, generation: str) -> None:
        """Say that every batch also writes to the next generation. ``Conflict`` when one is open."""
        ...

    def open_generation(self) -> str | None:
        """The name of the generation that is being filled, if any."""
        ...

    def close_reindex(self) -> None:
        """Say that the reindex is over."""
        ...

    def published(self, *, kind: Kind, after: str = "", limit: int = 500) -> tuple[Claimed, ...]:
        """Every item that readers may see (tombstones too) in id order, as a claim would give it, with its present
        claim number; nothing is claimed."""
        ...

    # --- figures ---
    def figures(self) -> Figures:
        """The newsroom in numbers."""
        ...
