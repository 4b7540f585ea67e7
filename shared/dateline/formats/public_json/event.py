"""An event, or one of its times, as JSON."""

from __future__ import annotations

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.timestamps import day_or_rfc3339, rfc3339
from dateline.formats.public_json.parts import Json, image_json, tags_json
from dateline.formats.public_json.site import Site, event_path


def event_item(event: EventDocument, occurrence: Occurrence, url: str) -> Json:
    """What every answer says of an event, at one of its times; ``url`` is its page at that time."""
    return {
        "id": event.id,
        "title": event.title,
        "start": day_or_rfc3339(occurrence.start),
        "end": day_or_rfc3339(occurrence.end) if occurrence.end is not None else None,
        "all_day": occurrence.all_day,
        "timezone": event.timezone or None,
        "status": event.status,
        "location": _location(event),
        "url": url,
        "tags": tags_json(event),
    }


def event_json(event: EventDocument, site: Site) -> Json:
    """An event with all its own parts. ``start`` and ``end`` are those of its first time; which times come next, the
    day of asking decides."""
    assert event.start is not None
    return {
        **event_item(event, Occurrence(start=event.start, end=event.end), site.url(event_path(event))),
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
    }


def _location(event: EventDocument) -> Json | None:
    place = event.location
    if place is None:
        return None
    return {
        "name": place.name, "address": place.address, "city": place.city, "country": place.country,
        "lat": place.lat, "lon": place.lon,
    }  # fmt: skip
