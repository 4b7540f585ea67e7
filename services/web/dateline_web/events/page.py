"""What an event's page shows: the time that is meant, when and where in words, further times, linked data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence import MOST_YEARS, occurrences
from dateline.domain.tag import Tag, TagType
from dateline.errors import NotFound, Withdrawn
from dateline.ports.index import Index
from dateline_web.context import Web
from dateline_web.dates.days import shift_day
from dateline_web.events import in_words
from dateline_web.events.linked_data import linked_event
from dateline_web.events.series_exceptions import exceptions_of, replaced_by, takes_place
from dateline_web.events.timetable import EventLine, line_of, occurrence_key
from dateline_web.tags import tags_by_type

MAX_COMING: Final = 8
MAX_LOOKED_AT: Final = MAX_COMING + 4
"""Exceptions may stand for some of the next times."""
DAYS_LOOKED_AT: Final = (32, 400, 8 * 366, MOST_YEARS * 366)
"""How far ahead, in days, the next times are looked for: a weekly series is near, a leap day is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """An event at one of its times. ``coming`` are the next ones; ``over`` says that none is."""

    event: EventDocument
    line: EventLine
    when: str
    elsewhere: str
    """The same on the newsroom's clock, where the event has another."""
    where: str
    recurrence: str
    coming: tuple[EventLine, ...]
    over: bool
    tags: dict[TagType, list[Tag]]
    linked_data: dict[str, Any]


def open_event(index: Index, event_id: str) -> EventDocument:
    """The event. Raises ``NotFound``, and ``Withdrawn`` with the notice."""
    found = index.get("event", [event_id])
    if not found:
        raise NotFound("There is no event at this address.")
    event = cast(EventDocument, found[0])
    if event.withdrawn or event.start is None:
        raise Withdrawn(event.notice or "This event was withdrawn.")
    return event


def event_page(web: Web, event: EventDocument, key: str) -> EventPage:
    """The page of ``event`` at the time that ``key`` names, else at its next time, else at its last.

    Raises ``NotFound`` when the event doesn't take place then.
    """
    coming = next_times(web, event)
    line = time_named(web, event, key) if key else coming[0]
    clock = in_words.clock_of(event)
    timed = isinstance(line.occurrence.start, datetime)
    away = timed and _differ(line.occurrence, web, event)
    return EventPage(
        event=event,
        line=line,
        when=in_words.when(line.occurrence, clock),
        elsewhere=in_words.when(line.occurrence, web.settings.timezone) if away else "",
        where=in_words.where(event.location),
        recurrence=in_words.recurrence_in_words(event),
        coming=tuple(coming),
        over=coming[-1].last < web.today,
        tags=tags_by_type(event),
        linked_data=linked_event(line, coming),
    )


def next_times(web: Web, event: EventDocument) -> list[EventLine]:
    """The next times of an event; when it is over, its last ones. Never empty."""
    coming: list[EventLine] = []
    for days in DAYS_LOOKED_AT:
        coming = _times(web, event, web.today, shift_day(web.today, days), MAX_LOOKED_AT)
        if len(coming) == MAX_LOOKED_AT:
            break
    if found := _without_replaced(web, event, coming):
        return found[:MAX_COMING]
    for days in DAYS_LOOKED_AT:
        past = _times(web, event, shift_day(web.today, -days), web.today, None)[-MAX_LOOKED_AT:]
        if found := _without_replaced(web, event, past):
            return found[-MAX_COMING:]
    assert event.start is not None
    return [line_of(web, event, Occurrence(start=event.start, end=event.end))]


def _times(web: Web, event: EventDocument, first: date, last: date, limit: int | None) -> list[EventLine]:
    found = occurrences(event, first, last, web.settings.timezone, limit or 10_000)
    return [line_of(web, event, one) for one in found]


def _without_replaced(web: Web, event: EventDocument, lines: list[EventLine]) -> list[EventLine]:
    """Those of an event's times for which no exception stands."""
    exceptions = exceptions_of(web.index, [event], lines[0].first, lines[-1].last) if lines else []
    replaced = replaced_by(exceptions)
    return [line for line in lines if takes_place(event, line.occurrence, replaced)]


def time_named(web: Web, event: EventDocument, key: str) -> EventLine:
    """The time that an address names. Raises ``NotFound``."""
    try:
        day = datetime.strptime(key[:8], "%Y%m%d").date()
    except ValueError:
        raise NotFound("There is no such time of this event.") from None
    for line in _without_replaced(web, event, _times(web, event, shift_day(day, -1), shift_day(day, 1), None)):
        if occurrence_key(line.occurrence.start) == key:
            return line
    raise NotFound("This event doesn't take place then.")


def _differ(occurrence: Occurrence, web: Web, event: EventDocument) -> bool:
    start = cast(datetime, occurrence.start)
    ours, theirs = (start.astimezone(zone).utcoffset() for zone in (web.settings.timezone, in_words.clock_of(event)))
    return ours != theirs
