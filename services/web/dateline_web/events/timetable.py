"""Events between two days: their occurrences in order, series expanded, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence import days_of, occurrences
from dateline.http.requests import cursor
from dateline.ports.index import EVENT_FACETS, EventSearch
from dateline_web.context import Web
from dateline_web.events.params import MAX_DAYS, EventQuery
from dateline_web.events.series_exceptions import exceptions_of, is_recurring, replaced_by, takes_place
from dateline_web.next_page import next_link
from dateline_web.urls import Parameters, event_path, with_query

MAX_TIMES: Final = 24 * (MAX_DAYS + 1 + 92)
"""More often than hourly nothing recurs, and nothing that recurs lasts over 92 days: no range has more of one event."""


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
    def is_recurring(self) -> bool:
        """Whether the event takes place more than once, so that an address must say which time is meant."""
        return is_recurring(self.event)

    @property
    def path(self) -> str:
        """The event's page, at this time of it."""
        parameters = [("on", occurrence_key(self.occurrence.start))] if self.is_recurring else []
        return with_query(event_path(self.event), parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventListing:
    """A page of occurrences. ``next`` is a path with its query, None on the last page."""

    lines: tuple[EventLine, ...]
    next: str | None

    @property
    def headers(self) -> dict[str, str]:
        """``Link: rel="next"`` (RFC 8288), where there is a next page."""
        return next_link(self.next)


def timetable(web: Web, search: EventSearch) -> list[EventLine]:
    """All occurrences that touch the days of ``search``, in order.

    A series is left out where an exception of it stands for that time.
    """
    events = web.index.events(search)
    replaced = replaced_by([*events, *_exceptions_elsewhere(web, search, events)])
    zone = web.settings.timezone
    lines = []
    for event in events:
        for occurrence in occurrences(event, search.first_day, search.last_day, zone, MAX_TIMES):
            if takes_place(event, occurrence, replaced):
                first, last = days_of(occurrence, zone)
                lines.append(EventLine(event=event, occurrence=occurrence, first=first, last=last))
    return sorted(lines, key=_order)


def with_exceptions(web: Web, search: EventSearch) -> list[EventDocument]:
    """The events of ``search``, and the exceptions of its series that its filters leave out."""
    events = web.index.events(search)
    return [*events, *_exceptions_elsewhere(web, search, events)]


def _exceptions_elsewhere(web: Web, search: EventSearch, events: Iterable[EventDocument]) -> list[EventDocument]:
    """Exceptions of the found ``events`` that carry other tags than ``search`` asks for."""
    if not any(search.values(name) for name in EVENT_FACETS):
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


def occurrence_key(moment: date | datetime) -> str:
    """A start as addresses and ids say it: 20260703, or 20260703T160000Z in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{moment:%Y%m%d}"
