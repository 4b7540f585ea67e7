"""One VEVENT read into an event: by itself, or as the exception of a series."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence import OverBeforeItBegins, bounds, check_rule, check_together, is_over_on_its_first_day
from dateline.domain.recurrence.moments import Moment, day_of
from dateline.domain.recurrence.vtimezone import VTimezone
from dateline.domain.web_address import absolute_address
from dateline.domain.wrapped_address import unwrapped
from dateline.errors import FieldError, InvalidInput, TooMuch
from dateline.formats.ics.date_texts import read_moment
from dateline.formats.ics.itip import ADD, CANCEL, added_at, message_note, refusal_of_addition
from dateline.formats.ics.lines import Component, Line
from dateline.formats.ics.particulars import organizers_of, particulars_of
from dateline.formats.ics.statuses import status_of
from dateline.formats.ics.texts import (
    POSTPONED,
    description_of,
    location_of,
    one_line,
    organizer_of,
    shortened,
    unescaped,
    untitled,
)
from dateline.formats.ics.times import Times, refusal
from dateline.formats.ics.timezones.zones import Clocks, zone_of_series, zone_of_times
from dateline.schemas.event import EventSchema
from dateline.schemas.fields import SHORT, address_or_nothing
from dateline.schemas.pointers import load

_SCHEMA: Final = EventSchema()
"""Made once: a large calendar would make thousands."""
_HOST: Final = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}(?=[/?#]|$)", re.IGNORECASE)
"""An address that begins with its host."""
_PASSING: Final = frozenset({"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"})
"""What may differ between two exports of the same event."""


EMPTIED: Final = "RRULE"
"""What keeps a series from the public of which no time is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IcsEvent:
    """One VEVENT: its event, or why there is none (pointers name the event's fields).

    ``recurrence_id`` is empty but for an exception of a series: then it is the date, or the UTC time, that the
    exception stands for. ``this_and_future`` says that it stands for all later ones too. ``notes`` say what was left
    out or read otherwise than it stands; ``older`` that a newer version of the same VEVENT counts.
    ``implied`` is an event on record that another VEVENT changes: it stands in no file; ``lapsed``, that it is one no
    longer: a newer version of its series doesn't have it. ``message`` is no publication
    (``itip``): it makes and changes nothing. ``private`` names the property that keeps it from the public.
    """

    uid: str
    recurrence_id: str = ""
    event: Event | None = None
    errors: tuple[FieldError, ...] = ()
    notes: tuple[FieldError, ...] = ()
    this_and_future: bool = False
    older: bool = False
    implied: bool = False
    lapsed: bool = False
    message: bool = False
    private: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The series that an exception belongs to, and the clock on which its times stand."""

    event: Event
    clock: tzinfo


class Vevent:
    """A VEVENT that is being read, with what counts for all of its calendar."""

    def __init__(self, component: Component, clocks: Clocks, method: str, language: str) -> None:
        self.component = component
        self.method = method
        self.clocks = clocks
        self.clock: tzinfo | None = None
        """On which its start stands; known once it was read."""
        self.untitled = untitled(language)
        self.cancelled = method == CANCEL or status_of(component.first("STATUS"))[0] == "cancelled"
        self.notes = [FieldError("", f"This line can't be read: {line!r}") for line in component.broken]
        if component.guessed:
            said = f"Nothing says in which charset this is written: read as {component.guessed}, which is a guess."
            self.notes.append(FieldError("", said))
        if component.is_continued:
            self.notes.append(
                FieldError("", "Lines that are no property are read as the text that stands before them.")
            )
        if component.damaged:
            self.notes.append(
                FieldError("", "Bytes that are no character of the calendar's charset are read as \ufffd.")
            )
        self.recurrence: Line | None = next(iter(component.all("RECURRENCE-ID")), None)
        if method == ADD:
            self.recurrence = self.recurrence or added_at(component)
        self.uid = unescaped(component.first("UID")).strip() or self._made_uid()
        if len(self.uid) > SHORT:
            self.uid = f"{hashlib.sha256(self.uid.encode()).hexdigest()[:32]}@dateline"
        text = component.first("SEQUENCE").strip()
        self.sequence = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
        self.modified = self._modified()

    def _made_uid(self) -> str:
        """A name made of the content, so that a second import finds the event again."""
        lines = sorted(line.written() for line in self.component.lines if line.name not in _PASSING)
        self.notes.append(FieldError("/external_id", "UID is missing: one was made from the content."))
        return f"{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:32]}@dateline"

    def _modified(self) -> datetime | None:
        try:
            moment = read_moment(self.component.first("LAST-MODIFIED") or "-")
        except ValueError:
            return None
        if not isinstance(moment, datetime):
            return None
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_message(vevent: Vevent) -> IcsEvent | None:
    """What becomes of a VEVENT that its METHOD keeps from being read; None of any other."""
    if note := message_note(vevent.method):
        return IcsEvent(uid=vevent.uid, notes=(note,), message=True)
    if vevent.method == ADD and (error := refusal_of_addition(vevent.component)):
        return IcsEvent(uid=vevent.uid, errors=(error,), notes=tuple(vevent.notes))
    return None


def read_single(vevent: Vevent, known: Callable[[str], Event | None]) -> IcsEvent:
    """An event or a series. ``known`` gives what is on record: a cancellation may say no more than the UID."""
    try:
        if vevent.cancelled and not vevent.component.all("DTSTART") and (before := known(vevent.uid)):
            event = replace(before, status="cancelled", sequence=vevent.sequence, modified=vevent.modified)
        else:
            event = event_of(vevent, Times(vevent.component, vevent.clocks), None)
    except OverBeforeItBegins as error:
        if (recorded := known(vevent.uid)) is None:
            return IcsEvent(uid=vevent.uid, errors=errors_of(error), notes=tuple(vevent.notes))
        newest = replace(recorded, sequence=vevent.sequence, modified=vevent.modified)
        return IcsEvent(uid=vevent.uid, event=newest, private=EMPTIED)
    except InvalidInput as error:
        return IcsEvent(uid=vevent.uid, errors=errors_of(error), notes=tuple(vevent.notes))
    return IcsEvent(uid=vevent.uid, event=event, notes=tuple(vevent.notes))


def event_of(vevent: Vevent, times: Times, series: Series | None) -> Event:
    """The event of a VEVENT with a start."""
    vevent.clock = times.clock
    texts = texts_of(vevent)
    if "title" not in texts and series is not None:
        texts = inheriting(texts, series.event)
    elif "title" not in texts:
        vevent.notes.append(FieldError("/title", "SUMMARY is missing."))
        texts["title"] = vevent.untitled
    bare = series is not None and not vevent.component.all("SUMMARY")
    kept = kept_of(series.event) if series is not None and bare else {}
    said = {**kept, **loaded({**texts, "start": iso(times.start), "external_id": vevent.uid})}
    event = Event(
        **{**said, "start": times.start, "end": times.end, "exdates": times.exdates, "rdates": times.rdates,
           "periods": times.periods, "sequence": vevent.sequence, "modified": vevent.modified}
    )  # fmt: skip
    vevent.notes += times.notes
    return _on_a_clock(_with_rules(event, times, vevent), times.clock, vevent.clocks)


def _with_rules(event: Event, times: Times, vevent: Vevent) -> Event:
    good = []
    for rule in times.rules:
        try:
            if is_over_on_its_first_day(rule, times.start):
                vevent.notes.append(FieldError("/rrule", "The rule ends on the day of the start: it takes place once."))
                continue
            check_rule(rule, times.start, times.end)
            good.append(rule)
        except OverBeforeItBegins as error:
            if not times.rdates and len(times.rules) == 1:
                raise OverBeforeItBegins(str(error), (FieldError("/rrule", str(error)),)) from None
        except TooMuch as error:
            raise refusal("rrule", str(error)) from None
        except InvalidInput as error:
            vevent.notes.append(FieldError("/rrule", f"A rule is left out: {error}"))
    try:
        check_together(good)
    except TooMuch as error:
        raise refusal("rrule", str(error)) from None
    return replace(event, rrule=good[0], further_rrules=tuple(good[1:])) if good else event


def _on_a_clock(event: Event, clock: tzinfo, clocks: Clocks) -> Event:
    """The event with its zone: one of the IANA database that tells its times as they are written; without one, a series
    keeps its calendar's clock, and anything else is told on the newsroom's."""
    if not isinstance(event.start, datetime):
        return event
    if isinstance(clock, ZoneInfo):
        return replace(event, timezone=clock.key)
    assert isinstance(clock, VTimezone)
    recurs = bool(event.rrule)
    zone = None if recurs else zone_of_times(clock, clocks, *_times(event))
    if zone is None:
        zone = zone_of_series(clock, clocks, event.start, _last(event, clock, clocks) if recurs else event.start)
    if zone is None and recurs:
        return replace(event, vtimezone=clock.text)
    zone = zone or clocks.newsroom
    return replace(event, timezone=zone.key, start=event.start.astimezone(zone))


def _last(event: Event, clock: VTimezone, clocks: Clocks) -> datetime | None:
    _, last = bounds(replace(event, vtimezone=clock.text), clocks.newsroom)
    return None if last is None else datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=2)


def _times(event: Event) -> list[datetime]:
    ends = [event.end, *(one.start for one in event.periods)]
    return [one for one in (event.start, *event.rdates, *ends) if isinstance(one, datetime)]


def texts_of(vevent: Vevent) -> dict[str, Any]:
    component, notes = vevent.component, vevent.notes
    title = one_line(component.first("SUMMARY"))
    said = component.first("STATUS").strip()
    status, is_known = status_of(said)
    if not is_known:
        notes.append(FieldError("/status", f"Nobody knows the status {said[:40]!r}: read as {status}."))
    if component.first("X-DATELINE-STATUS") == "POSTPONED":
        title, status = title.removeprefix(POSTPONED), "postponed"
    body = {
        "title": shortened(title, "title", notes),
        **description_of(component, notes),
        "status": "cancelled" if vevent.cancelled else status,
        "url": _address(unescaped(component.first("URL")).strip()),
        "organizer": shortened(_organizer(component, notes), "organizer", notes),
        "location": location_of(component, notes),
    }
    body |= particulars_of(component, body["status"] in ("cancelled", "postponed"), notes)
    return {name: value for name, value in body.items() if value}


def _organizer(component: Component, notes: list[FieldError]) -> str:
    """Who holds the event: CONTACT as it stands, or the name of the ORGANIZER."""
    return next(iter(organizers_of(component)), "") or organizer_of(component, notes)


def _address(url: str) -> str:
    """``url`` where it is one that readers can open; one without a scheme is https."""
    url = unwrapped(url.replace("&amp;", "&"))
    return address_or_nothing(absolute_address(url) or (f"https://{url}" if _HOST.match(url) else url))


def inheriting(texts: dict[str, Any], series: Event) -> dict[str, Any]:
    """The texts of an exception that has no title, with those of its series that it doesn't say itself."""
    said = {"title": series.title, "url": series.url, "organizer": series.organizer, "contact": series.contact,
            "language": series.language}  # fmt: skip
    if series.online_url:
        said |= {"online_url": series.online_url, "attendance": series.attendance}
    if not texts.keys() & {"description_html", "description_text"}:
        said |= {"description_html": series.description_html, "description_text": series.description_text}  # type: ignore[dict-item]
    return {**{name: value for name, value in said.items() if value}, **texts}


def kept_of(series: Event) -> dict[str, Any]:
    """What such an exception has of its series besides."""
    return {
        "location": series.location, "images": series.images, "section": series.section, "tags": series.tags,
        "further_locations": series.further_locations, "price": series.price, "links": series.links,
        "categories": series.categories, "attendance": series.attendance,
    }  # fmt: skip


def loaded(body: dict[str, Any]) -> dict[str, Any]:
    """The event's fields as they are checked for every event."""
    return load(_SCHEMA, body)


def iso(start: Moment) -> str:
    return start.astimezone(UTC).isoformat() if isinstance(start, datetime) else day_of(start).isoformat()


def errors_of(error: InvalidInput) -> tuple[FieldError, ...]:
    return error.errors or (FieldError("", str(error)),)
