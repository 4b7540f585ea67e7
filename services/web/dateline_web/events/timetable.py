"""Events between two days: the parameters, the occurrences in their order, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Final

import marshmallow as ma
from marshmallow import ValidationError

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence import days_of, occurrences
from dateline.ports.index import EventSearch
from dateline_web.context import Web, web
from dateline_web.events.exceptions import exceptions_of, recurs, replaced_by, stands
from dateline_web.listing_params import DEFAULT_LIMIT, ListingParams, PlainDate, values_field
from dateline_web.search import cursor
from dateline_web.stories import story_json as answers
from dateline_web.urls import Parameters, absolute, event_path, with_query

MOST_DAYS: Final = 400
DAYS_AHEAD: Final = 30
MOST_TIMES: Final = 24 * (MOST_DAYS + 1 + 92)
"""More often than hourly nothing recurs, and nothing that recurs lasts over 92 days: no range has more of one event."""

FILTERS: Final = ("section", "topic", "person", "place", "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One time an event takes place. ``first`` and ``last`` are the newsroom's days it touches."""

    event: EventDocument
    occurrence: Occurrence
    first: date
    last: date

    @property
    def key(self) -> tuple[str, ...]:
        """Its place in the order: by day, all-day ones first, then by start and id. Keys compare as texts."""
        start = self.occurrence.start
        timed = isinstance(start, datetime)
        precise = start.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ") if isinstance(start, datetime) else str(start)
        return self.first.isoformat(), "1" if timed else "0", precise, self.event.id

    @property
    def recurs(self) -> bool:
        """Whether the event takes place more than once, so that an address must say which time is meant."""
        return recurs(self.event)

    @property
    def path(self) -> str:
        """The event's page, at this time of it."""
        said = [("on", moment_key(self.occurrence.start))] if self.recurs else []
        return with_query(event_path(self.event), said)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Which events, and which page of them."""

    search: EventSearch
    limit: int = DEFAULT_LIMIT
    after: tuple[str, ...] | None = None

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The chosen filters as parameters, days left out."""
        return [(name, value) for name in FILTERS for value in getattr(self.search, name + "s")]

    def between(self, first: date, last: date) -> EventQuery:
        """The same on other days."""
        return replace(self, search=replace(self.search, first_day=first, last_day=last), after=None)

    def toggled(self, name: str, value: str) -> EventQuery:
        """The same with a filter's value added, or taken away when it was chosen."""
        chosen: tuple[str, ...] = getattr(self.search, name + "s")
        changed = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        change: dict[str, Any] = {name + "s": changed}
        return replace(self, search=replace(self.search, **change), after=None)

    @property
    def days(self) -> list[tuple[str, str]]:
        """The days as parameters."""
        return [("from", self.search.first_day.isoformat()), ("to", self.search.last_day.isoformat())]

    @property
    def listing(self) -> str:
        """What a cursor is good for."""
        return repr(self.search)


class EventParams(ListingParams):
    """The parameters of events, made into an ``EventQuery``. Without days: today and 30 more."""

    reach: ClassVar[tuple[int, int]] = (0, DAYS_AHEAD)
    """The days before and after today that are meant where none are said."""

    first_day = PlainDate(
        data_key="from", load_default=None, metadata={"description": "First day, in the newsroom's time zone: today."}
    )
    last_day = PlainDate(
        data_key="to",
        load_default=None,
        metadata={"description": f"Last day: 30 days after the first; at most {MOST_DAYS} days after it."},
    )
    section = values_field("section")
    topic = values_field("topic")
    person = values_field("person")
    place = values_field("place")
    organisation = values_field("organisation")

    @ma.post_load
    def make_query(self, data: dict[str, Any], **_: object) -> EventQuery:
        """The query; its cursor must have been made for it."""
        first, last = self._range(data["first_day"], data["last_day"], web().today)
        chosen: dict[str, Any] = {name + "s": tuple(data[name]) for name in FILTERS}
        query = EventQuery(search=EventSearch(first_day=first, last_day=last, **chosen), limit=data["limit"])
        mark = data["cursor"]
        return query if mark is None else replace(query, after=cursor.decode(mark, query.listing))

    def _range(self, first: date | None, last: date | None, today: date) -> tuple[date, date]:
        back, ahead = self.reach
        if first is None:
            begin = moved(today, -back)
            first = begin if last is None or last >= begin else moved(last, -ahead)
        last = last or moved(first, back + ahead)
        if last < first:
            raise ValidationError("This day lies before from.", "to")
        if (last - first).days > MOST_DAYS:
            raise ValidationError(f"At most {MOST_DAYS} days lie between from and to.", "to")
        return first, last


class CalendarParams(EventParams):
    """The same for calendars one subscribes to: without days, from a month ago to a year from now."""

    blank_is_absent = True
    reach = (30, 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventListing:
    """A page of occurrences. ``next`` is a path with its query, None on the last page."""

    lines: tuple[EventLine, ...]
    next: str | None

    @property
    def headers(self) -> dict[str, str]:
        """``Link: rel="next"`` (RFC 8288), where there is a next page."""
        return {"Link": f'<{absolute(self.next)}>; rel="next"'} if self.next else {}


def timetable(web: Web, search: EventSearch) -> list[EventLine]:
    """All occurrences that touch the days of ``search``, in order.

    A series is left out where an exception of it stands for that time.
    """
    events = web.index.events(search)
    replaced = replaced_by([*events, *_exceptions_elsewhere(web, search, events)])
    zone = web.settings.timezone
    lines = []
    for event in events:
        for occurrence in occurrences(event, search.first_day, search.last_day, zone, MOST_TIMES):
            if stands(event, occurrence, replaced):
                first, last = days_of(occurrence, zone)
                lines.append(EventLine(event=event, occurrence=occurrence, first=first, last=last))
    return sorted(lines, key=_order)


def with_exceptions(web: Web, search: EventSearch) -> list[EventDocument]:
    """The events of ``search``, and the exceptions of its series that its filters leave out."""
    events = web.index.events(search)
    return [*events, *_exceptions_elsewhere(web, search, events)]


def _exceptions_elsewhere(web: Web, search: EventSearch, events: Iterable[EventDocument]) -> list[EventDocument]:
    """Exceptions of the found ``events`` that carry other tags than ``search`` asks for."""
    if not any(getattr(search, name + "s") for name in FILTERS):
        return []
    known = {event.id for event in events}
    found = exceptions_of(web.index, events, search.first_day, search.last_day)
    return [event for event in found if event.id not in known]


def _order(line: EventLine) -> tuple[date, bool, date | datetime, str]:
    """The order of ``EventLine.key``, which is dear to make: to the microsecond, lest a cursor skips what it sorts."""
    start = line.occurrence.start
    timed = isinstance(start, datetime)
    return line.first, timed, start.astimezone(UTC) if isinstance(start, datetime) else start, line.event.id


def find_events(web: Web, query: EventQuery, path: str) -> EventListing:
    """The page of ``query``, listed at ``path``."""
    every = timetable(web, query.search)
    left = [line for line in every if query.after is None or line.key > query.after]
    lines = left[: query.limit]
    if len(left) <= query.limit:
        return EventListing(lines=tuple(lines), next=None)
    given: Parameters = [*query.days, *query.filters, ("limit", str(query.limit))]
    following = [*given, ("cursor", cursor.encode(lines[-1].key, query.listing))]
    return EventListing(lines=tuple(lines), next=with_query(path, following))


def moment_key(moment: date | datetime) -> str:
    """A start as addresses and ids say it: 20260703, or 20260703T160000Z in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{moment:%Y%m%d}"


def moved(day: date, days: int) -> date:
    """The day ``days`` away, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def days_between(first: date, last: date) -> Sequence[date]:
    """Each day from ``first`` to ``last``."""
    return [first + timedelta(days=place) for place in range((last - first).days + 1)]


# --- JSON --------------------------------------------------------------------------------------------------------


def event_item(line: EventLine) -> dict[str, Any]:
    """An occurrence in a list."""
    return {"occurrence_id": f"{line.event.id}-{moment_key(line.occurrence.start)}", **_common(line.event, line)}


def _common(event: EventDocument, line: EventLine | Occurrence) -> dict[str, Any]:
    occurrence = line.occurrence if isinstance(line, EventLine) else line
    return {
        "id": event.id,
        "title": event.title,
        "start": occurrence.start.isoformat(),
        "end": occurrence.end.isoformat() if occurrence.end is not None else None,
        "all_day": occurrence.all_day,
        "timezone": event.timezone or None,
        "status": event.status,
        "location": location_json(event),
        "url": absolute(line.path if isinstance(line, EventLine) else event_path(event)),
        "tags": [answers.tag_ref(tag) for tag in answers.accepted(event.tags)],
    }


def event_whole(event: EventDocument, coming: Iterable[EventLine]) -> dict[str, Any]:
    """An event with all its parts. ``start`` and ``end`` are those of its first time."""
    assert event.start is not None
    return {
        **_common(event, Occurrence(start=event.start, end=event.end)),
        "revision": event.revision,
        "updated_at": event.updated_at.isoformat(),
        "description_html": event.description_html,
        "description_text": event.description_text,
        "rrule": event.rrule,
        "exdates": [moment.isoformat() for moment in event.exdates],
        "rdates": [moment.isoformat() for moment in event.rdates],
        "organizer": event.organizer,
        "website": event.url,
        "section": event.section,
        "uid": event.uid,
        "images": [
            {"url": image.url, "alt": image.alt, "credit": image.credit, "caption": image.caption}
            for image in event.images
        ],
        "occurrences": [event_item(line) for line in coming],
    }


def location_json(event: EventDocument) -> dict[str, Any] | None:
    """Where an event takes place."""
    place = event.location
    if place is None:
        return None
    return {
        "name": place.name, "address": place.address, "city": place.city, "country": place.country,
        "lat": place.lat, "lon": place.lon,
    }  # fmt: skip
