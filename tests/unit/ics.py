"""Calendars in a few words, for the tests of what is read of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence import occurrences
from dateline.formats.ics import IcsEvent, read_calendar

MINSK = ZoneInfo("Europe/Minsk")


def nobody(uid: str) -> Event | None:
    return None


def calendar(*bodies: str, head: str = "") -> bytes:
    events = "".join(f"BEGIN:VEVENT\n{body.strip()}\nEND:VEVENT\n" for body in bodies)
    return f"BEGIN:VCALENDAR\n{head}{events}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(
    *bodies: str, head: str = "", zone: ZoneInfo = MINSK, known: Callable[[str], Event | None] = nobody
) -> list[IcsEvent]:
    return read_calendar(calendar(*bodies, head=head), zone, known=known)


def only(*lines: str, head: str = "", zone: ZoneInfo = MINSK) -> IcsEvent:
    (one,) = read("\n".join(("UID:a", "SUMMARY:A", *lines)), head=head, zone=zone)
    return one


def event(*lines: str, head: str = "", zone: ZoneInfo = MINSK) -> Event:
    one = only(*lines, head=head, zone=zone)
    assert one.event is not None, one.errors
    return one.event


def taken(*found: IcsEvent) -> list[Event]:
    return [one.event for one in found if one.event is not None]


def times(*events: Event, year: int = 2029, zone: ZoneInfo = MINSK, status: str = "") -> list[str]:
    """The starts within a year: days, and times in UTC."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    every = [
        one
        for each in events
        if not status or each.status == status
        for one in occurrences(each, first, last, zone, 10_000)
    ]
    return sorted(utc(one.start) for one in every)


def utc(moment: date) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M}" if isinstance(moment, datetime) else moment.isoformat()
