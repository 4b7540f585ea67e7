"""Where nothing takes place on a page's days: when something does next."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dateline_web.context import Web
from dateline_web.dates.days import shift_day
from dateline_web.events.params import EventQuery
from dateline_web.events.timetable import EventLine, find_events
from dateline_web.urls import EVENTS

DAYS: Final = 366


def next_after(web: Web, query: EventQuery) -> EventLine | None:
    """The first time after the days of ``query`` at which something of it takes place, within a year."""
    last = query.search.last_day
    days = query.between(shift_day(last, 1), shift_day(last, DAYS))
    return next(iter(find_events(web, replace(days, limit=1), EVENTS).lines), None)
