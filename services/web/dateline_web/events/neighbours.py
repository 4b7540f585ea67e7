"""Other events beside an event: what takes place near it in the next days, and what is like it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

import structlog

from dateline.domain.document import EventDocument
from dateline.domain.recurrence import days_of, each_occurrence
from dateline.domain.recurrence.effort import bounded_effort, check_effort
from dateline.domain.recurrence.recurring import is_recurring
from dateline.errors import IndexUnavailable
from dateline.ports.index import BesideSearch
from dateline_web.context import Web
from dateline_web.events.series_exceptions import replaced_by, takes_place
from dateline_web.events.timetable import EventLine, order_of

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.web")

NEAR_DAYS: Final = 30
LIKE_DAYS: Final = 120
MOST: Final = 4
LOOKED_AT: Final = 10
"""Of some found ones every time may be replaced; those near may be like it too."""
SECONDS: Final = 0.4
"""What takes longer to work out is left out: an event doesn't wait for others."""

Lines = tuple[EventLine, ...]


class _TooLate(IndexUnavailable):
    """The events beside an event took too long."""


def nearby_and_similar(web: Web, event: EventDocument) -> tuple[Lines, Lines]:
    """What is near ``event``, by time; and what is like it and not among those, the likest first.

    Raises ``IndexUnavailable``.
    """
    near = web.index.events_near(_search(web, event, NEAR_DAYS))
    like = web.index.events_like(_search(web, event, LIKE_DAYS))
    try:
        with bounded_effort(SECONDS, _TooLate("too many events"), time.monotonic):
            nearby = sorted(_lines(web, _others(event, near), NEAR_DAYS), key=order_of)[:MOST]
            shown = {line.event.id for line in nearby}
            others = (one for one in _others(event, like) if one.id not in shown)
            return tuple(nearby), tuple(_lines(web, others, LIKE_DAYS))[:MOST]
    except _TooLate:
        log.warning("events left out", event_id=event.id)
        return (), ()


def _search(web: Web, event: EventDocument, days: int) -> BesideSearch:
    last = web.today + timedelta(days=days)
    return BesideSearch(event=event, first_day=web.today, last_day=last, limit=LOOKED_AT)


def _others(event: EventDocument, found: Iterable[EventDocument]) -> Iterator[EventDocument]:
    """Without other times of the same series."""
    return (one for one in found if not event.uid or one.uid != event.uid)


def _lines(web: Web, events: Iterable[EventDocument], days: int) -> Iterator[EventLine]:
    """The next time of each of the events, which no exception replaces."""
    found, first, last = list(events), web.today, web.today + timedelta(days=days)
    uids = {event.uid for event in found if event.uid and is_recurring(event)}
    replaced = replaced_by(web.index.exceptions(uids, first, last) if uids else ())
    for event in found:
        for occurrence in each_occurrence(event, first, last, web.settings.timezone):
            check_effort()
            if takes_place(event, occurrence, replaced):
                begins, ends = days_of(occurrence, web.settings.timezone)
                yield EventLine(event=event, occurrence=occurrence, first=begins, last=ends)
                break
