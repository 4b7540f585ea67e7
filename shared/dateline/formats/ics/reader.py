"""A calendar read into events, VEVENT by VEVENT: one that can't be read harms no other.

What comes out has passed the same checks as an event sent as JSON. DTEND of all-day events is exclusive in a calendar
(RFC 5545 section 3.6.1) and inclusive here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import marshmallow as ma

from dateline.domain.event import Event
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics.lines import Component, read_components
from dateline.formats.ics.texts import POSTPONED, contact_of, location_of, text_of
from dateline.formats.ics.times import Moment, Times, recurrence_key
from dateline.formats.ics.zones import zone_described, zone_named
from dateline.schemas.event import EventSchema
from dateline.schemas.pointers import field_errors

_STATUSES: Final = {
    "CONFIRMED": "confirmed",
    "TENTATIVE": "tentative",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IcsEvent:
    """One VEVENT: its event, or what is wrong with it (pointers name the event's fields).

    ``recurrence_id`` is empty but for an exception of a series: then it is the date, or the UTC time, that the
    exception stands for.
    """

    uid: str
    recurrence_id: str = ""
    event: Event | None = None
    errors: tuple[FieldError, ...] = ()


def read_calendar(data: bytes, zone: ZoneInfo) -> list[IcsEvent]:
    """The events of a calendar, in its order. ``zone``, the newsroom's, is that of times without one.

    A series' exceptions (RECURRENCE-ID) are events of their own, and exception dates of the series, so that no
    occurrence stands twice. Of VEVENTs with one UID and RECURRENCE-ID the one of highest SEQUENCE counts; the others
    come out with an error. Raises ``InvalidInput`` for what is no calendar at all.
    """
    found: list[tuple[int, IcsEvent]] = []
    for calendar in _calendars(data):
        clocks = _Clocks.of(calendar, zone)
        cancelled = calendar.first("METHOD").strip().upper() == "CANCEL"
        for component in calendar.inner:
            if component.name == "VEVENT":
                found.append((_sequence(component), _read(component, clocks, cancelled)))
    return _without_exceptions(_newest(found))


def _calendars(data: bytes) -> list[Component]:
    calendars = [one for one in read_components(data) if one.name == "VCALENDAR"]
    if not calendars:
        raise InvalidInput("This is no calendar: it must begin with BEGIN:VCALENDAR (RFC 5545).")
    return calendars


def _read(component: Component, clocks: _Clocks, cancelled: bool) -> IcsEvent:
    uid = text_of(component.first("UID")).strip()
    key = ""
    try:
        times = Times(component, clocks)
        if times.recurrence_id is not None:
            key = recurrence_key(times.recurrence_id)
        if not uid:
            raise _wrong("external_id", "UID is missing.")
        if component.broken:
            raise _wrong("", f"This line can't be read: {component.broken[0]!r}")
        body = {**_texts(component, cancelled), **_body_of(times), "external_id": uid}
        event = Event(**EventSchema().load(body), recurrence_id=key)
    except InvalidInput as wrong:
        return IcsEvent(uid=uid, recurrence_id=key, errors=wrong.errors or (FieldError("", str(wrong)),))
    except ma.ValidationError as wrong:
        return IcsEvent(uid=uid, recurrence_id=key, errors=tuple(field_errors(wrong.messages)))
    return IcsEvent(uid=uid, recurrence_id=key, event=event)


def _body_of(times: Times) -> dict[str, Any]:
    """The times in the shape of the API's body."""
    body: dict[str, Any] = {
        "start": times.start.isoformat(),
        "end": times.end and times.end.isoformat(),
        "timezone": times.zone.key if isinstance(times.start, datetime) else None,
        "rrule": times.rule,
        "exdates": [one.isoformat() for one in times.exdates],
        "rdates": [one.isoformat() for one in times.rdates],
    }
    return {name: value for name, value in body.items() if value}


def _texts(component: Component, cancelled: bool) -> dict[str, Any]:
    title = text_of(component.first("SUMMARY"))
    status = _STATUSES.get(component.first("STATUS").strip().upper(), "confirmed")
    if component.first("X-DATELINE-STATUS") == "POSTPONED":
        title, status = title.removeprefix(POSTPONED), "postponed"
    url = component.first("URL").strip()
    body = {
        "title": title,
        "description_text": text_of(component.first("DESCRIPTION")),
        "status": "cancelled" if cancelled else status,
        "url": url if url.lower().startswith(("http://", "https://")) else "",
        "organizer": contact_of(component),
        "location": location_of(component),
    }
    return {name: value for name, value in body.items() if value}


class _Clocks(Mapping[str, ZoneInfo]):
    """The zones that a calendar's TZIDs mean, and the one of times that name none."""

    def __init__(self, zones: Mapping[str, ZoneInfo], default: ZoneInfo) -> None:
        self._zones = zones
        self.default = default

    @classmethod
    def of(cls, calendar: Component, newsroom: ZoneInfo) -> _Clocks:
        described = [part for part in calendar.inner if part.name == "VTIMEZONE"]
        zones = {part.first("TZID"): zone_described(part, newsroom) for part in described}
        default = zone_named(calendar.first("X-WR-TIMEZONE")) or newsroom
        return cls({name: zone for name, zone in zones.items() if zone}, default)

    def __getitem__(self, name: str) -> ZoneInfo:
        zone = self._zones.get(name) or zone_named(name)
        if zone is None:
            raise KeyError(name)
        return zone

    def __iter__(self) -> Iterator[str]:
        return iter(self._zones)

    def __len__(self) -> int:
        return len(self._zones)


def _sequence(component: Component) -> int:
    text = component.first("SEQUENCE").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _newest(found: Iterable[tuple[int, IcsEvent]]) -> list[IcsEvent]:
    """Each with an error where another VEVENT of the same name came after it."""
    events = list(found)
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for place, (sequence, one) in enumerate(events):
        if one.event is not None:
            key = (one.uid, one.recurrence_id)
            best[key] = max(best.get(key, (-1, -1)), (sequence, place))
    kept = {place for _, place in best.values()}
    twice = FieldError("/external_id", "Another VEVENT with this UID and RECURRENCE-ID is newer.")
    return [
        one if one.event is None or place in kept else replace(one, event=None, errors=(twice,))
        for place, (_, one) in enumerate(events)
    ]


def _without_exceptions(found: list[IcsEvent]) -> list[IcsEvent]:
    """Each series without the dates for which an event of its own stands."""
    instead: dict[str, list[Moment]] = {}
    for one in found:
        if one.event is not None and one.recurrence_id:
            instead.setdefault(one.uid, []).append(_moment_of(one.recurrence_id))
    return [_excepted(one, instead.get(one.uid, [])) for one in found]


def _excepted(one: IcsEvent, dates: list[Moment]) -> IcsEvent:
    if one.event is None or one.recurrence_id or not dates:
        return one
    new = [when for when in dates if when not in one.event.exdates]
    return replace(one, event=replace(one.event, exdates=(*one.event.exdates, *new)))


def _moment_of(key: str) -> Moment:
    return datetime.fromisoformat(key) if "T" in key else date.fromisoformat(key)


def _wrong(name: str, detail: str) -> InvalidInput:
    return InvalidInput(detail, (FieldError(name and f"/{name}", detail),))
