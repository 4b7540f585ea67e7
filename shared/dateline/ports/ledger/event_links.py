"""Links between stories and events: what they are made from, an editor's word, and mentions that are looked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from dateline.domain.document import Kind
from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.tokens import Token

LinkReason = Literal["proposal", "mention", "editor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLink:
    """A story and an event that belong together; the labels are their newest headline and title.

    ``by`` is who made it, "" where the event's title stands in the story.
    """

    story_id: str
    event_id: str
    why: LinkReason
    made: datetime
    by: str
    story_label: str
    event_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """What readers get of a story or event; ``payload`` is None of one that was withdrawn or erased. ``places`` are the
    slugs of its tags."""

    item_id: str
    kind: Kind
    payload: Payload | None
    seq: int = 0
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsToRead:
    """The next texts in which events are looked for, and events that are looked for; ``seen`` is how far the change
    sequence is looked through with them."""

    texts: Sequence[PublicText]
    seen: int
    before: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do, not even to note."""
        return not self.texts and self.seen == self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The events that a story mentions, ``among`` those that were looked for; None: among all."""

    story_id: str
    event_ids: frozenset[str]
    among: frozenset[str] | None = None


class EventLinks(Protocol):
    """Which stories and events belong together. A link is public where both are."""

    def events_of_story(self, story_id: str) -> Sequence[EventLink]:
        """The events of a story, first those that were linked first."""
        ...

    def stories_of_event(self, event_id: str, *, limit: int = 100) -> Sequence[EventLink]:
        """The stories of an event, newest first."""
        ...

    def link_event(self, story_id: str, event_id: str, by: Token) -> EventLink:
        """Link a story and an event by an editor's word. ``NotFound`` for what is not there; ``Conflict`` for a
        withdrawn one."""
        ...

    def unlink_event(self, story_id: str, event_id: str, by: Token) -> None:
        """Part a story and an event; a mention links them no more. ``NotFound`` when they aren't linked."""
        ...

    def texts_to_read(self, *, limit: int) -> TextsToRead:
        """What became public since mentions were looked for last, withdrawals too. Nothing while stories wait to be
        indexed: they come first."""
        ...

    def changed_events(self, *, after: int, limit: int) -> Sequence[PublicText]:
        """The events that changed for readers after a number of the change sequence, in its order."""
        ...

    def public_stories(self, item_ids: Collection[str]) -> Sequence[PublicText]:
        """What readers get of these stories; of those that are public."""
        ...

    def stories_mentioning(self, event_id: str, *, limit: int = 500) -> Sequence[str]:
        """The stories that a mention links with an event."""
        ...

    def record_mentions(self, found: Sequence[Mentions], *, seen: int) -> Sequence[str]:
        """Put on record which events stories mention, and let go of mentions that are no more; an editor's word stays.

        Returns the stories whose links changed: they are due in the retag lane.
        """
        ...
