"""The desk's list of events: every event's newest revision, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dateline.ports.ledger.items import Action, Payload, State


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event and its newest revision; ``text_revision`` is the newest that says something: a tombstone doesn't."""

    id: str
    revision: int
    text_revision: int
    action: Action
    state: State
    label: str
    section: str
    owner: str
    by: str
    received_at: datetime
    is_public: bool
    erased: bool


class EventList(Protocol):
    """All events, for who lists them by day, place or category: the ledger keeps none of that apart."""

    def event_rows(self) -> tuple[EventRow, ...]:
        """Every event, those made last first."""
        ...

    def event_payloads(self, texts: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], Payload]:
        """What these revisions of events say, by id and revision; nothing of one that was erased."""
        ...
