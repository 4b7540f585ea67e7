"""A calendar read into events, VEVENT by VEVENT: one that can't be read harms no other.

What comes out has passed the same checks as an event sent as JSON. DTEND of all-day events is exclusive in a calendar
(RFC 5545 section 3.6.1) and inclusive here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence.effort import check_effort
from dateline.domain.recurrence.moments import clock_of
from dateline.domain.series.recorded_parts import Parts
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics.itip import method_of
from dateline.formats.ics.lines import Component, read_components
from dateline.formats.ics.series.overrides import read_exception
from dateline.formats.ics.series.private_events import private_by, without_private
from dateline.formats.ics.series.replaced_times import without_exceptions
from dateline.formats.ics.timezones.zones import Clocks
from dateline.formats.ics.vevent import IcsEvent, Series, Vevent, read_message, read_single

_OLDER: Final = FieldError(
    "/external_id", "Another VEVENT with this UID and RECURRENCE-ID is newer; this one changed nothing."
)
_EARLIER: Final = FieldError(
    "/external_id",
    "Another VEVENT with this UID and RECURRENCE-ID comes later, and nothing says which is newer: that one counts.",
)


def read_calendar(
    data: bytes,
    zone: ZoneInfo,
    *,
    charset: str = "",
    language: str = "en",
    known: Callable[[str], Event | None] = lambda uid: None,
    parts: Parts = lambda uid: (),
) -> list[IcsEvent]:
    """The events of a calendar, in its order.

    ``zone``, the newsroom's, is that of times without one, ``language`` that in which an event without a title is
    called so; ``charset`` is what the request says of ``data``, ``known`` gives the series of a UID as it is on record,
    ``parts`` its exceptions and the series into which it was split.

    A series' exceptions (RECURRENCE-ID) are events of their own, and exception dates of the series, so that no
    occurrence stands twice. Of VEVENTs with one UID and RECURRENCE-ID the newest counts; the others come out without an
    event, and with a note; so do those that are called private, and what is on record of them comes out as ``lapsed``.
    Raises ``InvalidInput`` for what is no calendar at all, and what ``check_effort`` does.
    """
    vevents = [one for calendar in _calendars(data, charset) for one in _vevents(calendar, zone, language)]
    found: dict[int, IcsEvent] = {}
    for place, vevent in enumerate(vevents):
        check_effort()
        if one := read_message(vevent):
            found[place] = one
        elif vevent.recurrence is None:
            found[place] = read_single(vevent, known)
    series = _series(found, vevents, known, zone)
    for place, vevent in enumerate(vevents):
        check_effort()
        if place not in found:
            found[place] = read_exception(vevent, series(vevent.uid))
    cancelled = {one.uid for one in vevents if one.cancelled and one.recurrence is None}
    marked = [
        replace(found[place], private=private_by(one.component) or found[place].private)
        for place, one in enumerate(vevents)
    ]
    public, withdrawn = without_private(_newest(marked), known, parts)
    return [*without_exceptions(public, zone, known, parts, cancelled), *withdrawn]


def _calendars(data: bytes, charset: str) -> list[Component]:
    calendars = [one for one in read_components(data, charset) if one.name == "VCALENDAR"]
    if not calendars:
        raise InvalidInput("This is no calendar: it must begin with BEGIN:VCALENDAR (RFC 5545).")
    return calendars


def _vevents(calendar: Component, zone: ZoneInfo, language: str) -> list[Vevent]:
    clocks = Clocks(calendar, zone)
    method = method_of(calendar)
    return [Vevent(one, clocks, method, language) for one in _components(calendar)]


def _components(outer: Component) -> Iterator[Component]:
    """The VEVENTs of a calendar, those within components that programs invented too."""
    for one in outer.inner:
        if one.name == "VEVENT":
            yield one
        elif one.name not in ("VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY"):
            yield from _components(one)


def _series(
    found: dict[int, IcsEvent], vevents: list[Vevent], known: Callable[[str], Event | None], zone: ZoneInfo
) -> Callable[[str], Series | None]:
    """What gives the newest series of a UID: that of the file, else that on record."""
    newest: dict[str, tuple[Event, Vevent]] = {}
    for place, one in found.items():
        if one.event is not None and (one.uid not in newest or not one.event.older_than(newest[one.uid][0])):
            newest[one.uid] = one.event, vevents[place]
    recorded: dict[str, Event | None] = {}

    def series(uid: str) -> Series | None:
        if uid in newest:
            event, vevent = newest[uid]
            return Series(event, vevent.clock or clock_of(event, zone))
        if uid not in recorded:
            recorded[uid] = known(uid) if uid else None
        event_on_record = recorded[uid]
        return Series(event_on_record, clock_of(event_on_record, zone)) if event_on_record else None

    return series


def _newest(events: list[IcsEvent]) -> list[IcsEvent]:
    """Each without its event where another VEVENT of the same name is newer."""
    best: dict[tuple[str, str], int] = {}
    older: dict[int, FieldError] = {}
    for place, one in enumerate(events):
        if one.event is None:
            continue
        name = (one.uid, one.recurrence_id)
        before = events[best[name]].event if name in best else None
        if before is not None and one.event.older_than(before):
            older[place] = _OLDER
            continue
        if before is not None:
            older[best[name]] = _OLDER if before.older_than(one.event) else _EARLIER
        best[name] = place
    return [
        replace(one, event=None, older=True, notes=(*one.notes, older[place])) if place in older else one
        for place, one in enumerate(events)
    ]
