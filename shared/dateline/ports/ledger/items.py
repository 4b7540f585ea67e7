"""Items and their revisions, as they are read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, Protocol, get_args

from dateline.domain.document import ItemKind
from dateline.domain.tag import EditorTags
from dateline.ports.ledger.tokens import Token

State = Literal["accepted", "held", "indexed", "superseded", "quarantined", "discarded", "withdrawn"]
Action = Literal["submit", "correct", "withdraw", "restore"]

CorrectionKind = Literal["", "minor", "correction", "update"]
"""What readers are told of a correction: of a ``minor`` one nothing; "" where nobody said, which tells them."""
CORRECTION_KINDS: Final[tuple[CorrectionKind, ...]] = ("minor", "correction", "update")

DiffState = Literal["shown", "hidden", "removed"]
"""What readers see of a correction's difference: ``removed`` is for legal reasons, and for good."""

UsedField = Literal["byline", "place"]
"""What stories have that others are likely to have too."""

DIFF_STATES: Final[tuple[DiffState, ...]] = get_args(DiffState)
"""In their order: what comes later hides more."""

WhichPayloads = Literal["newest", "all"] | tuple[int, ...]
"""Of which revisions an item is read with what they say: some are named by their numbers."""

Payload = Mapping[str, Any]
"""A JSON object with ``schema``; the ledger keeps it and looks at nothing in it."""


WITHHELD_UNTIL: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""The embargo of what is held until somebody lifts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision; ``payload`` is None for most tombstones and after an erasure, and where it wasn't asked for."""

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
    diff_state: DiffState = "shown"
    correction: CorrectionKind = ""


def owns(by: Token, owner: str, owner_id: str | None) -> bool:
    """Whether an item of that owner is ``by``'s. Without an id, which a process of the version before writes, the name
    decides until it is given to another."""
    return owner == by.name if owner_id is None else owner_id == by.id != ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item with its revisions, oldest first; only the newest one carries its payload unless all were asked for.

    ``owner`` is a name to be shown; ``owner_id`` says whose it is.
    """

    id: str
    kind: ItemKind
    owner: str
    label: str
    section: str
    newest_revision: int
    published_revision: int | None
    embargo_until: datetime | None
    editor_tags: EditorTags
    revisions: tuple[Revision, ...]
    owner_id: str | None = None

    def belongs_to(self, by: Token) -> bool:
        """Whether it is ``by``'s own."""
        return owns(by, self.owner, self.owner_id)

    @property
    def newest(self) -> Revision:
        """The newest revision."""
        return self.revisions[-1]

    @property
    def withheld(self) -> bool:
        """Whether it is held until somebody lifts that."""
        return self.embargo_until == WITHHELD_UNTIL


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSummary:
    """A line of the desk's list."""

    id: str
    kind: ItemKind
    label: str
    section: str
    owner: str
    revision: int
    state: State
    received_at: datetime
    indexed_at: datetime | None
    error: str = ""
    embargo_until: datetime | None = None

    @property
    def withheld(self) -> bool:
        """Whether it is held until somebody lifts that."""
        return self.embargo_until == WITHHELD_UNTIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, newest first; ``next`` is the opaque cursor of the following page."""

    items: tuple[ItemSummary, ...]
    next: str | None = None


class Items(Protocol):
    """Reading one item, and the desk's list."""

    def item(self, kind: ItemKind, item_id: str, *, payloads: WhichPayloads = "newest") -> Item:
        """One item. ``NotFound``."""
        ...

    def newest_revisions(self, kind: ItemKind, item_id: str, *, limit: int) -> tuple[Revision, ...]:
        """The newest revisions of an item with what they say, the newest first; () for one that isn't on record."""
        ...

    def item_of_source(self, kind: ItemKind, source: str, external_id: str) -> Item | None:
        """The item that came under an external id of a source; None when there is none."""
        ...

    def ids_of_source(self, kind: ItemKind, source: str, containing: str) -> Mapping[str, str]:
        """The external ids of a source that contain a text, each with its item's id."""
        ...

    def live_ids_of_owner(self, kind: ItemKind, source: str, owner: Token) -> Mapping[str, str]:
        """The external ids of a source under which ``owner`` has items that aren't withdrawn, each with its item."""
        ...

    def newest_payloads(self, item_ids: Collection[str]) -> list[Payload]:
        """What the newest revisions of these items say, in the order of their ids; of those that say something."""
        ...

    def used_values(self, field: UsedField) -> tuple[str, ...]:
        """What the newest 500 stories that readers can see have in a field, what most have first; up to 50."""
        ...

    def items(
        self,
        kind: ItemKind,
        *,
        owner: Token | None = None,
        state: State | None = None,
        query: str = "",
        limit: int = 20,
        cursor: str | None = None,
    ) -> Page:
        """The desk's list, newest first; ``query`` is matched in labels, case-insensitively."""
        ...
