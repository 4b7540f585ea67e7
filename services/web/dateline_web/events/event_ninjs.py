"""Events and their occurrences as ninjs."""

from __future__ import annotations

from typing import Any, Final

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.formats.ninjs.events.writer import EventNames, write_ninjs_event
from dateline_web.context import web
from dateline_web.events.timetable import EventLine, EventListing
from dateline_web.identifiers import entry_id, time_id
from dateline_web.next_page import next_url
from dateline_web.pictures.outward import for_feeds
from dateline_web.urls import absolute, event_path

NINJS: Final = "application/ninjs+json"
NINJS_TOO: Final[dict[str, Any]] = {
    "responses": {200: {"content": {NINJS: {"schema": {"type": "object", "description": "IPTC ninjs 3.1"}}}}}
}


def event_ninjs(event: EventDocument) -> dict[str, Any]:
    """An event at its first time, with how it recurs."""
    assert event.start is not None
    names = EventNames(uri=entry_id(event), address=absolute(event_path(event)), base_url=absolute(""))
    return write_ninjs_event(
        for_feeds(event), Occurrence(start=event.start, end=event.end), names, web().settings.timezone
    )


def events_ninjs(listing: EventListing) -> dict[str, Any]:
    """A page of occurrences, each an object of its own; of a series each names that."""
    return {"items": [_line_ninjs(line) for line in listing.lines], "next": next_url(listing.next)}


def _line_ninjs(line: EventLine) -> dict[str, Any]:
    series = entry_id(line.event) if line.is_recurring else ""
    uri = time_id(line.event, line.at) if series else entry_id(line.event)
    names = EventNames(uri=uri, address=absolute(line.path), base_url=absolute(""), series=series)
    return write_ninjs_event(for_feeds(line.event), line.occurrence, names, web().settings.timezone)
