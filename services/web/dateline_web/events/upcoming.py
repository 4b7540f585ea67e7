"""The next events beside other things: on the front page and on the pages of terms."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from dateline.domain.term import TermType
from dateline.ports.index import EventSearch
from dateline_web.context import Web
from dateline_web.events.timetable import EventLine, timetable

FRONT_DAYS: Final = 60
TERM_DAYS: Final = 365


def events_today(web: Web, limit: int) -> tuple[EventLine, ...]:
    """What takes place today, in order."""
    return tuple(timetable(web, EventSearch(first_day=web.today, last_day=web.today))[:limit])


def next_events(web: Web, limit: int) -> tuple[EventLine, ...]:
    """The next time of each of the next events."""
    return _next_of_each(web, _search(web, FRONT_DAYS), limit)


def next_events_of_term(web: Web, type: TermType, slug: str, limit: int) -> tuple[EventLine, ...]:
    """The same of events that carry a tag, or stand in a section."""
    return _next_of_each(web, _search(web, TERM_DAYS).choosing(type, slug), limit)


def _search(web: Web, days: int) -> EventSearch:
    return EventSearch(first_day=web.today, last_day=web.today + timedelta(days=days))


def _next_of_each(web: Web, search: EventSearch, limit: int) -> tuple[EventLine, ...]:
    """A weekly tour must not fill the list: each event stands in it once."""
    once: dict[str, EventLine] = {}
    for line in timetable(web, search):
        once.setdefault(line.event.id, line)
    return tuple(once.values())[:limit]
