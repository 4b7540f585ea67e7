"""Events and their occurrences as web's API says them: plain dicts, described by ``schemas.py``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dateline.domain.document import EventDocument, StoryDocument
from dateline.formats import public_json
from dateline_web.events.beside import coverage_json
from dateline_web.events.timetable import EventLine, EventListing, occurrence_key
from dateline_web.next_page import next_url
from dateline_web.pictures.outward import for_api
from dateline_web.urls import absolute, site


def events_json(listing: EventListing) -> dict[str, Any]:
    """A page of occurrences."""
    return {"items": [event_item(line) for line in listing.lines], "next": next_url(listing.next)}


def event_item(line: EventLine) -> dict[str, Any]:
    """An occurrence in a list."""
    return {
        "occurrence_id": f"{line.event.id}-{occurrence_key(line.occurrence.start)}",
        **public_json.event.event_item(for_api(line.event), line.occurrence, absolute(line.path), site()),
        "status": line.status,
        "moved_to": public_json.event.time_json(line.moved_to) if line.moved_to else None,
    }


def event_json(event: EventDocument, coming: Iterable[EventLine], coverage: Iterable[StoryDocument]) -> dict[str, Any]:
    """An event with all its parts. ``start`` and ``end`` are those of its first time."""
    return {
        **public_json.event.event_json(for_api(event), site()),
        "occurrences": [event_item(line) for line in coming],
        "coverage": coverage_json(coverage),
    }
