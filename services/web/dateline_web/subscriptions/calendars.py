"""Events as text/calendar, for programs that subscribe to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Final

from flask import Response, request

from dateline.domain.document import EventDocument
from dateline.formats.ics import at_one_time, by_itself, write_calendar
from dateline_web.context import Web
from dateline_web.dates.days import shift_day
from dateline_web.dates.formatting import number
from dateline_web.events.page import time_named
from dateline_web.events.series_exceptions import exceptions_of
from dateline_web.events.timetable import bounded_events, with_exceptions
from dateline_web.pictures.outward import for_feeds
from dateline_web.subscriptions.params import DAYS_BACK, Subscription
from dateline_web.urls import EVENTS, EVENTS_SUBSCRIBE, absolute, event_path, with_query

MOST_BYTES: Final = 12_000_000
"""About as much a calendar holds; programs give up on larger ones, and so does the compression of answers."""
LINES_OF_ONE: Final = 1_000
"""Bytes of an event besides its description."""


def calendar_of_events(web: Web, wanted: Subscription, name: str = "", page: str = EVENTS) -> Response:
    """All events that are wanted: subscribers expand series themselves. ``name`` and ``page`` are those of the page
    that shows the same; without a name the filters are named."""
    with bounded_events(web):
        found = in_languages(web, with_exceptions(web, wanted.search), wanted.languages)
        kept = what_fits(found, web.today)
        return _answer(web, wanted, kept, name or name_of(web, wanted), "events", page, _note(kept, found, wanted))


def calendar_of_event(web: Web, event: EventDocument, wanted: Subscription) -> Response:
    """One event with all its times, and with the events that stand for some of them; or the one time that is wanted.

    One time is an event of its own: with the series' UID, programs would put it in the place of the whole series.
    Raises ``NotFound`` when the event doesn't take place then.
    """
    with bounded_events(web):
        if wanted.at:
            events = [_one_time(web, event, wanted.at)]
        else:
            first = shift_day(web.today, -DAYS_BACK)
            events = [event, *exceptions_of(web.index, [event], first, date.max)]
        return _answer(web, wanted, events, event.title, event.slug, event_path(event))


def _one_time(web: Web, event: EventDocument, key: str) -> EventDocument:
    line = time_named(web, event, key)
    alone = by_itself(event) if event.recurrence_id else at_one_time(event, line.occurrence)
    return replace(alone, url=event.url or absolute(line.path))


def in_languages(web: Web, events: Sequence[EventDocument], languages: Sequence[str]) -> list[EventDocument]:
    """Those in one of the languages (be is be-tarask too); what says none is in the newsroom's. What stands for a time
    of a series comes with it, in whatever language."""
    if not languages:
        return list(events)
    wanted = tuple(f"{language.casefold()}-" for language in languages)
    fitting = {one.id for one in events if f"{language_of(web, one).casefold()}-".startswith(wanted)}
    series = {one.uid for one in events if one.id in fitting and one.uid and not one.recurrence_id}
    return [one for one in events if one.id in fitting or (one.recurrence_id and one.uid in series)]


def language_of(web: Web, event: EventDocument) -> str:
    """The language of an event's words."""
    return event.language or web.settings.language


def what_fits(events: Sequence[EventDocument], today: date) -> list[EventDocument]:
    """``events`` in their order, so many as a calendar holds: what is to come before what is over, the nearest first. A
    series and its exceptions go together."""
    weights = [LINES_OF_ONE + 2 * len(one.description_text) for one in events]
    if sum(weights) <= MOST_BYTES:
        return list(events)
    by_uid = sorted(range(len(events)), key=lambda place: events[place].uid or events[place].id)
    parts = [list(places) for _, places in groupby(by_uid, key=lambda place: events[place].uid or events[place].id)]
    kept: set[int] = set()
    left = MOST_BYTES
    for places in sorted(parts, key=lambda places: min(_distance(events[place], today) for place in places)):
        left -= sum(weights[place] for place in places)
        if left < 0:
            break
        kept.update(places)
    return [events[place] for place in sorted(kept)]


def _distance(event: EventDocument, today: date) -> tuple[bool, int]:
    """How far away it is: what is over is farther than all that is to come."""
    if event.last_day is not None and event.last_day < today:
        return True, (today - event.last_day).days
    return False, max(0, ((event.first_day or today) - today).days)


def _note(kept: Sequence[EventDocument], found: Sequence[EventDocument], wanted: Subscription) -> str:
    if len(kept) == len(found):
        return ""
    address = absolute(with_query(EVENTS_SUBSCRIBE, wanted.parameters))
    return f"{number(len(kept))} of {number(len(found))} events are in this calendar. Choose fewer: {address}"


def name_of(web: Web, wanted: Subscription) -> str:
    """What a calendar is called that has no page's name: what it is narrowed down to."""
    said = [wanted.search.text, *(value.replace("-", " ") for _, value in wanted.query.chosen)]
    said += ["free" if wanted.search.free else "", "online" if "online" in wanted.search.attendance else ""]
    chosen = ", ".join(filter(None, said))
    return f"{web.settings.title}: {chosen or 'events'}"


def _answer(
    web: Web, wanted: Subscription, events: Sequence[EventDocument], name: str, file: str, page: str, note: str = ""
) -> Response:
    source = with_query(request.path, [*wanted.parameters, *([("on", wanted.at)] if wanted.at else [])])
    body = write_calendar(
        list(map(for_feeds, events)), base_url=absolute(""), name=name, zone=web.settings.timezone, page=absolute(page),
        source=absolute(source), note=note, options=wanted.options,
    )  # fmt: skip
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response
