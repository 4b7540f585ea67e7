"""An event, or one of its times, as JSON."""

from __future__ import annotations

from typing import Final

from dateline.domain.document import EventDocument
from dateline.domain.event import Location, Occurrence
from dateline.domain.payload import to_json
from dateline.domain.timestamps import day_or_rfc3339, rfc3339
from dateline.formats.public_json.images import absolute_html, image_json, lead_ref
from dateline.formats.public_json.parts import Json, tags_json
from dateline.formats.public_json.site import Site, event_path

_NO_PRICE: Final[Json] = {"free": False, "amount": "", "up_to": "", "currency": "", "note": ""}


def event_item(event: EventDocument, occurrence: Occurrence, url: str, site: Site) -> Json:
    """What every answer says of an event, at one of its times; ``url`` is its page at that time."""
    return {
        "id": event.id,
        "title": event.title,
        "start": day_or_rfc3339(occurrence.start),
        "end": day_or_rfc3339(occurrence.end) if occurrence.end is not None else None,
        "all_day": occurrence.all_day,
        "timezone": event.timezone or None,
        "status": event.status,
        "reason": event.reason,
        "previous_times": [time_json(time) for time in event.previous_times],
        "location": _location(event.location),
        "further_locations": [_location(place) for place in event.further_locations],
        "attendance": event.attendance,
        "online_url": event.online_url or None,
        "price": None if event.price is None else {**_NO_PRICE, **to_json(event.price)},
        "categories": list(event.categories),
        "url": url,
        "image": lead_ref(event.images, site),
        "tags": tags_json(event),
    }


def event_json(event: EventDocument, site: Site) -> Json:
    """An event with all its own parts. ``start`` and ``end`` are those of its first time; which times come next, the
    day of asking decides."""
    assert event.start is not None
    return {
        **event_item(event, Occurrence(start=event.start, end=event.end), site.url(event_path(event)), site),
        "revision": event.revision,
        "updated_at": rfc3339(event.updated_at),
        "description_html": absolute_html(event.description_html, site),
        "description_text": event.description_text,
        "rrule": event.rrule,
        "exdates": [day_or_rfc3339(moment) for moment in event.exdates],
        "rdates": [day_or_rfc3339(moment) for moment in event.rdates],
        "further_rrules": list(event.further_rrules),
        "periods": [time_json(period) for period in event.periods],
        "vtimezone": event.vtimezone or None,
        "organizer": event.organizer,
        "contact": event.contact,
        "links": [{"url": link.url, "title": link.title} for link in event.links],
        "language": event.language or None,
        "website": event.url,
        "section": event.section,
        "uid": event.uid,
        "images": [image_json(image, site) for image in event.images],
    }


def time_json(time: Occurrence) -> Json:
    """One time of an event, by itself."""
    return {"start": day_or_rfc3339(time.start), "end": time.end and day_or_rfc3339(time.end)}


def _location(place: Location | None) -> Json | None:
    if place is None:
        return None
    return {
        "name": place.name, "address": place.address, "city": place.city, "country": place.country,
        "lat": place.lat, "lon": place.lon,
    }  # fmt: skip
