"""Edits of series, planned: what one would make of a series and of its exceptions. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.rescheduling import rescheduled
from dateline.domain.series.edits import (
    ExceptionOnRecord,
    SeriesEdit,
    at_one_time,
    dropped,
    edit_all,
    edit_following,
    edit_time,
    take_out,
)
from dateline.domain.series.series_times import is_series, occurrence_named
from dateline.errors import FieldError, InvalidInput
from dateline.ports.ledger.items import Item, Items
from dateline_ingest.intake import Intake, content_of
from dateline_ingest.series.given import fields_following, fields_of_time
from dateline_ingest.series.record import SeriesOnRecord, series_on_record, with_exceptions

Lost = Literal["keep", "drop"]
"""What becomes of exceptions that stand for no time any more: events of their own, or withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEdit:
    """A series as it is on record, and what an edit makes of it; ``note`` says why."""

    record: SeriesOnRecord
    edit: SeriesEdit
    note: str = ""


class SeriesPlans:
    """Plans edits; all of them raise ``NotFound`` for a time that the series doesn't have, ``Conflict`` for what is no
    series, ``InvalidInput`` for what it can't become. ``name`` names a time as the ``.ics`` does."""

    def __init__(self, ledger: Items, intake: Intake, zone: ZoneInfo) -> None:
        self._ledger = ledger
        self._intake = intake
        self._zone = zone

    def time(self, item: Item, name: str, given: Mapping[str, Any], *, moved: bool = False) -> PlannedEdit:
        """``given`` in the place of one time; where it is ``moved``, readers who saw the old time are told of it."""
        record = series_on_record(self._ledger, item)
        occurrence = occurrence_named(record.event, name, self._zone)
        if given.get("external_id", record.uid) != record.uid:
            raise InvalidInput("One time of a series has its UID.", (FieldError("/external_id", "Leave it out."),))
        event = self._intake.checked_event(fields_of_time(record.event, occurrence, given, self._zone))
        key = format_recurrence_id(occurrence.start)
        exception = next((one for one in record.exceptions if one.event.recurrence_id == key), None)
        if moved and item.published_revision is not None:
            event = self._moved(record.event, occurrence, event, exception)
        edit = edit_time(record.event, occurrence, event, exception, record.uid, self._zone)
        return PlannedEdit(record=record, edit=edit, note=event.note)

    def _moved(self, series: Event, occurrence: Occurrence, event: Event, exception: ExceptionOnRecord | None) -> Event:
        """``event`` with the times at which it was announced: the series' own, and that of the exception before."""
        if exception:
            kept = (*exception.event.previous_times, *event.previous_times)
            event = rescheduled(exception.event, replace(event, previous_times=kept))
        once = at_one_time(series, occurrence, self._zone)
        return event if exception else rescheduled(once, event)

    def without(self, item: Item, name: str, note: str = "") -> PlannedEdit:
        """The series without one time, an edited one too, whose readers are told ``note``. Raises ``Conflict`` also for
        the last time."""
        record = series_on_record(self._ledger, item)
        occurrence = occurrence_named(record.event, name, self._zone)
        edit = take_out(record.event, occurrence, record.exceptions, record.uid, self._zone)
        return PlannedEdit(record=record, edit=edit, note=note)

    def following(self, item: Item, name: str, given: Mapping[str, Any], lost: Lost = "keep") -> PlannedEdit:
        """The series up to a time, and ``given`` from there on; from its first time on, in the place of all."""
        record = series_on_record(self._ledger, item)
        occurrence = occurrence_named(record.event, name, self._zone)
        event = self._intake.checked_event(fields_following(record.event, occurrence, given, self._zone))
        if occurrence.start <= record.event.start:
            return _planned(
                record, edit_all(record.event, event, record.exceptions, record.uid, self._zone), event, lost
            )
        edit = edit_following(record.event, occurrence, event, record.exceptions, record.uid, self._zone)
        return _planned(record, edit, event, lost)

    def all(self, item: Item, event: Event, lost: Lost = "keep") -> PlannedEdit | None:
        """``event`` in the place of all times; None where nothing but the item of the series changes."""
        before = content_of(Event, item.newest.payload)
        record = with_exceptions(self._ledger, item, before) if before and not before.recurrence_id else None
        if record is None or not (record.exceptions or is_series(record.event)):
            return None
        return _planned(record, edit_all(record.event, event, record.exceptions, record.uid, self._zone), event, lost)


def _planned(record: SeriesOnRecord, edit: SeriesEdit, event: Event, lost: Lost) -> PlannedEdit:
    return PlannedEdit(record=record, edit=edit if lost == "keep" else dropped(edit), note=event.note)
