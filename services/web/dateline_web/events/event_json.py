"""Events and their occurrences as the JSON API says them: plain dicts, described by ``schemas.py``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.timestamps import day_or_rfc3339, rfc3339
from dateline_web.events.timetable import EventLine, EventListing, occurrence_key
from dateline_web.next_page import next_url
from dateline_web.stories.story_json import image_json
from dateline_web.tags import tags_json
from dateline_web.urls import absolute, event_path


def events_json(listing: EventListing) -> dict[str, Any]:
    """A page of occurrences."""
    return {"items": [event_item(line) for line in listing.lines], "next": next_url(listing.next)}


def event_item(line: EventLine) -> dict[str, Any]:
    """An occurrence in a list."""
    return {"occurrence_id": f"{line.event.id}-{occurrence_key(line.occurrence.start)}", **_base(line.event, line)}


def event_json(event: EventDocument, coming: Iterable[EventLine]) -> dict[str, Any]:
    """An event with all its parts. ``start`` and ``end`` are those of its first time."""
    assert event.start is not None
    return {
        **_base(event, Occurrence(start=event.start, end=event.end)),
        "revision": event.revision,
        "updated_at": rfc3339(event.updated_at),
        "description_html": event.description_html,
        "description_text": event.description_text,
        "rrule": event.rrule,
        "exdates": [day_or_rfc3339(moment) for moment in event.exdates],
        "rdates": [day_or_rfc3339(moment) for moment in event.rdates],
        "further_rrules": list(event.further_rrules),
        "periods": [
            {"start": day_or_rfc3339(period.start), "end": period.end and day_or_rfc3339(period.end)}
            for period in event.periods
        ],
        "vtimezone": event.vtimezone or None,
        "organizer": event.organizer,
        "website": event.url,
        "section": event.section,
        "uid": event.uid,
        "images": [image_json(image) for image in event.images],
        "occurrences": [event_item(line) for line in coming],
    }


def _base(event: EventDocument, line: EventLine | Occurrence) -> dict[str, Any]:
    occurrence = line.occurrence if isinstance(line, EventLine) else line
    return {
        "id": event.id,
        "title": event.title,
        "start": day_or_rfc3339(occurrence.start),
        "end": day_or_rfc3339(occurrence.end) if occurrence.end is not None else None,
        "all_day": occurrence.all_day,
        "timezone": event.timezone or None,
        "status": event.status,
        "location": _location(event),
        "url": absolute(line.path if isinstance(line, EventLine) else event_path(event)),
        "tags": tags_json(event),
    }


def _location(event: EventDocument) -> dict[str, Any] | None:
    place = event.location
    if place is None:
        return None
    return {
        "name": place.name, "address": place.address, "city": place.city, "country": place.country,
        "lat": place.lat, "lon": place.lon,
    }  # fmt: skip
