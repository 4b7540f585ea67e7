"""What is written to the ledger, read from it, and claimed: the words in which services and ledgers speak."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from dateline.domain.document import Kind
from dateline.domain.tag import EditorTags
from dateline.domain.term import Term
from dateline.ports.wakeup import Lane

Role = Literal["reporter", "editor", "ops"]
State = Literal["accepted", "held", "indexed", "superseded", "quarantined", "discarded", "withdrawn"]
Action = Literal["submit", "correct", "withdraw"]

Payload = Mapping[str, Any]
"""A JSON object with ``schema``; the ledger keeps it and looks at nothing in it."""


# --- who ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as the ledger knows it: only the SHA-256 of the token itself is kept."""

    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


# --- writing -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Idempotency:
    """A client's key for one submission, per token, and the digest of the body (of its parsed JSON)."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a revision follows: the newest payload, what holds it, and whether readers ever saw the item."""

    payload: Payload
    embargo_until: datetime | None = None
    published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One write: a new item (``item_id`` None), or a revision of one.

    ``if_match`` is the revision the writer started from; None for a new item, and for one found by its external id.
    ``external_id`` is unique by (kind, source, external_id), without a source by (kind, token, external_id);
    ``external_digest`` is compared with the last one that came under it, so that a re-poll changes nothing.
    ``following`` gives the payload instead where the external id was seen before, since what a writer left out may
    stay as it was; it is called within the transaction.
    ``embargo_until``: the time until which the revision is held; ``keep_embargo`` says a correction named none, so
    what holds the item now goes on holding it.
    ``label`` is what lists show (the headline, title or label), ``section`` what they filter by.
    """

    kind: Kind
    payload: Payload
    by: Token
    action: Action = "submit"
    item_id: str | None = None
    if_match: int | None = None
    lane: Lane = Lane.LIVE
    label: str = ""
    section: str = ""
    note: str = ""
    external_source: str = ""
    external_id: str = ""
    external_digest: str = ""
    following: Callable[[Earlier], Payload] | None = None
    embargo_until: datetime | None = None
    keep_embargo: bool = False
    idempotency: Idempotency | None = None
    new_terms: tuple[Term, ...] = ()
    """Terms made in the same transaction where the ledger has none of that key (a section seen first)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the writer gets: the item, its revision, and where it stands. ``changed`` is False when it was a repeat."""

    id: str
    kind: Kind
    revision: int
    state: State
    received_at: datetime
    changed: bool = True


# --- reading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision; ``payload`` is None for a tombstone and after an erasure, and where it wasn't asked for."""

    revision: int
    action: Action
    state: State
    received_at: datetime
    by: str
    note: str = ""
    payload: Payload | None = None
    indexed_at: datetime | None = None
    attempts: int = 0
    stage: str = ""
    error: str = ""
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item with its revisions, oldest first; only the newest one carries its payload unless all were asked for."""

    id: str
    kind: Kind
    owner: str
    label: str
    section: str
    newest_revision: int
    published_revision: int | None
    embargo_until: datetime | None
    editor_tags: EditorTags
    revisions: tuple[Revision, ...]
    external_source: str = ""
    external_id: str = ""

    @property
    def newest(self) -> Revision:
        """The newest revision."""
        return self.revisions[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSummary:
    """A line of the desk's list."""

    id: str
    kind: Kind
    label: str
    section: str
    owner: str
    revision: int
    state: State
    received_at: datetime
    indexed_at: datetime | None
    error: str = ""
    embargo_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, newest first; ``next`` is the opaque cursor of the following page."""

    items: tuple[ItemSummary, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedItem:
    """What could not be indexed, at which stage, why, after how many attempts, since when."""

    id: str
    kind: Kind
    revision: int
    label: str
    stage: str
    reason: str
    attempts: int
    at: datetime


# --- claiming ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One claimed item: what to publish, and all that its document needs.

    ``publish`` is the revision readers should see now: the newest, or while that is held the one published before it;
    None when nothing may be public yet (a retag or tag change of a held story: there is nothing to write).
    ``history`` are the revisions that were public before it, oldest first, with payloads (for the corrections).
    ``version`` is the claim number.
    """

    item_id: str
    kind: Kind
    version: int
    owner: str
    publish: Revision | None
    history: tuple[Revision, ...] = ()
    editor_tags: EditorTags = field(default_factory=EditorTags)
    lane: Lane = Lane.LIVE
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The document of this claim stands in the index (or a newer one does: 409)."""

    claimed: Claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """This item can't be indexed as it is: never, until somebody requeues it."""

    claimed: Claimed
    stage: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Not now: due again after ``delay``. No attempt is counted against the item when ``counted`` is False."""

    claimed: Claimed
    delay: timedelta
    stage: str
    reason: str
    counted: bool = True


Outcome = Indexed | Quarantine | Later


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An unknown name the tagger found, for an editor to accept, merge or reject; ``count`` stories mention it."""

    type: str
    slug: str
    label: str
    status: Literal["proposed", "rejected", "accepted", "merged"]
    count: int
    first_item: str
    at: datetime
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """One row of the editors' layer over the shipped vocabulary: a term, or its removal (``term`` None)."""

    key: str
    term: Term | None
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepReport:
    """What a sweep found: leases that were lost, items due per lane, embargoes that came due."""

    lost_leases: int
    due: Mapping[Lane, int]
    quarantined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The newsroom in numbers, computed from the ledger: for ``dateline status`` and ``/metrics``.

    ``latency_buckets`` are cumulative counts by upper bound in seconds (submit to searchable), with sum and count.
    """

    revisions: Mapping[str, int]
    due: Mapping[Lane, int]
    oldest_pending_seconds: float
    outcomes: Mapping[tuple[str, str], int]
    latency_buckets: Mapping[float, int]
    latency_sum: float
    latency_count: int
    quarantined: int
    retag_pending: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RetagJob:
    """A running retag: the term keys that changed, and how far it came."""

    id: int
    keys: tuple[str, ...]
    names: tuple[str, ...]
    cursor: str
    touched: int
