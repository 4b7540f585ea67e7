"""Edits of series, put on record whole or not at all: the series, what begins where it is cut, its exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.series.edits import (
    ExceptionChange,
    SeriesEdit,
    dropped,
    edit_all,
    edit_following,
    edit_time,
    take_out,
)
from dateline.domain.series.series_times import occurrence_named
from dateline.errors import Conflict, FieldError, InvalidInput
from dateline.formats.strict_json import digest
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Idempotency, Receipt, Submission
from dateline.ports.wakeup import WakeUp
from dateline_ingest.event_versions import external_id
from dateline_ingest.intake import EVENT_SOURCE, Intake, Write, content_of
from dateline_ingest.series.given import fields_following, fields_of_time
from dateline_ingest.series.record import SeriesOnRecord, series_on_record, with_exceptions

Lost = Literal["keep", "drop"]
"""What becomes of exceptions that stand for no time any more: events of their own, or withdrawn."""

DROPPED: Final = "The series doesn't take place then any more."
_OCCURRENCE: Final = "occurrence"
_FOLLOWING: Final = "following"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesReceipts:
    """What an editor gets: the receipt of the series, those of the exception or the later series, and what became of
    exceptions; ``edit`` is None where the request is a repeat."""

    series: Receipt
    occurrence: Receipt | None = None
    following: Receipt | None = None
    edit: SeriesEdit | None = None


class SeriesEdits:
    """Turns edits of series into submissions, and puts them on record in one transaction."""

    def __init__(self, ledger: Ledger, intake: Intake, wakeup: WakeUp, zone: ZoneInfo) -> None:
        self._ledger = ledger
        self._wakeup = wakeup
        self._intake = intake
        self._zone = zone

    def edit_time(self, item: Item, name: str, given: Mapping[str, Any], write: Write) -> SeriesReceipts:
        """Put ``given`` in the place of one time, which ``name`` names as the ``.ics`` does.

        Raises ``NotFound`` for a time that the series doesn't have, ``Conflict`` for what is no series.
        """
        if repeated := self._repeated(write):
            return repeated
        record = series_on_record(self._ledger, item)
        occurrence = occurrence_named(record.event, name, self._zone)
        if given.get("external_id", record.uid) != record.uid:
            raise InvalidInput("One time of a series has its UID.", (FieldError("/external_id", "Leave it out."),))
        event = self._intake.checked_event(fields_of_time(record.event, occurrence, given, self._zone))
        key = format_recurrence_id(occurrence.start)
        exception = next((one for one in record.exceptions if one.event.recurrence_id == key), None)
        return self._record(
            record, edit_time(record.event, occurrence, event, exception, record.uid, self._zone), write
        )

    def take_out(self, item: Item, name: str, write: Write, note: str) -> SeriesReceipts:
        """Take one time out of a series, an edited one too, whose readers are told ``note``. Raises as ``edit_time``;
        ``Conflict`` too for the last time."""
        if repeated := self._repeated(write):
            return repeated
        record = series_on_record(self._ledger, item)
        occurrence = occurrence_named(record.event, name, self._zone)
        edit = take_out(record.event, occurrence, record.exceptions, record.uid, self._zone)
        return self._record(record, edit, write, note)

    def edit_following(
        self, item: Item, name: str, given: Mapping[str, Any], write: Write, lost: Lost
    ) -> SeriesReceipts:
        """Let the series end before the time that ``name`` names, and ``given`` go on from there. Raises as
        ``edit_time``. From the first time on it is ``edit_all``."""
        if repeated := self._repeated(write):
            return repeated
        record = series_on_record(self._ledger, item)
        occurrence = occurrence_named(record.event, name, self._zone)
        event = self._intake.checked_event(fields_following(record.event, occurrence, given, self._zone))
        if occurrence.start <= record.event.start:
            edit = edit_all(record.event, event, record.exceptions, record.uid, self._zone)
        else:
            edit = edit_following(record.event, occurrence, event, record.exceptions, record.uid, self._zone)
        return self._record(record, edit if lost == "keep" else dropped(edit), write)

    def edit_all(self, item: Item, given: Mapping[str, Any], write: Write, lost: Lost) -> SeriesReceipts:
        """Correct an event, of a series all its times; exceptions stay with the times for which they stand."""
        if repeated := self._repeated(write):
            return repeated
        submission = self._intake.corrected_event(item, given, write)
        before, event = content_of(Event, item.newest.payload), content_of(Event, submission.payload)
        record = with_exceptions(self._ledger, item, before) if before and not before.recurrence_id else None
        if record is None or event is None or not record.exceptions:
            return SeriesReceipts(series=self._intake.submit(submission))
        edit = edit_all(record.event, event, record.exceptions, record.uid, self._zone)
        return self._record(record, edit if lost == "keep" else dropped(edit), write)

    def _repeated(self, write: Write) -> SeriesReceipts | None:
        """The first receipts, where the same request was answered before."""
        if write.idempotency is None:
            return None
        first, *others = (
            self._ledger.first_receipt(write.by, key)
            for key in (write.idempotency, _part(write.idempotency, _OCCURRENCE), _part(write.idempotency, _FOLLOWING))
        )
        return SeriesReceipts(series=first, occurrence=others[0], following=others[1]) if first else None

    def _record(self, record: SeriesOnRecord, edit: SeriesEdit, write: Write, note: str = "") -> SeriesReceipts:
        """Put an edit on record in one transaction."""
        note = note or (edit.following or edit.series).note
        item = record.item
        common = self._intake.common_fields(edit.series, edit.series.title, write, item.section)
        submissions = {
            "": Submission(kind="event", action="correct", item_id=item.id, if_match=write.if_match,
                           **{**common, "note": note})
        }  # fmt: skip
        if edit.following:
            submissions[_FOLLOWING] = self._following(edit.following, write, item)
        if edit.occurrence:
            submissions[_OCCURRENCE] = self._changed(edit.occurrence, write, item, note)
        written = [one for one in edit.exceptions if one.is_written]
        changed = [each for one in written for each in self._apart(one)]
        submissions |= {str(number): self._changed(one, write, item, DROPPED) for number, one in enumerate(changed)}
        receipts = self._ledger.submit_all([_keyed(one, name) for name, one in submissions.items()], by=write.by)
        self._wakeup.wake(write.lane)
        named = dict(zip(submissions, receipts, strict=True))
        return SeriesReceipts(
            series=named[""], occurrence=named.get(_OCCURRENCE), following=named.get(_FOLLOWING), edit=edit
        )

    def _following(self, event: Event, write: Write, item: Item) -> Submission:
        """The series that begins where another was cut; one that did so before, and was withdrawn, comes back."""
        standing = self._ledger.item_of_source("event", EVENT_SOURCE, external_id(event))
        if standing is not None and standing.newest.action != "withdraw":
            raise Conflict("A series that was cut here before goes on from this time: edit that one.")
        return self._in_place(event, write, item)

    def _apart(self, change: ExceptionChange) -> list[ExceptionChange]:
        """One that gets a name under which something was withdrawn is withdrawn, and comes back there."""
        if change.event is None or change.on_record is None or not _is_renamed(change.on_record.event, change.event):
            return [change]
        if self._ledger.item_of_source("event", EVENT_SOURCE, external_id(change.event)) is None:
            return [change]
        return [replace(change, event=None), replace(change, on_record=None)]

    def _changed(self, change: ExceptionChange, write: Write, item: Item, note: str) -> Submission:
        """The submission of what an exception becomes."""
        before, event = change.on_record, change.event
        if event is None:
            assert before is not None
            return Submission(
                kind="event", action="withdraw", payload={}, by=write.by, item_id=before.id, if_match=before.revision,
                lane=write.lane, label=before.event.title, section=before.event.section, note=note,
                idempotency=write.idempotency,
            )  # fmt: skip
        if before is None:
            return self._in_place(event, write, item)
        common = self._intake.common_fields(event, event.title, write, before.event.section)
        renamed = external_id(event) if _is_renamed(before.event, event) else ""
        return Submission(kind="event", action="correct", item_id=before.id, if_match=before.revision,
                          new_external_id=renamed, **common)  # fmt: skip

    def _in_place(self, event: Event, write: Write, item: Item) -> Submission:
        """The submission of an event under its own name, whatever was withdrawn under it."""
        common = self._intake.common_fields(event, event.title, write, item.section)
        new = Submission(
            kind="event", external_source=EVENT_SOURCE, external_id=external_id(event), after_withdrawal=True,
            external_digest=digest([item.id, item.newest_revision, to_payload(event)]), **common,
        )  # fmt: skip
        return replace(new, following=lambda earlier: new)


def _is_renamed(before: Event, event: Event) -> bool:
    return external_id(event) != external_id(before)


def _keyed(submission: Submission, part: str) -> Submission:
    """Each submission of an edit has a key of its own, so that a repeat finds all of them."""
    if submission.idempotency is None or not part:
        return submission
    return replace(submission, idempotency=_part(submission.idempotency, part))


def _part(idempotency: Idempotency, part: str) -> Idempotency:
    return Idempotency(key=f"{idempotency.key}:{part}", digest=idempotency.digest)
