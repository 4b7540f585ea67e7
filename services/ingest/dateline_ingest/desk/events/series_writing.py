"""A new event, and those times of it that are called off from the start: on record together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dateline.domain.event import Event
from dateline.domain.payload import from_payload, to_payload
from dateline.domain.recurrence.moments import Moment, elapsed, later
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.series.series_times import is_series
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Receipt
from dateline_ingest.context import parts
from dateline_ingest.desk.events.series_edit import done
from dateline_ingest.desk.events.when.when_form import When
from dateline_ingest.intake import Write, content_of


def announced(given: Mapping[str, Any], when: When, write: Write) -> Receipt:
    """The receipt of a new event. A time that is called off is an event of its own in the place of that time; what
    readers are told (``reason``) is of those times then, unless the whole event is called off."""
    intake = parts().intake
    submission = intake.new_event(given, write)
    if not when.cancelled:
        return intake.submit(submission)
    event = from_payload(Event, submission.payload)
    whole = event.status in ("cancelled", "postponed")
    series = replace(event, exdates=(*event.exdates, *when.cancelled), reason=event.reason if whole else "")
    off = [intake.event(called_off(event, start), Write(by=write.by)) for start in when.cancelled]
    every = [replace(submission, payload=to_payload(series)), *off]
    first, *_ = parts().ledger.submit_all(every, by=write.by)
    parts().wakeup.wake(write.lane)
    return first


def changed_whole(whole: Item, given: Mapping[str, Any], write: Write) -> Receipt:
    """The receipt of an event that is corrected; of a series all its times."""
    before = content_of(Event, whole.newest.payload)
    if before and is_series(before):
        return done(whole, "", "all", given, write, "keep")
    return parts().intake.submit(parts().intake.corrected_event(whole, given, write))


def called_off(series: Event, start: Moment) -> Event:
    """The event that stands for one time of ``series`` and says that it is cancelled."""
    end = None if series.end is None else later(start, elapsed(series.start, series.end))
    return replace(
        series, start=start, end=end, rrule="", further_rrules=(), rdates=(), exdates=(), periods=(), vtimezone="",
        recurrence_id=format_recurrence_id(start), status="cancelled", note="",
    )  # fmt: skip
