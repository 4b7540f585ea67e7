"""What words find in the whole calendar: each event once, by its next time, or by its last when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from dateline.domain.recurrence import each_occurrence
from dateline_web.calendar.filters import filters_of
from dateline_web.calendar.layout import EVENTS_WORD, Address, CalendarPage
from dateline_web.context import Web
from dateline_web.dates.days import shift_day
from dateline_web.events.params import EventQuery
from dateline_web.events.series_exceptions import replaced_by, takes_place
from dateline_web.events.timetable import EventLine, bounded_events, line_of, lines_of_each, order_of

YEARS_AHEAD: Final = 20
FIRST_DAY: Final = date(1000, 1, 1)
MAX_SHOWN: Final = 100
"""Of those to come, and of the past ones."""


def found_page(web: Web, query: EventQuery) -> CalendarPage:
    """The page of what ``query`` finds on any day."""
    within = query.between(web.today, shift_day(web.today, 366 * YEARS_AHEAD))
    coming, past = _coming(web, within), _past(web, within)
    return CalendarPage(
        address=Address(),
        heading=f"{EVENTS_WORD} with “{query.search.text}”",
        anchor=web.today,
        query=within,
        filters=filters_of(web, within, [*coming, *past], lambda other: [*_coming(web, other), *_past(web, other)]),
        coming=tuple(coming[:MAX_SHOWN]),
        past=tuple(past[:MAX_SHOWN]),
        total=len(coming) + len(past),
        shown=min(len(coming), MAX_SHOWN) + min(len(past), MAX_SHOWN),
    )


def _coming(web: Web, query: EventQuery) -> list[EventLine]:
    """The next time of each event, the nearest first."""
    with bounded_events(web):
        return sorted((line for lines in lines_of_each(web, query.search) for line in islice(lines, 1)), key=order_of)


def _past(web: Web, query: EventQuery) -> list[EventLine]:
    """The last time of each event that is over, the newest first."""
    events = web.index.events(query.between(FIRST_DAY, shift_day(web.today, -1)).search)
    replaced = replaced_by(events)

    def last_times() -> Iterator[EventLine]:
        for event in events:
            if event.last_day and event.last_day < web.today:
                times = each_occurrence(event, event.last_day, event.last_day, web.settings.timezone)
                yield from (line_of(web, event, one) for one in times if takes_place(event, one, replaced))

    with bounded_events(web):
        last = {line.event.id: line for line in sorted(last_times(), key=order_of)}
    return sorted(last.values(), key=order_of, reverse=True)
