"""An event as an editor submits it, after the border has checked and normalised it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateline.domain.story import Image, Link
from dateline.domain.tag import TagRef

EVENT_SCHEMA = 5

EventStatus = Literal["confirmed", "tentative", "cancelled", "postponed"]
"""``postponed``: the new date isn't known yet; what has one is moved (``Event.previous_times``)."""
Attendance = Literal["offline", "online", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where an event is, as a person would say it, with coordinates where known (WGS 84 degrees)."""

    name: str
    address: str = ""
    city: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def in_one_line(self) -> str:
        """'Upper Town, 8 Pobediteley Avenue, Minsk, Belarus'; what is said twice is shown once."""
        return ", ".join(dict.fromkeys(filter(None, (self.name, self.address, self.city, self.country))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time an event takes place: plain dates (``end`` inclusive) or aware date-times; ``end`` may be unknown."""

    start: date | datetime
    end: date | datetime | None = None

    @property
    def all_day(self) -> bool:
        """Whether the occurrence has plain dates."""
        return not isinstance(self.start, datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What an event costs: nothing (``free``), an ``amount`` (from it ``up_to`` another, decimal numbers) of a currency
    (ISO 4217), or what ``note`` says."""

    free: bool = False
    amount: str = ""
    up_to: str = ""
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One revision of an event.

    All day when ``start`` is a plain date: then ``end`` is a plain date too, inclusive, and no zone applies.
    Otherwise ``start`` and ``end`` are aware, and ``timezone`` (IANA) is the clock on which it recurs.
    ``rrule`` is the value of RFC 5545 section 3.3.10, without ``RRULE:``; ``further_rrules`` are more of them, of which
    any may name a time. ``rdates`` are further starts, ``periods`` further times that last as long as they say.
    ``vtimezone`` is the clock of a series that no zone of the IANA database has (then ``timezone`` is empty).
    ``location`` and ``further_locations`` are where it is, ``attendance`` and ``online_url`` whether one can take part
    from elsewhere. ``categories`` are free words. ``reason`` is what readers are told of a cancellation, a postponement
    or a move; ``previous_times`` are those at which it was announced before it was moved.
    ``language`` (BCP 47) is the one its texts are written in; empty where nobody said.
    ``sequence`` and ``modified`` are the SEQUENCE and LAST-MODIFIED of the calendar it came in: which version it is.
    """

    title: str
    start: date | datetime
    end: date | datetime | None = None
    timezone: str = ""
    description_html: str | None = None
    description_text: str | None = None
    rrule: str = ""
    exdates: tuple[date | datetime, ...] = ()
    rdates: tuple[date | datetime, ...] = ()
    further_rrules: tuple[str, ...] = ()
    periods: tuple[Occurrence, ...] = ()
    vtimezone: str = ""
    location: Location | None = None
    further_locations: tuple[Location, ...] = ()
    attendance: Attendance = "offline"
    online_url: str = ""
    status: EventStatus = "confirmed"
    reason: str = ""
    previous_times: tuple[Occurrence, ...] = ()
    price: Price | None = None
    url: str = ""
    links: tuple[Link, ...] = ()
    organizer: str = ""
    contact: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""
    section: str = ""
    tags: tuple[TagRef, ...] = ()
    images: tuple[Image, ...] = ()
    external_id: str = ""
    recurrence_id: str = ""
    sequence: int = 0
    modified: datetime | None = None
    note: str = ""

    @property
    def all_day(self) -> bool:
        """Whether the event has plain dates."""
        return not isinstance(self.start, datetime)

    def older_than(self, other: Event) -> bool:
        """Whether another version of the same event is newer: by SEQUENCE, then by LAST-MODIFIED where both say it
        (RFC 5546 section 2.1.5). Of two that say the same the one that came later counts."""
        if self.sequence != other.sequence:
            return self.sequence < other.sequence
        return self.modified is not None and other.modified is not None and self.modified < other.modified
