"""The events of the calendar that a story is about, as readers may see them."""

from __future__ import annotations

import time
from typing import Any, Final, cast

import structlog

from dateline.domain.document import EventDocument, StoryDocument
from dateline.domain.recurrence.effort import bounded_effort
from dateline.domain.timestamps import day_or_rfc3339
from dateline.errors import IndexUnavailable
from dateline_web.context import Web
from dateline_web.events.page import next_times
from dateline_web.events.timetable import EventLine
from dateline_web.urls import absolute

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.web")

MOST_SHOWN: Final = 5
SECONDS: Final = 0.4
"""What takes longer to work out is left out: a story doesn't wait for the calendar beside it."""


class _TooLate(IndexUnavailable):
    """The events of a story took too long."""


def events_of(web: Web, story: StoryDocument) -> tuple[EventLine, ...]:
    """The next time of each event that the story is linked with and that nobody withdrew; its last one when it is over.
    Raises ``IndexUnavailable``."""
    lines: list[EventLine] = []
    if not story.event_ids:
        return ()
    try:
        with bounded_effort(SECONDS, _TooLate("too many events"), time.monotonic):
            for event in cast(list[EventDocument], web.index.get("event", story.event_ids[:MOST_SHOWN])):
                if not event.withdrawn and event.start is not None:
                    lines.append(next_times(web, event)[0])
    except _TooLate:
        log.warning("events left out", story=story.id, found=len(lines))
    return tuple(lines)


def event_refs(lines: tuple[EventLine, ...]) -> list[dict[str, Any]]:
    """The events by title, time and address."""
    return [
        {"id": line.event.id, "title": line.event.title, "start": day_or_rfc3339(line.occurrence.start),
         "url": absolute(line.path)}
        for line in lines
    ]  # fmt: skip


def linked_data_of(lines: tuple[EventLine, ...]) -> list[dict[str, Any]]:
    """The events as schema.org names what an article is about."""
    return [
        {"@type": "Event", "name": line.event.title, "startDate": day_or_rfc3339(line.occurrence.start),
         "url": absolute(line.path),
         **({"location": {"@type": "Place", "name": line.event.location.in_one_line}} if line.event.location else {})}
        for line in lines
    ]  # fmt: skip
