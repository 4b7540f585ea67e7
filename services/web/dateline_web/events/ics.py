"""Events as text/calendar, for programs that subscribe to them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from dateline.domain.document import EventDocument
from dateline.formats.ics import write_calendar
from dateline_web.context import Web
from dateline_web.dates.days import shift_day
from dateline_web.events.params import CalendarParams, EventQuery
from dateline_web.events.series_exceptions import exceptions_of
from dateline_web.events.timetable import bounded_events, with_exceptions
from dateline_web.urls import absolute


def calendar_of_events(web: Web, query: EventQuery) -> Response:
    """All events of the query's days: subscribers expand series themselves."""
    with bounded_events(web):
        return _answer(web, with_exceptions(web, query.search), _name(web, query), "events.ics")


def calendar_of_event(web: Web, event: EventDocument) -> Response:
    """One event, with all its times, and with the events that stand for some of them."""
    back, ahead = CalendarParams.reach
    instead = exceptions_of(web.index, [event], shift_day(web.today, -back), shift_day(web.today, ahead))
    return _answer(web, [event, *instead], event.title, f"{event.slug}.ics")


def _name(web: Web, query: EventQuery) -> str:
    chosen = ", ".join(value.replace("-", " ") for _, value in query.filters)
    return f"{web.settings.title}: {chosen or 'events'}"


def _answer(web: Web, events: Sequence[EventDocument], name: str, filename: str) -> Response:
    body = write_calendar(events, base_url=absolute(""), name=name, zone=web.settings.timezone)
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
