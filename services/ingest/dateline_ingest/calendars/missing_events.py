"""Events that a source had, and has no longer: they are withdrawn, and come back when it has them again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence import bounds
from dateline.formats.ics import IcsEvent
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.tokens import Token
from dateline_ingest.calendars.event_import import Imported
from dateline_ingest.event_versions import external_id
from dateline_ingest.intake import EVENT_SOURCE, content_of

MISSING: Final = "The calendar that this event came from no longer has it."


def missing_events(done: Sequence[Imported], ledger: Items, owner: Token, zone: ZoneInfo) -> list[IcsEvent]:
    """What ``owner`` has on record that isn't among what a file of its has, as ``lapsed``.

    Not what is over: many calendars drop that. Nothing where the file has no event at all, as one that broke, or a row
    that can't be read and may be any of them.
    """
    if not any(one.read.event for one in done) or any(not one.read.uid for one in done):
        return []
    recorded = ledger.live_ids_of_owner("event", EVENT_SOURCE, owner)
    gone = [item_id for name, item_id in recorded.items() if name not in set(_names(done))]
    events = [content_of(Event, payload) for payload in ledger.newest_payloads(gone)] if gone else []
    today = datetime.now(UTC).astimezone(zone).date()
    return [
        IcsEvent(uid=event.external_id, recurrence_id=event.recurrence_id, event=event, implied=True, lapsed=True)
        for event in events
        if event is not None and ((last := bounds(event, zone)[1]) is None or last >= today)
    ]


def _names(done: Sequence[Imported]) -> Iterable[str]:
    for one in done:
        yield f"{one.read.uid} {one.read.recurrence_id}".strip()
        if one.read.event is not None:
            yield external_id(one.read.event)
