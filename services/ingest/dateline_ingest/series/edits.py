"""Edits of series, put on record whole or not at all: the series, what begins where it is cut, its exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.domain.series.edits import ExceptionChange, SeriesEdit
from dateline.errors import Conflict
from dateline.formats.strict_json import digest
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Idempotency, Receipt, Submission
from dateline.ports.wakeup import WakeUp
from dateline_ingest.event_versions import external_id
from dateline_ingest.intake import EVENT_SOURCE, Intake, Write, content_of
from dateline_ingest.series.plans import Lost, PlannedEdit, SeriesPlans

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
    """Puts edits of series on record, each in one transaction; they raise what their ``plans`` do."""

    def __init__(self, ledger: Ledger, intake: Intake, wakeup: WakeUp, zone: ZoneInfo) -> None:
        self.plans = SeriesPlans(ledger, intake, zone)
        self._ledger = ledger
        self._wakeup = wakeup
        self._intake = intake

    def edit_time(self, item: Item, name: str, given: Mapping[str, Any], write: Write) -> SeriesReceipts:
        """Put ``given`` in the place of the time that ``name`` names."""
        return self._repeated(write) or self._record(self.plans.time(item, name, given, moved=write.rescheduled), write)

    def take_out(self, item: Item, name: str, write: Write, note: str) -> SeriesReceipts:
        """Take one time out of a series."""
        return self._repeated(write) or self._record(self.plans.without(item, name, note), write)

    def edit_following(
        self, item: Item, name: str, given: Mapping[str, Any], write: Write, lost: Lost
    ) -> SeriesReceipts:
        """Let the series end before a time, and ``given`` go on from there."""
        return self._repeated(write) or self._record(self.plans.following(item, name, given, lost), write)

    def edit_all(self, item: Item, given: Mapping[str, Any], write: Write, lost: Lost) -> SeriesReceipts:
        """Correct an event, of a series all its times; exceptions stay with the times for which they stand."""
        if repeated := self._repeated(write):
            return repeated
        submission = self._intake.corrected_event(item, given, write)
        event = content_of(Event, submission.payload)
        plan = self.plans.all(item, event, lost) if event else None
        return self._record(plan, write) if plan else SeriesReceipts(series=self._intake.submit(submission))

    def _repeated(self, write: Write) -> SeriesReceipts | None:
        """The first receipts, where the same request was answered before."""
        if write.idempotency is None:
            return None
        first, *others = (
            self._ledger.first_receipt(write.by, key)
            for key in (write.idempotency, _part(write.idempotency, _OCCURRENCE), _part(write.idempotency, _FOLLOWING))
        )
        return SeriesReceipts(series=first, occurrence=others[0], following=others[1]) if first else None

    def _record(self, plan: PlannedEdit, write: Write) -> SeriesReceipts:
        """Put an edit on record in one transaction."""
        item, edit, note = plan.record.item, plan.edit, plan.note
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
        submissions |= {str(number): self._changed(one, write, item, DROPPED) for number, one in enumerate(written)}
        receipts = self._ledger.submit_all([keyed(one, name) for name, one in submissions.items()], by=write.by)
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
        return Submission(kind="event", action="correct", item_id=before.id, if_match=before.revision, **common)

    def _in_place(self, event: Event, write: Write, item: Item) -> Submission:
        """The submission of an event under its own name, whatever was withdrawn under it; where something stands under
        it that moved to another time since, under a name beside it."""
        name = external_id(event)
        standing = self._ledger.item_of_source("event", EVENT_SOURCE, name)
        if standing is not None and standing.newest.action != "withdraw":
            name = f"{name} {item.newest_revision}"
        common = self._intake.common_fields(event, event.title, write, item.section)
        new = Submission(
            kind="event", external_source=EVENT_SOURCE, external_id=name, after_withdrawal=True,
            external_digest=digest([item.id, item.newest_revision, to_payload(event)]), **common,
        )  # fmt: skip
        return replace(new, following=lambda earlier: new)


def keyed(submission: Submission, part: str) -> Submission:
    """The submission under a key of its own: of those of one request a repeat finds all. ``part`` is empty for the
    first of them."""
    if submission.idempotency is None or not part:
        return submission
    return replace(submission, idempotency=_part(submission.idempotency, part))


def _part(idempotency: Idempotency, part: str) -> Idempotency:
    return Idempotency(key=f"{idempotency.key}:{part}", digest=idempotency.digest)
