"""Events between two days: their occurrences in order, series expanded, page by page."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from heapq import merge
from typing import Final, Literal

from dateline.domain.document import EventDocument
from dateline.domain.event import EventStatus, Occurrence
from dateline.domain.recurrence import days_of
from dateline.domain.recurrence.effort import bounded_effort, check_effort
from dateline.domain.recurrence.recurring import is_recurring
from dateline.errors import IndexUnavailable, InvalidInput
from dateline.http.requests import cursor
from dateline.ports.index import EventSearch
from dateline_web.context import Web
from dateline_web.events.in_words import NIGHT
from dateline_web.events.params import EventQuery
from dateline_web.events.series_exceptions import Replaced, exceptions_of, replaced_by, takes_place
from dateline_web.next_page import next_link
from dateline_web.urls import Parameters, event_path, with_query

MAX_WORKED_OUT: Final = 10_000
"""So many occurrences a page of the calendar is made of: ten series of every hour have all of theirs."""
LEAST_SHARE: Final = 4
"""So many of each series are among them, however many series there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One time an event takes place. ``first`` and ``last`` are the newsroom's days it touches.

    ``more`` times of the same event are not listed for themselves after it; ``goes_on`` says that there are more than
    were worked out. ``moved_to``: it was to take place then, and does so at this time instead.
    """

    event: EventDocument
    occurrence: Occurrence
    first: date
    last: date
    more: int = 0
    goes_on: bool = False
    moved_to: Occurrence | None = None

    @property
    def status(self) -> EventStatus | Literal["rescheduled"]:
        """Whether it takes place then."""
        return "rescheduled" if self.moved_to else self.event.status

    @property
    def is_off(self) -> bool:
        """Whether it does not take place then, and stands there for who saw it announced."""
        return self.status in ("rescheduled", "cancelled", "postponed")

    @property
    def of(self) -> tuple[str, bool]:
        """Of which event it is, and whether that takes place then: where many are alike few are shown."""
        return self.event.id, self.moved_to is None

    @property
    def key(self) -> tuple[str, ...]:
        """Its place in the order: by day, all-day ones first, then by start and id. Keys compare as texts."""
        start = self.occurrence.start
        timed = isinstance(start, datetime)
        precise = start.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ") if isinstance(start, datetime) else str(start)
        return self.first.isoformat(), "1" if timed else "0", precise, self.event.id

    @property
    def takes_days(self) -> bool:
        """Whether it takes several days, rather than an evening that ends after midnight."""
        start, end = self.occurrence.start, self.occurrence.end
        timed = isinstance(start, datetime) and isinstance(end, datetime)
        return self.last > self.first and not (timed and end - start < NIGHT)  # type: ignore[operator]

    @property
    def is_recurring(self) -> bool:
        """Whether the event takes place more than once, so that an address must say which time is meant."""
        return is_recurring(self.event)

    @property
    def at(self) -> str:
        """Which of its times it is, as addresses say it."""
        return occurrence_key(self.occurrence.start)

    @property
    def path(self) -> str:
        """The event's page, at this time of it."""
        at = occurrence_key(self.moved_to.start) if self.moved_to else self.at
        parameters = [("on", at)] if self.is_recurring else []
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
    """The occurrences that touch the days of ``search``, and the times from which events were moved, in order; of very
    many series each has its share.

    A series is left out where an exception of it stands for that time. Raises ``IndexUnavailable`` when they are so
    many that a search would have been given up.
    """
    with bounded_events(web):
        each = list(lines_of_each(web, search, moved=True))
        share = max(LEAST_SHARE, MAX_WORKED_OUT // max(1, len(each)))
        return sorted((line for lines in each for line in _share(lines, share)), key=order_of)


def _share(lines: Iterator[EventLine], most: int) -> Iterator[EventLine]:
    for number, line in enumerate(lines, start=1):
        if number == most:
            yield replace(line, goes_on=next(lines, None) is not None)
            return
        yield line


def bounded_events(web: Web) -> AbstractContextManager[None]:
    """The time that a request may take over events: as long as a search."""
    late = IndexUnavailable("the events of these days took too long to work out")
    return bounded_effort(web.settings.search_timeout, late, time.monotonic)


def lines_of_each(web: Web, search: EventSearch, *, moved: bool = False) -> Iterator[Iterator[EventLine]]:
    """For each event its occurrences that touch the days of ``search``, by start, worked out as they are taken; events
    that take place once come first. ``moved``: with the times from which they were moved. Raises what ``check_effort``
    does."""
    events = web.index.events(search)
    replaced = replaced_by([*events, *_exceptions_elsewhere(web, search, events)])
    for event in sorted(events, key=is_recurring):
        lines = _lines(web, event, search, replaced)
        yield merge(lines, _moved_lines(web, event, search), key=order_of) if moved and event.previous_times else lines


def _lines(web: Web, event: EventDocument, search: EventSearch, replaced: Replaced) -> Iterator[EventLine]:
    zone = web.settings.timezone
    for occurrence, first, last in web.worked_out.occurrences(event, search.first_day, search.last_day, zone):
        check_effort()
        if takes_place(event, occurrence, replaced):
            yield EventLine(event=event, occurrence=occurrence, first=first, last=last)


def _moved_lines(web: Web, event: EventDocument, search: EventSearch) -> list[EventLine]:
    """The times at which an event was to take place, by start."""
    assert event.start is not None
    now = Occurrence(start=event.start, end=event.end)
    lines = [replace(line_of(web, event, one), moved_to=now) for one in event.previous_times]
    inside = (line for line in lines if line.first <= search.last_day and line.last >= search.first_day)
    return sorted((line for line in inside if line.at != occurrence_key(now.start)), key=order_of)


def line_of(web: Web, event: EventDocument, occurrence: Occurrence) -> EventLine:
    """One time of an event."""
    first, last = days_of(occurrence, web.settings.timezone)
    return EventLine(event=event, occurrence=occurrence, first=first, last=last)


def with_exceptions(web: Web, search: EventSearch) -> list[EventDocument]:
    """The events of ``search``, and the exceptions of its series that its filters leave out."""
    events = web.index.events(search)
    return [*events, *_exceptions_elsewhere(web, search, events)]


def _exceptions_elsewhere(web: Web, search: EventSearch, events: Iterable[EventDocument]) -> list[EventDocument]:
    """Exceptions of the found ``events`` that carry other tags than ``search`` asks for."""
    if not search.is_narrowed:
        return []
    known = {event.id for event in events}
    found = exceptions_of(web.index, events, search.first_day, search.last_day)
    return [event for event in found if event.id not in known]


def order_of(line: EventLine) -> tuple[date, bool, date | datetime, str]:
    """The order of ``EventLine.key``, which is dear to make: to the microsecond, lest a cursor skips what it sorts."""
    start = line.occurrence.start
    timed = isinstance(start, datetime)
    return line.first, timed, start.astimezone(UTC) if isinstance(start, datetime) else start, line.event.id


def find_events(web: Web, query: EventQuery, path: str) -> EventListing:
    """The page of ``query``, listed at ``path``: no more than it shows is worked out, and once for all pages."""
    search = _from_page(query)
    with bounded_events(web):
        name = web.index.events_state(), web.settings.timezone.key, query.format, query.listing
        moved = query.format == "json"
        left = web.walks.page(
            name, query.after, query.limit + 1, lambda: merge(*lines_of_each(web, search, moved=moved), key=order_of)
        )
    lines = tuple(left[: query.limit])
    if len(left) <= query.limit:
        return EventListing(lines=lines, next=None)
    given: Parameters = [*query.days, *query.filters, ("limit", str(query.limit))]
    given = [*given, ("format", query.format)] if query.format != "json" else given
    following = [*given, ("cursor", cursor.encode(lines[-1].key, query.listing))]
    return EventListing(lines=lines, next=with_query(path, following))


def _from_page(query: EventQuery) -> EventSearch:
    """The search from the first day of the page: what comes after its cursor begins there or later."""
    if query.after is None:
        return query.search
    try:
        day = date.fromisoformat(query.after[0])
    except (ValueError, IndexError):
        raise InvalidInput("This cursor is not one of ours.") from None
    return replace(query.search, first_day=max(query.search.first_day, day))


def occurrence_key(moment: date | datetime) -> str:
    """A start as addresses and ids say it: 20260703, or 20260703T160000Z in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{moment:%Y%m%d}"
