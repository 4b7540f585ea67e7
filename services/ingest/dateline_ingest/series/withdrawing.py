"""A series withdrawn, and brought back, with the exceptions that stand for its times, in one transaction."""

from __future__ import annotations

from dateline.domain.event import Event
from dateline.domain.series.recorded_parts import uid_of
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.wakeup import WakeUp
from dateline_ingest.intake import Write, content_of
from dateline_ingest.series.edits import keyed
from dateline_ingest.series.record import is_exception_of, parts_of, with_exceptions
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
        uid = uid_of(event.external_id, item.id) if event and not event.recurrence_id else ""
        found = parts_of(self._ledger, uid, "all") if uid else []
        gone = [one for one in found if _went_with(one, item, uid)]
        back = [restored_event(one, Write(by=write.by, if_match=one.newest_revision), note) for one in gone]
        return self._record([whole, *back], write)

    def _record(self, submissions: list[Submission], write: Write) -> Receipt:
        named = [keyed(one, str(number) if number else "") for number, one in enumerate(submissions)]
        first, *_ = self._ledger.submit_all(named, by=write.by)
        self._wakeup.wake(write.lane)
        return first


def _went_with(exception: Item, series: Item, uid: str) -> bool:
    """Whether it stood for a time of the series, and both were withdrawn in one transaction; not what is erased."""
    texts = [event for one in exception.revisions if (event := content_of(Event, one.payload))]
    newest = exception.newest
    together = newest.action == "withdraw" and newest.received_at == series.newest.received_at
    return together and bool(texts) and is_exception_of(texts[-1], uid)
