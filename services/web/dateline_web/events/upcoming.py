"""The next events beside other things: on the front page and on the pages of terms."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Final

import structlog

from dateline.domain.event import Occurrence
from dateline.domain.recurrence.effort import bounded_effort
from dateline.domain.term import TermType
from dateline.errors import IndexUnavailable
from dateline.ports.index import EventSearch
from dateline_web.context import Web
from dateline_web.events.timetable import EventLine, line_of, lines_of_each, order_of

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.web")

FRONT_DAYS: Final = 60
TERM_DAYS: Final = 365
POSTPONED_SINCE: Final = timedelta(days=365)
"""What was to take place longer ago, and has no date still, is forgotten."""
POSTPONED_UNTIL: Final = timedelta(days=2 * 366)
SECONDS: Final = 0.4
"""What takes longer to work out is left out: the stories of a page don't wait for the events beside them."""


class _TooLate(IndexUnavailable):
    """The events beside other things took too long."""


def events_today(web: Web, limit: int) -> tuple[EventLine, ...]:
    """What takes place today, in order, each event once."""
    return _next_of_each(web, EventSearch(first_day=web.today, last_day=web.today), limit)


def next_events(web: Web, limit: int) -> tuple[EventLine, ...]:
    """The next time of each of the next events."""
    return _next_of_each(web, _search(web, FRONT_DAYS), limit)


def next_events_of_term(web: Web, type: TermType, slug: str, limit: int) -> tuple[EventLine, ...]:
    """The same of events that carry a tag, or stand in a section."""
    return _next_of_each(web, _search(web, TERM_DAYS).choosing(type, slug), limit)


def postponed_events(web: Web, search: EventSearch, limit: int) -> tuple[EventLine, ...]:
    """What is postponed without a new date, of the events that fit the filters of ``search``: at the times at which it
    was to take place, the latest first."""
    first, last = web.today - POSTPONED_SINCE, web.today + POSTPONED_UNTIL
    found = web.index.events(replace(search, first_day=first, last_day=last, statuses=("postponed",)))
    lines = [line_of(web, event, Occurrence(start=event.start, end=event.end)) for event in found if event.start]
    return tuple(sorted(lines, key=order_of, reverse=True)[:limit])


def _search(web: Web, days: int) -> EventSearch:
    return EventSearch(first_day=web.today, last_day=web.today + timedelta(days=days))


def _next_of_each(web: Web, search: EventSearch, limit: int) -> tuple[EventLine, ...]:
    """A weekly tour must not fill the list: each event stands in it once. What isn't worked out in time is left out."""
    found: list[EventLine] = []
    try:
        with bounded_effort(SECONDS, _TooLate("too many events"), time.monotonic):
            for lines in lines_of_each(web, search):
                found.extend(islice(lines, 1))
    except _TooLate:
        log.warning("events left out", first=str(search.first_day), last=str(search.last_day), found=len(found))
    return tuple(sorted(found, key=order_of)[:limit])
