"""Putting revisions on record: what a writer hands in, and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from dateline.domain.document import ItemKind
from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from dateline.ports.ledger.items import Action, CorrectionKind, DiffState, Item, Payload, State
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import ProposalDecision
from dateline.ports.wakeup import Lane

KEYS_KEPT: Final = timedelta(hours=48)
"""How long a repeat with the same key gets the first answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idempotency:
    """A client's key for one submission, per token, and the digest of the body (of its parsed JSON)."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a revision follows: the newest payload, what holds it, whether readers ever saw the item, and whether it is
    withdrawn (its payload then is the tombstone's, {} where that has none)."""

    payload: Payload
    embargo_until: datetime | None = None
    published: bool = False
    withdrawn: bool = False


Unchanged = Literal["older", "repeat"]
"""Why a submission makes no revision: a newer version is on record, or this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVersion:
    """A draft as somebody sends it: only this revision of it becomes an item. ``reviewed_for``: the section for whose
    rule the sender is the second pair of eyes."""

    id: str
    revision: int
    reviewed_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One write: a new item (``item_id`` None), or a revision of one.

    ``if_match`` is the revision the writer started from; None for a new item, and for one found by its external id.
    ``external_id`` is unique by (kind, source, external_id), without a source by (kind, token, external_id); it may
    also stand already under one of ``other_sources`` ('' for the token), where the writer may write that item.
    ``for_sources`` are those to which the external id belongs: each must be open to the writer.
    ``external_digest`` is compared with the last one that came under it, so that a re-poll changes nothing.
    ``following`` gives what is written instead where the external id was seen before, since what a writer left out may
    stay as it was; it is called within the transaction. For a version older than the one on record, or the same again,
    it says so: then nothing changes. ``after_withdrawal``: it decides on a withdrawn item too, which is a ``Conflict``
    otherwise.
    ``embargo_until``: the time until which the revision is held; ``keep_embargo`` says a correction named none, so
    what holds the item now goes on holding it. ``withheld``, a notice for readers, holds it until somebody lifts that,
    and takes off the site what they see.
    ``draft`` is what it was written as: the item is its owner's, and a repeat gets the first receipt.
    ``correction`` is what readers are told of it: a minor one that overtakes one which they weren't told of is no minor
    one. The action ``restore`` brings back what is withdrawn.
    ``label`` is what lists show (the headline, title or label), ``section`` what they filter by.
    """

    kind: ItemKind
    payload: Payload
    by: Token
    action: Action = "submit"
    item_id: str | None = None
    if_match: int | None = None
    lane: Lane = Lane.LIVE
    label: str = ""
    section: str = ""
    note: str = ""
    correction: CorrectionKind = ""
    external_source: str = ""
    external_id: str = ""
    other_sources: tuple[str, ...] = ()
    for_sources: tuple[str, ...] = ()
    external_digest: str = ""
    following: Callable[[Earlier], Submission | Unchanged] | None = None
    after_withdrawal: bool = False
    embargo_until: datetime | None = None
    keep_embargo: bool = False
    withheld: str = ""
    idempotency: Idempotency | None = None
    draft: DraftVersion | None = None
    new_terms: tuple[Term, ...] = ()
    """Terms made in the same transaction where the ledger has none of that key (a section seen first)."""
    retags: bool = True
    """Of a term: whether the stories that it touches come again. False where nothing of it stands in them that
    changed."""

    @property
    def waits_in(self) -> Lane:
        """The lane whose workers are to be woken: pictures have lanes of their own."""
        return self.lane.of_pictures() if self.kind == "image" else self.lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the writer gets: the item, its revision, and where it stands.

    ``changed`` is False when it was a repeat, or ``older``: a version that a newer one on record has overtaken.
    ``unchanged``: it is what came last under its external id.
    ``key_expires_at``: until when its idempotency key is kept, where it has one.
    """

    id: str
    kind: ItemKind
    revision: int
    state: State
    received_at: datetime
    changed: bool = True
    older: bool = False
    unchanged: bool = False
    key_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What was erased: the payloads of so many ``revisions``. ``may_be_indexed``: readers may see it until a worker has
    written the tombstone. ``exceptions`` are those of a series that were erased with it."""

    kind: ItemKind
    revisions: int
    may_be_indexed: bool
    exceptions: tuple[str, ...] = ()


class Submissions(Protocol):
    """Writing: submissions, an editor's tags and word on differences, and erasure."""

    def submit(self, submission: Submission) -> Receipt:
        """Put one revision on record and make it due; on disk when this returns.

        Raises ``InvalidInput`` (same idempotency key, another body), ``NotFound``, ``NotAllowed`` (another reporter's
        item), ``StaleRevision``, ``RevisionRequired``, ``Conflict`` (withdrawn).
        """
        ...

    def submit_many(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        """The same for up to 500 in one transaction: each gets its receipt or its own ``Permanent`` error."""
        ...

    def preview_many(self, submissions: Sequence[Submission]) -> list[Receipt | Exception]:
        """What ``submit_many`` would answer; nothing is written. The ids of what would be new are nobody's."""
        ...

    def submit_all(
        self, submissions: Sequence[Submission], *, decisions: Sequence[ProposalDecision] = (), by: Token
    ) -> tuple[Receipt, ...]:
        """All of them and the decisions on proposals in one transaction, or nothing: raises what refuses one."""
        ...

    def first_receipt(self, by: Token, idempotency: Idempotency) -> Receipt | None:
        """The receipt of the submission that came with this key; None where none did.

        Raises ``InvalidInput`` where another body came with it.
        """
        ...

    def set_editor_tags(self, item_id: str, add: Sequence[TagRef], remove: Sequence[TagRef], by: Token) -> Item:
        """An editor's word on an item's tags: adding undoes an earlier removal and the other way round.

        Raises ``NotFound``, ``Conflict`` (withdrawn).
        """
        ...

    def show_difference(self, story_id: str, revision: int, shown: DiffState, reason: str, by: Token) -> Item:
        """Say what readers see of the difference that a correction of a story made. It is not worked out again unless
        it is shown.

        Raises ``NotFound`` (no such story, or no correction), ``Conflict`` (it was removed, which is for good).
        """
        ...

    def erase(self, item_id: str, reason: str, by: Token) -> Erasure:
        """Take out the payloads of all revisions for good; who, when and why stays. Makes a tombstone due.

        No query finds the text any more; the database's files may hold it until ``expunge``. ``NotFound``.
        """
        ...

    def expunge(self) -> None:
        """Rewrite the database's files without what was erased; writers wait meanwhile.

        Raises ``LedgerUnavailable`` when a reader or writer doesn't let go in time.
        """
        ...
