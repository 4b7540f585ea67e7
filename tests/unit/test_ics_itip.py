"""The METHOD of a calendar: who may change an event, and what an added occurrence does to its series."""

from __future__ import annotations

import pytest

from dateline.domain.event import Event
from unit.ics import read, taken, times

SERIES = "UID:a\nSUMMARY:Council\nDTSTART:20290501T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nSEQUENCE:1"


def on_record(uid: str) -> Event | None:
    (series,) = read(SERIES)
    return series.event if uid == "a" else None


@pytest.mark.parametrize("method", ["REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER", "reply", " Counter "])
@pytest.mark.parametrize("more", ["", "\nRECURRENCE-ID:20290502T090000Z", "\nSTATUS:CANCELLED"])
def test_a_message_that_is_no_publication_changes_nothing(method: str, more: str) -> None:
    body = f"UID:a\nSUMMARY:Elsewhere\nDTSTART:20290901T090000Z\nSEQUENCE:9{more}"
    (one,) = read(body, head=f"METHOD:{method}\n", known=on_record)
    assert one.message and one.event is None and not one.errors
    assert f"METHOD:{method.strip().upper()}" in one.notes[0].detail


@pytest.mark.parametrize("head", ["", "METHOD:PUBLISH\n", "METHOD:REQUEST\n", "METHOD:\n", "METHOD:X-OWN\n"])
def test_a_publication_is_taken(head: str) -> None:
    (one,) = read(SERIES, head=head)
    assert one.event is not None and not one.message


def test_an_added_occurrence_leaves_its_series_as_it_is() -> None:
    body = "UID:a\nSUMMARY:Extra\nDTSTART:20290510T100000Z\nDTEND:20290510T110000Z\nSEQUENCE:2"
    (added,) = read(body, head="METHOD:ADD\n", known=on_record)
    assert added.event is not None and added.recurrence_id == "2029-05-10T10:00:00Z"
    assert added.event.recurrence_id and added.event.title == "Extra" and not added.event.rrule
    series = on_record("a")
    assert series is not None
    assert times(series, *taken(added)) == [
        "2029-05-01T09:00", "2029-05-02T09:00", "2029-05-03T09:00", "2029-05-10T10:00",
    ]  # fmt: skip


def test_an_added_occurrence_has_the_title_of_its_series() -> None:
    (added,) = read("UID:a\nDTSTART:20290510T100000Z\nSEQUENCE:2", head="METHOD:ADD\n", known=on_record)
    assert added.event is not None and added.event.title == "Council"


@pytest.mark.parametrize(
    ("lines", "pointer"),
    [("DTSTART:20290510T100000Z\nRRULE:FREQ=DAILY", "/rrule"), ("STATUS:CANCELLED", "/start"), ("SUMMARY:B", "/start"),
     ("DTSTART:20290510T100000Z\nRDATE:20290511T100000Z", "/rrule")],
)  # fmt: skip
def test_an_addition_that_says_no_single_time_is_refused(lines: str, pointer: str) -> None:
    (one,) = read(f"UID:a\nSEQUENCE:2\n{lines}", head="METHOD:ADD\n", known=on_record)
    assert one.event is None and one.errors[0].pointer == pointer
