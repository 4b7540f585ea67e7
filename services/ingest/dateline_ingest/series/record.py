"""A series as it is on record, with the exceptions that stand for some of its times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.series.edits import ExceptionOnRecord, at_one_time
from dateline.domain.series.recorded_parts import uid_of, uid_of_part
from dateline.domain.series.series_times import SeriesTimes, is_series, name_of, occurrence_named
from dateline.errors import Conflict
from dateline.ports.ledger.items import Item, Items, WhichPayloads
from dateline_ingest.intake import EVENT_SOURCE, content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesOnRecord:
    """The item of a series, what its newest revision says, the UID under which programs know it, its exceptions."""

    item: Item
    event: Event
    uid: str
    exceptions: tuple[ExceptionOnRecord, ...]


def series_on_record(ledger: Items, item: Item) -> SeriesOnRecord:
    """The series of ``item``. Raises ``Conflict`` for what is withdrawn, takes place once, or stands for one time."""
    event = content_of(Event, item.newest.payload)
    if event is None:
        raise Conflict("This event was withdrawn, and stays so.")
    if event.recurrence_id:
        raise Conflict("This is one time of a series: correct it as an event, or edit its series.")
    if not is_series(event):
        raise Conflict("This event takes place once: it has no other times.")
    return with_exceptions(ledger, item, event)


def with_exceptions(ledger: Items, item: Item, event: Event) -> SeriesOnRecord:
    """The event of ``item``, and what stands for times of it."""
    uid = uid_of(event.external_id, item.id)
    exceptions = []
    for one in parts_of(ledger, uid):
        said = content_of(Event, one.newest.payload)
        if one.newest.action != "withdraw" and said is not None and is_exception_of(said, uid):
            exceptions.append(ExceptionOnRecord(id=one.id, revision=one.newest_revision, event=said))
    return SeriesOnRecord(item=item, event=event, uid=uid, exceptions=tuple(exceptions))


def is_exception_of(event: Event, uid: str) -> bool:
    """Whether an event stands for a time of the series of this UID."""
    return event.external_id == uid and bool(event.recurrence_id)


def parts_of(ledger: Items, uid: str, payloads: WhichPayloads = "newest") -> list[Item]:
    """The items that stand for a time of the series of this UID, or of one from which it was cut.

    The ledger keeps each under the name that it had first, so that a calendar which brings it again finds it.
    """
    first = uid_of_part(uid) or uid
    ids = ledger.ids_of_source("event", EVENT_SOURCE, first)
    named = [name for name in sorted(ids) if name.startswith((f"{first} ", f"{first}_R")) and " " in name[len(first) :]]
    return [ledger.item("event", ids[name], payloads=payloads) for name in named]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOnRecord:
    """One time of a series: how addresses name it, what takes place then, and the item that stands for it, if any."""

    name: str
    state: Literal["series", "edited", "removed"]
    event: Event
    exception_id: str | None = None


def time_on_record(ledger: Items, item: Item, name: str, zone: ZoneInfo) -> TimeOnRecord:
    """The time of the series of ``item`` that ``name`` names. Raises ``NotFound`` for one that it doesn't have,
    ``Conflict`` for what is no series."""
    record = series_on_record(ledger, item)
    occurrence = occurrence_named(record.event, name, zone)
    named = name_of(occurrence.start, record.event, zone)
    key = format_recurrence_id(occurrence.start)
    for one in record.exceptions:
        if one.event.recurrence_id == key:
            return TimeOnRecord(name=named, state="edited", event=one.event, exception_id=one.id)
    has = occurrence.start in SeriesTimes(record.event, zone)
    event = at_one_time(record.event, occurrence, zone)
    return TimeOnRecord(name=named, state="series" if has else "removed", event=event)
