"""Events as schema.org/Event, for search engines: each time that a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from dateline.domain.document import EventDocument
from dateline.domain.event import Location, Occurrence, Price
from dateline.domain.recurrence.recurring import is_recurring
from dateline.domain.timestamps import day_or_rfc3339
from dateline_web.events.timetable import EventLine
from dateline_web.pictures.linked_images import linked_images
from dateline_web.pictures.outward import for_api
from dateline_web.urls import absolute, event_path

MOST_LISTED: Final = 20
"""Of a page of the calendar: it names all of them, and has its weight."""
MOST_WORDS: Final = 500

_ATTENDANCE: Final = {
    "offline": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "mixed": "MixedEventAttendanceMode",
}
Json = dict[str, Any]


def linked_event(line: EventLine, others: Sequence[EventLine] = ()) -> Json:
    """One time of an event. ``others`` are further times of the same series that the page shows."""
    event = line.event
    return {
        "@context": "https://schema.org",
        **_time(line),
        **_said(
            description=event.description_text[:MOST_WORDS],
            image=linked_images(for_api(event).images),
            inLanguage=event.language,
            keywords=[*event.categories, *(tag.label for tag in event.accepted_tags)],
            organizer=_organizer(event),
            offers=_offer(event.price, absolute(line.path)),
            isAccessibleForFree=event.price.free or None if event.price else None,
            superEvent=_series(event, line, others) if is_recurring(event) else None,
        ),
    }


def linked_list(lines: Iterable[EventLine]) -> Json | None:
    """The first times that a page of the calendar lists; None where it lists none."""
    items = [
        {"@type": "ListItem", "position": number, "item": _time(line)}
        for number, line in enumerate(islice((line for line in lines if not line.moved_to), MOST_LISTED), start=1)
    ]
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items} if items else None


def _time(line: EventLine) -> Json:
    """What every time says: what, when, where, and whether it takes place."""
    event, occurrence = line.event, line.occurrence
    return {
        "@type": "Event",
        "name": event.title,
        **_when(occurrence),
        "eventStatus": f"https://schema.org/{_status(event)}",
        "eventAttendanceMode": f"https://schema.org/{_ATTENDANCE[event.attendance]}",
        "url": absolute(line.path),
        **_said(previousStartDate=_previous(event), location=_one_or_all(list(_places(event)))),
    }


def _when(occurrence: Occurrence) -> Json:
    end = occurrence.end
    return {"startDate": day_or_rfc3339(occurrence.start), **_said(endDate=end and day_or_rfc3339(end))}


def _status(event: EventDocument) -> str:
    if event.status == "cancelled":
        return "EventCancelled"
    if event.status == "postponed":
        return "EventPostponed"
    return "EventRescheduled" if event.previous_times else "EventScheduled"


def _previous(event: EventDocument) -> Any:
    return _one_or_all([day_or_rfc3339(time.start) for time in event.previous_times])


def _places(event: EventDocument) -> Iterator[Json]:
    for place in (event.location, *event.further_locations):
        if place is not None:
            yield _place(place)
    if event.attendance != "offline":
        yield {"@type": "VirtualLocation", **_said(url=event.online_url)}


def _place(place: Location) -> Json:
    address = _said(streetAddress=place.address, addressLocality=place.city, addressCountry=place.country)
    data: Json = {"@type": "Place", "name": place.name, "address": {"@type": "PostalAddress", **address}}
    if place.lat is not None and place.lon is not None:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    return data


def _organizer(event: EventDocument) -> Json | None:
    return {"@type": "Organization", **_said(name=event.organizer, url=event.url)} if event.organizer else None


def _offer(price: Price | None, address: str) -> Json | None:
    """What it costs; nothing, where it is free (a price of 0 wants no currency to be true)."""
    if price is None:
        return None
    if price.free:
        return {"@type": "Offer", "price": "0", **_said(description=price.note), "url": address}
    currency = _said(priceCurrency=price.currency, description=price.note)
    if price.up_to:
        return {
            "@type": "AggregateOffer",
            "lowPrice": price.amount,
            "highPrice": price.up_to,
            **currency,
            "url": address,
        }
    return {"@type": "Offer", **_said(price=price.amount), **currency, "url": address}


def _series(event: EventDocument, line: EventLine, others: Sequence[EventLine]) -> Json:
    further = [_time(one) for one in others if one.occurrence.start != line.occurrence.start]
    address = absolute(event_path(event))
    return {"@type": "EventSeries", "name": event.title, "url": address, **_said(subEvent=further)}


def _one_or_all(found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else found


def _said(**members: Any) -> Json:
    """Those that say something."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
