"""Claiming what is due under a lease, and marking what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from dateline.domain.document import ItemKind
from dateline.domain.enrichment import Enrichment
from dateline.domain.picture import ReadyPicture
from dateline.domain.tag import EditorTags
from dateline.ports.ledger.items import Revision
from dateline.ports.wakeup import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """The passages in which a public revision differs from the public one ``before`` it; 0: it is the first."""

    before: int
    passages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One claimed item: what to publish, and all that its document needs.

    ``publish`` is the revision readers should see now: the newest, or while that is held the one published before it;
    None when nothing may be public yet (a retag or tag change of a held story: there is nothing to write).
    ``history`` are the newest ``MOST_HISTORY`` revisions that were public before it, oldest first; ``diffs`` what is on
    record of how each public one, ``publish`` too, differs from the one before. Payloads are there where a difference
    is missing.
    ``version`` is the claim number. ``published``: readers see the item already; a term, too, that something public
    uses since a moment ago. ``folded_into`` is the story that this one stands behind in readers' lists; ``also_from``
    are those that stand behind this one; ``event_ids`` the events that a story is linked with; ``pictures`` those that
    it shows and whose renditions are made, by their ids, or by their addresses where a source named those.
    ``gone_addresses`` are of pictures that were taken down.
    """

    item_id: str
    kind: ItemKind
    version: int
    owner: str
    publish: Revision | None
    history: tuple[Revision, ...] = ()
    diffs: Mapping[int, Diff] = field(default_factory=dict)
    editor_tags: EditorTags = field(default_factory=EditorTags)
    attempts: int = 0
    published: bool = False
    folded_into: str = ""
    also_from: tuple[str, ...] = ()
    event_ids: tuple[str, ...] = ()
    pictures: Mapping[str, ReadyPicture] = field(default_factory=dict)
    gone_addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """The document of this claim stands in the index (or a newer one does: 409).

    Not ``public``: all is done, and it is a term that nothing public uses: unlisted, or not for readers at all.
    ``enrichment``: what tagger and vocabulary added to the document; None of a term, and where there is no document.
    ``diffs`` were missing and are worked out now: they go on record, and are never made again.
    ``again_at``: when the document will be another one by itself, and is to be made again.
    """

    claimed: Claimed
    public: bool = True
    enrichment: Enrichment | None = None
    diffs: Mapping[int, Diff] = field(default_factory=dict)
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """This item can't be indexed as it is: never, until somebody requeues it. ``traceback`` says where the code was,
    of an error that nobody knows."""

    claimed: Claimed
    stage: str
    reason: str
    traceback: str = ""


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
class SweepReport:
    """What a sweep found: leases that were lost, and items due per lane. ``failed``: the items that the ledger would
    not let go of, each with its words."""

    lost_leases: int
    due: Mapping[Lane, int]
    quarantined: int
    failed: Mapping[str, str] = field(default_factory=dict)


MOST_HISTORY: Final = 100
"""Public revisions that are read with a claim, and so the corrections that readers are told of."""


LONG: Final = 100_000
"""Characters of a payload. A longer one waits in the bulk lane, however it came, and is claimed alone: a worker is at
it as long as at dozens of others."""

SLOW_LANES_BYTES: Final = 2_000_000
"""What a batch may have from the lanes behind the live one, so that who comes live meanwhile waits for that only."""


class Claims(Protocol):
    """The workers' queue. A claim is the fencing token: only its newest holder is heard."""

    def claim(
        self,
        *,
        worker: str,
        lease: timedelta,
        limit: int = 500,
        max_bytes: int = 5_000_000,
        oldest_of_any_lane: bool = False,
        suspect: bool = False,
    ) -> tuple[Claimed, ...]:
        """Take up to ``limit`` due items, by lane and then by age, under a lease; () when nothing is due.

        They have up to ``max_bytes``, of which the lanes behind the live one up to ``SLOW_LANES_BYTES``; one of more
        than ``LONG`` comes alone, however long it is. Where live ones have more, their writers take turns.
        An item that was in a lost batch isn't among them: it comes alone, to who asks for a ``suspect``. A held
        revision whose embargo is over counts as newest.
        """
        ...

    def mark(self, outcomes: Sequence[Outcome]) -> int:
        """Record what became of claims; only where the claim is still the item's newest. Returns how many held.

        Also counts the outcomes and the submit-to-searchable times, and numbers what readers get now in the change
        sequence, in the same transaction.
        """
        ...

    def sweep(self) -> SweepReport:
        """Make items with a lost lease due again, as suspects; one that lost three alone goes to quarantine. Old
        idempotency keys go.

        Nothing is written of an item that was marked or claimed since it was looked at, and one that can't be written
        keeps no other back.
        """
        ...
