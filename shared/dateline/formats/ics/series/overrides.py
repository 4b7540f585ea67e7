"""The exception of a series (RECURRENCE-ID, RFC 5545 section 3.8.4.4), read into an event that stands for one time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo

from icalendar.parser import Parameters

from dateline.domain.event import Event
from dateline.domain.recurrence.moments import Moment, alike, elapsed, later
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics.lines import Line
from dateline.formats.ics.times import Times, moment_of, refusal
from dateline.formats.ics.vevent import (
    IcsEvent,
    Series,
    Vevent,
    errors_of,
    event_of,
    inheriting,
    iso,
    kept_of,
    loaded,
    texts_of,
)


def read_exception(vevent: Vevent, series: Series | None) -> IcsEvent:
    """The exception of a series. One that can't be read is shown as postponed at the time that it stands for."""
    key = ""
    event: Event | None = None
    errors: tuple[FieldError, ...] = ()
    future = False
    try:
        replaced = _replaced(vevent, series)
        key = format_recurrence_id(replaced)
        future = _range(vevent) == "THISANDFUTURE"
        event = replace(_exception(vevent, series, replaced), recurrence_id=key)
    except InvalidInput as error:
        errors = errors_of(error)
    return IcsEvent(
        uid=vevent.uid, recurrence_id=key, event=event, errors=errors, notes=tuple(vevent.notes), this_and_future=future
    )


def _range(vevent: Vevent) -> str:
    assert vevent.recurrence is not None
    return str(vevent.recurrence.parameters.get("RANGE") or "").strip().upper()


def _replaced(vevent: Vevent, series: Series | None) -> Moment:
    """The time of its series that an exception stands for; one without a zone stands on the series' clock."""
    line = vevent.recurrence
    assert line is not None
    clock = series.clock if series else _own_clock(vevent)
    try:
        moment = moment_of(line, vevent.clocks, clock)
    except KeyError:
        moment = moment_of(Line(line.name, Parameters(), line.value), vevent.clocks, clock)
    except ValueError as error:
        raise refusal("recurrence_id", str(error)) from None
    return alike(moment, series.event.start, clock) if series else moment


def _own_clock(vevent: Vevent) -> tzinfo:
    for line in vevent.component.all("DTSTART"):
        zone = str(line.parameters.get("TZID") or "")
        if zone in vevent.clocks:
            return vevent.clocks[zone]
    return vevent.clocks.default


def _exception(vevent: Vevent, series: Series | None, replaced: Moment) -> Event:
    component = vevent.component
    if component.all("RRULE"):
        vevent.notes.append(FieldError("/rrule", "An exception of a series can't recur itself: its rule is left out."))
    try:
        times = Times(component, vevent.clocks, recurs=False, otherwise=series.clock if series else None)
    except InvalidInput as error:
        if series is None:
            raise
        if not component.all("DTSTART"):
            return _standing(vevent, series, replaced, "cancelled" if vevent.cancelled else "")
        vevent.notes += errors_of(error)
        vevent.notes.append(FieldError("/status", "The new time can't be read: the old one is shown as postponed."))
        return _standing(vevent, series, replaced, "cancelled" if vevent.cancelled else "postponed")
    return event_of(vevent, times, series)


def _standing(vevent: Vevent, series: Series, replaced: Moment, status: str) -> Event:
    """An exception at the very time that it stands for, with what it doesn't say taken from its series."""
    start = replaced.astimezone(series.clock) if isinstance(replaced, datetime) else replaced
    end = series.event.end
    lasts = None if end is None else elapsed(series.event.start, end)
    texts = inheriting(texts_of(vevent), series.event)
    said = {**kept_of(series.event), **loaded({**texts, "start": iso(start), "external_id": vevent.uid})}
    zone = {"timezone": series.event.timezone} if isinstance(start, datetime) else {}
    return Event(
        **{**said, **zone, "start": start, "end": None if lasts is None else later(start, lasts),
           "status": status or said.get("status", series.event.status),
           "sequence": vevent.sequence, "modified": vevent.modified}
    )  # fmt: skip
