"""What takes place: occurrences of events between two days, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence import occurrences
from dateline.domain.term import TermType
from dateline.ports.index import EventSearch
from dateline_web.context import Web

DAYS_AHEAD = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One time an event takes place. ``day`` is the newsroom's day it begins on."""

    event: EventDocument
    occurrence: Occurrence
    day: date


def agenda(web: Web, search: EventSearch, limit: int) -> tuple[AgendaLine, ...]:
    """The first ``limit`` occurrences that touch the days of ``search``; all-day ones come first on their day."""
    zone = web.settings.timezone
    lines = [
        AgendaLine(event=event, occurrence=occurrence, day=_day(occurrence.start, web))
        for event in web.index.events(search)
        for occurrence in occurrences(event, search.first_day, search.last_day, zone, limit)
    ]
    return tuple(sorted(lines, key=_order)[:limit])


def ahead(web: Web, type: TermType, slug: str, limit: int) -> tuple[AgendaLine, ...]:
    """The next occurrences of events that carry a tag, or stand in a section."""
    wanted: dict[str, Any] = {f"{type}s": (slug,)}
    search = EventSearch(first_day=web.today, last_day=web.today + timedelta(days=DAYS_AHEAD), **wanted)
    return agenda(web, search, limit)


def _day(start: date | datetime, web: Web) -> date:
    return start.astimezone(web.settings.timezone).date() if isinstance(start, datetime) else start


def _order(line: AgendaLine) -> tuple[date, bool, float, str]:
    start = line.occurrence.start
    timed = isinstance(start, datetime)
    return line.day, timed, start.timestamp() if isinstance(start, datetime) else 0, line.event.id
