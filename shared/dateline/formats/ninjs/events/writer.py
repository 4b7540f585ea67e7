"""An event as readers see it, or one of its times, written as ninjs 3.1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.document import EventDocument
from dateline.domain.event import Location, Occurrence, Price
from dateline.domain.shown_pictures import with_absolute_pictures
from dateline.domain.tag import Tag
from dateline.domain.timestamps import rfc3339
from dateline.formats.ninjs.associations import picture, values
from dateline.formats.ninjs.events.recurrence import MEDIA_TYPE, ROLE, recurrence_rules, recurrence_text
from dateline.formats.ninjs.writer import SCHEMA, concept

STATUSES: Final = {
    "confirmed": "https://schema.org/EventScheduled", "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed", "tentative": "https://schema.org/EventScheduled#tentative",
}  # fmt: skip
"""schema.org's words: the vocabulary that ninjs suggests says nothing of what is called off."""
RESCHEDULED: Final = "https://schema.org/EventRescheduled"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNames:
    """How an object is called: ``uri`` for good, ``address`` where its page is; ``series``, the ``uri`` of the event
    that it is one time of, where it is that. Terms' pages are on ``base_url``."""

    uri: str
    address: str
    base_url: str
    series: str = ""


def write_ninjs_event(event: EventDocument, time: Occurrence, names: EventNames, zone: ZoneInfo) -> dict[str, Any]:
    """``event`` at one of its times as ninjs 3.1; without a ``series`` in ``names`` with how it recurs. ``zone`` is the
    newsroom's."""
    named = ("dateline", event.id), ("url", names.address), ("website", event.url), ("online", event.online_url)
    links = [("link", link.url) for link in event.links]
    optional: dict[str, Any] = {
        "language": event.language,
        "descriptions": list(_descriptions(event, "" if names.series else recurrence_text(event, zone))),
        "bodies": _bodies(event, names.base_url),
        "places": [*_places(event), *_about(event, "place", names)],
        "people": _about(event, "person", names),
        "organisations": _about(event, "organisation", names),
        "subjects": [*({"name": one, "rel": "category"} for one in event.categories), *_about(event, "topic", names)],
        "events": [{"name": event.title, "rel": "partOf", "uri": names.series}] if names.series else [],
        "associations": [picture(place, image, names.base_url) for place, image in enumerate(event.images, 1)],
    }
    return {
        "uri": names.uri,
        "type": "event",
        "representationType": "full",
        "version": str(event.revision),
        "versionCreated": rfc3339(event.updated_at),
        "pubStatus": "usable",
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "title": event.title,
        "headlines": values(event.title),
        "altIds": [{"role": role, "value": value} for role, value in (*named, *links) if value],
        "eventDetails": _details(event, time, [] if names.series else recurrence_rules(event)),
        **{name: value for name, value in optional.items() if value},
    }


def _details(event: EventDocument, time: Occurrence, rules: list[dict[str, Any]]) -> dict[str, Any]:
    moved = event.status == "confirmed" and event.previous_times
    organiser = {
        **({"name": event.organizer} if event.organizer else {}),
        **({"contactInfo": [{"value": event.contact}]} if event.contact else {}),
    }
    return {
        "eventStatus": RESCHEDULED if moved else STATUSES[event.status],
        "dates": {**_dates(time), **({"recurrence": {"recurrenceRules": rules}} if rules else {})},
        **({"organiser": organiser} if organiser else {}),
    }


def _dates(time: Occurrence) -> dict[str, str]:
    """Days as ninjs has them are expected dates: what is a date-time is at a time."""
    if time.all_day:
        days = {"expectedStartDate": time.start, "expectedEndDate": time.end}
        return {name: day.isoformat() for name, day in days.items() if day is not None}
    return {name: rfc3339(at) for name, at in (("startDate", time.start), ("endDate", time.end)) if at is not None}  # type: ignore[arg-type]


def _descriptions(event: EventDocument, recurrence: str) -> Iterable[dict[str, str]]:
    if event.reason:
        yield {"role": "reason", "contentType": "text/plain", "value": event.reason}
    if event.price is not None:
        yield {"role": "price", "contentType": "text/plain", "value": price_text(event.price)}
    if recurrence:
        yield {"role": ROLE, "contentType": MEDIA_TYPE, "value": recurrence}


def price_text(price: Price) -> str:
    """A price in a few words: "free", "10–20 BYN", or what its note says."""
    if price.free:
        return "free"
    amount = "–".join(one for one in (price.amount, price.up_to) if one)
    return f"{amount} {price.currency}".strip() if amount else price.note


def _bodies(event: EventDocument, base_url: str) -> list[dict[str, str]]:
    if not event.description_text:
        return []
    return [
        {"role": "main", "contentType": "text/html", "value": with_absolute_pictures(event.description_html, base_url)},
        {"role": "plain", "contentType": "text/plain", "value": event.description_text},
    ]


def _places(event: EventDocument) -> Iterable[dict[str, Any]]:
    for place in (*([event.location] if event.location else []), *event.further_locations):
        address = _address(place)
        yield {
            "name": place.name,
            "rel": "location",
            **({"contactInfo": [{"address": address}]} if address else {}),
            **({"geoJSON": {"type": "Point", "coordinates": [place.lon, place.lat]}} if place.lat is not None else {}),
        }


def _address(place: Location) -> dict[str, Any]:
    said = {"lines": [place.address] if place.address else [], "locality": place.city, "country": place.country}
    return {name: value for name, value in said.items() if value}


def _about(event: EventDocument, type: str, names: EventNames) -> list[dict[str, Any]]:
    tags: Iterable[Tag] = (tag for tag in event.accepted_tags if tag.type == type)
    return [concept(tag, names.base_url) for tag in tags]
