"""A series withdrawn, and brought back, with the exceptions that stand for its times, in one transaction."""

from __future__ import annotations

from dateline.domain.event import Event
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.wakeup import WakeUp
from dateline_ingest.intake import EVENT_SOURCE, Write, content_of
from dateline_ingest.series.edits import keyed
from dateline_ingest.series.record import uid_of, with_exceptions
from dateline_ingest.withdrawals import restored_event, withdrawal


class SeriesWithdrawals:
    """Withdraws events and brings them back."""

    def __init__(self, ledger: Ledger, wakeup: WakeUp) -> None:
        self._ledger = ledger
        self._wakeup = wakeup

    def withdraw(self, item: Item, write: Write, note: str) -> Receipt:
        """Withdraw an event; of a series the exceptions too, since readers would see them without it."""
        event = content_of(Event, item.newest.payload)
        series = event if event and not event.recurrence_id else None
        exceptions = with_exceptions(self._ledger, item, series).exceptions if series else ()
        parts = [
            Submission(
                kind="event", action="withdraw", payload={}, by=write.by, item_id=one.id, if_match=one.revision,
                lane=write.lane, label=one.event.title, section=one.event.section, note=note,
                idempotency=write.idempotency,
            )
            for one in exceptions
        ]  # fmt: skip
        return self._record([withdrawal("event", item, write, note), *parts], write)

    def restore(self, item: Item, write: Write, note: str) -> Receipt:
        """Bring back an event, read with all its payloads, and the exceptions that were withdrawn with it. Raises
        ``Conflict`` where its text was erased."""
        whole = restored_event(item, write, note)
        event = content_of(Event, whole.payload)
        uid = uid_of(item.id, event) if event and not event.recurrence_id else ""
        ids = self._ledger.ids_of_source("event", EVENT_SOURCE, f"{uid} ") if uid else {}
        found = [self._ledger.item("event", ids[name], payloads="all") for name in sorted(ids)
                 if name.startswith(f"{uid} ")]  # fmt: skip
        gone = [one for one in found if _went_with(one, item)]
        back = [restored_event(one, Write(by=write.by, if_match=one.newest_revision), note) for one in gone]
        return self._record([whole, *back], write)

    def _record(self, submissions: list[Submission], write: Write) -> Receipt:
        named = [keyed(one, str(number) if number else "") for number, one in enumerate(submissions)]
        first, *_ = self._ledger.submit_all(named, by=write.by)
        self._wakeup.wake(write.lane)
        return first


def _went_with(exception: Item, series: Item) -> bool:
    """Whether both were withdrawn in one transaction, and the text is not erased."""
    newest = exception.newest
    has_text = any(content_of(Event, one.payload) for one in exception.revisions)
    return newest.action == "withdraw" and newest.received_at == series.newest.received_at and has_text
