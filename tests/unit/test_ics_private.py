"""CLASS: what a calendar calls private is not made public, and what was public is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dateline.domain.event import Event
from dateline.formats.ics import IcsEvent, read_calendar
from unit.ics import MINSK, calendar, read, taken, times

SERIES = "UID:a\nSUMMARY:Council\nDTSTART:20290501T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nSEQUENCE:1"
MOVED = "UID:a\nSUMMARY:Moved\nRECURRENCE-ID:20290502T090000Z\nDTSTART:20290502T120000Z\nSEQUENCE:1"
LEFT = ["2029-05-01T09:00", "2029-05-03T09:00"]


def event_of(body: str) -> Event:
    (found,) = taken(*read(body))
    return found


def imported(*bodies: str, record: Sequence[Event] = ()) -> list[IcsEvent]:
    """What is read beside events on record."""
    named = {f"{one.external_id} {one.recurrence_id}".strip(): one for one in record}
    parts = [one for one in record if one.recurrence_id]
    return read_calendar(
        calendar(*bodies), MINSK, known=named.get, parts=lambda uid: parts if uid == "a" else (),
    )  # fmt: skip


@pytest.mark.parametrize("said", ["PRIVATE", "CONFIDENTIAL", " private ", "X-SECRET", "Vertraulich"])
@pytest.mark.parametrize("lines", ["DTSTART:20290501", "DTSTART:20290501T090000Z\nRRULE:FREQ=DAILY"])
def test_a_private_event_makes_nothing(said: str, lines: str) -> None:
    (one,) = imported(f"UID:a\nSUMMARY:Secret\n{lines}\nCLASS:{said}")
    assert (one.event, one.errors, one.message) == (None, (), True)
    assert [note.detail for note in one.notes] == ["CLASS says that this is not public: it is not published."]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("X-CALENDARSERVER-ACCESS:CONFIDENTIAL", "X-CALENDARSERVER-ACCESS"),
        ("CLASS:PUBLIC\nX-CALENDARSERVER-ACCESS:RESTRICTED", "X-CALENDARSERVER-ACCESS"),
        ("STATUS:DRAFT", "STATUS"),
        ("STATUS:unpublished", "STATUS"),
    ],
)
def test_other_properties_keep_an_event_from_the_public(said: str, name: str) -> None:
    (one,) = imported(f"UID:a\nSUMMARY:Secret\nDTSTART:20290501\n{said}")
    assert (one.event, one.errors, one.message) == (None, (), True)
    assert [note.detail for note in one.notes] == [f"{name} says that this is not public: it is not published."]


@pytest.mark.parametrize("said", ["", "CLASS:", "CLASS:PUBLIC", "CLASS:public "])
def test_other_events_are_public(said: str) -> None:
    assert event_of(f"UID:a\nSUMMARY:A\nDTSTART:20290501\n{said}").title == "A"


def test_an_event_that_became_private_is_withdrawn_with_its_parts() -> None:
    series = event_of(SERIES)
    moved = [one for one in taken(*imported(SERIES, MOVED)) if one.recurrence_id]
    one, other, *withdrawn = imported(f"{SERIES}0\nCLASS:PRIVATE", MOVED, record=[series, *moved])
    assert one.message and other.message and one.event is None and other.event is None
    assert one.notes[0].detail == "CLASS says that this is not public any more: what was published is withdrawn."
    assert all(part.lapsed and part.implied and part.private for part in withdrawn)
    assert {(part.event.recurrence_id, part.event.sequence) for part in withdrawn if part.event} == {
        ("", 10), ("2029-05-02T09:00:00Z", 10),
    }  # fmt: skip


def test_an_older_private_version_withdraws_nothing() -> None:
    newer = event_of(SERIES.replace("SEQUENCE:1", "SEQUENCE:2"))
    (one,) = imported(f"{SERIES}\nCLASS:PRIVATE", record=[newer])
    assert one.message and one.event is None


def test_a_newer_public_version_in_the_file_counts() -> None:
    older, newer = imported(f"{SERIES}\nCLASS:PRIVATE", SERIES.replace("SEQUENCE:1", "SEQUENCE:2"))
    assert older.older and newer.event is not None
    private, public = imported(SERIES.replace("SEQUENCE:1", "SEQUENCE:2") + "\nCLASS:PRIVATE", SERIES)
    assert private.message and private.event is None and public.event is None


def test_a_private_exception_takes_its_time_from_the_series() -> None:
    series, moved = imported(SERIES, f"{MOVED}\nCLASS:PRIVATE")
    assert moved.message and moved.event is None
    assert series.event is not None and times(series.event) == LEFT


def test_a_private_exception_alone_takes_its_time_from_the_series_on_record() -> None:
    record = taken(*imported(SERIES, MOVED))
    whole = event_of(SERIES)
    moved, *changed = imported(f"{MOVED}\nCLASS:PRIVATE", record=[whole, record[1]])
    assert moved.message
    assert [times(one.event) for one in changed if one.event and not one.lapsed] == [LEFT]
    assert [one.event.title for one in changed if one.event and one.lapsed] == ["Moved"]


EMPTIED = "UID:a\nSUMMARY:Council\nDTSTART:20290501T090000Z\nRRULE:FREQ=DAILY;UNTIL=20290430T205959Z\nSEQUENCE:2"


def test_a_series_of_which_no_time_is_left_is_withdrawn() -> None:
    series = event_of(SERIES)
    moved = [one for one in taken(*imported(SERIES, MOVED)) if one.recurrence_id]
    one, *withdrawn = imported(EMPTIED, record=[series, *moved])
    assert one.message and one.event is None and "no time is left" in one.notes[0].detail
    assert {part.event.recurrence_id for part in withdrawn if part.event} == {"", "2029-05-02T09:00:00Z"}
    assert all(part.lapsed for part in withdrawn)


def test_an_older_version_without_times_withdraws_nothing() -> None:
    newer = event_of(SERIES.replace("SEQUENCE:1", "SEQUENCE:3"))
    (one,) = imported(EMPTIED, record=[newer])
    assert one.message and "changed nothing" in one.notes[0].detail


def test_a_series_without_times_that_nobody_knows_is_refused() -> None:
    (one,) = imported(EMPTIED)
    assert one.event is None and [error.pointer for error in one.errors] == ["/rrule"]


def test_a_rule_that_ends_on_the_first_day_names_one_time() -> None:
    (one,) = imported(EMPTIED.replace("20290430T205959Z", "20290501T000000Z"))
    assert one.event is not None and times(one.event) == ["2029-05-01T09:00"]
    assert [note.pointer for note in one.notes] == ["/rrule"]
