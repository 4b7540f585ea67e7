"""Series whose parts come in several requests: what is on record in the end, whatever came how often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dateline.domain.event import Event
from dateline.domain.payload import from_payload, is_tombstone
from unit.ics import calendar, times

SERIES = (
    "UID:s\nSUMMARY:Briefing\nDTSTART;TZID=Europe/Warsaw:20290305T090000\nDTEND;TZID=Europe/Warsaw:20290305T100000\n"
    "RRULE:FREQ=WEEKLY;COUNT=6"
)
OLD = [
    "2029-03-05T08:00", "2029-03-12T08:00", "2029-03-19T08:00", "2029-03-26T07:00", "2029-04-02T07:00",
    "2029-04-09T07:00",
]  # fmt: skip
MOVED = "UID:s\nSUMMARY:Moved\nRECURRENCE-ID:20290312T080000Z\nDTSTART;TZID=Europe/Warsaw:20290313T150000"
FROM_THIRD = (
    "UID:s\nSUMMARY:Later\nRECURRENCE-ID;RANGE=THISANDFUTURE:20290319T080000Z\n"
    "DTSTART;TZID=Europe/Warsaw:20290319T110000\nDTEND;TZID=Europe/Warsaw:20290319T120000"
)
FROM_FIFTH = (
    "UID:s\nSUMMARY:Latest\nRECURRENCE-ID;RANGE=THISANDFUTURE:20290402T070000Z\n"
    "DTSTART;TZID=Europe/Warsaw:20290402T130000"
)
SPLIT = [*OLD[:2], "2029-03-19T10:00", "2029-03-26T09:00", "2029-04-02T09:00", "2029-04-09T09:00"]
TWICE_SPLIT = [*SPLIT[:4], "2029-04-02T11:00", "2029-04-09T11:00"]


class Record:
    """What a newsroom has of calendars."""

    def __init__(self, newsroom: Any) -> None:
        self._newsroom = newsroom

    def load(self, *bodies: str, method: str = "") -> list[dict[str, Any]]:
        head = f"METHOD:{method}\n" if method else ""
        answer = self._newsroom.ask(
            "POST", "/v1/events/import", "edda", data=calendar(*bodies, head=head), content_type="text/calendar"
        )
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.get_json()["items"]
        return items

    def revisions(self) -> dict[str, int]:
        return {one.label: one.revision for one in self._newsroom.ledger.items("event", limit=100).items}

    def shown(self, status: str = "confirmed", year: int = 2029) -> list[str]:
        """The times of that status that readers would see: a series not where an exception stands for its time."""
        items = [self._newsroom.ledger.item("event", one.id) for one in self._items()]
        payloads = [item.newest.payload for item in items]
        events = [from_payload(Event, one) for one in payloads if one and not is_tombstone(one)]
        replaced = {one.recurrence_id[:16] for one in events if one.recurrence_id}
        found: list[str] = []
        for event in events:
            own = times(event, year=year, status=status)
            found += own if event.recurrence_id or "_R" in event.external_id else [t for t in own if t not in replaced]
        return sorted(found)

    def _items(self) -> Sequence[Any]:
        found: Sequence[Any] = self._newsroom.ledger.items("event", limit=100).items
        return found


@pytest.fixture
def record(newsroom: Any) -> Record:
    return Record(newsroom)


@pytest.mark.parametrize(
    ("requests", "expected"),
    [
        ([[SERIES], [FROM_THIRD]], SPLIT),
        ([[SERIES, FROM_THIRD]], SPLIT),
        ([[SERIES], [FROM_THIRD], [FROM_FIFTH]], TWICE_SPLIT),
        ([[SERIES], [FROM_FIFTH], [FROM_THIRD]], TWICE_SPLIT),
        ([[SERIES], [FROM_THIRD, FROM_FIFTH]], TWICE_SPLIT),
        ([[SERIES], [FROM_THIRD], [MOVED]], [OLD[0], "2029-03-13T14:00", *SPLIT[2:]]),
    ],
)
def test_importing_anything_twice_changes_nothing(
    record: Record, requests: list[list[str]], expected: list[str]
) -> None:
    for bodies in requests:
        assert {one["status"] for one in record.load(*bodies)} == {202}
    assert record.shown() == expected
    revisions = record.revisions()
    for bodies in (requests[-1], *requests, requests[-1]):
        assert {one["status"] for one in record.load(*bodies)} == {202}
        assert (record.shown(), record.revisions()) == (expected, revisions)


def test_a_split_that_is_sent_again_with_another_time_moves_what_it_split(record: Record) -> None:
    for body in (SERIES, FROM_THIRD, FROM_THIRD.replace("T11", "T12") + "\nSEQUENCE:1"):
        record.load(body)
    assert record.shown() == [*OLD[:2], "2029-03-19T11:00", "2029-03-26T10:00", "2029-04-02T10:00", "2029-04-09T10:00"]


def test_an_exception_after_a_split_stands_for_the_time_as_it_moved(record: Record) -> None:
    record.load(SERIES)
    record.load(FROM_THIRD)
    for _ in range(2):
        record.load("UID:s\nRECURRENCE-ID:20290326T070000Z\nSTATUS:CANCELLED")
    assert record.shown() == [*SPLIT[:3], *SPLIT[4:]]
    assert len(record.shown("cancelled")) == 1


def test_a_series_without_end_stays_so_however_often_its_split_comes(record: Record) -> None:
    record.load(SERIES.replace(";COUNT=6", ""))
    for _ in range(3):
        record.load(FROM_THIRD)
    assert len(record.shown(year=2030)) == 52 and record.shown(year=2030)[0] == "2030-01-07T10:00"


# --- cancelled ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("CANCEL", "UID:s\nSEQUENCE:1\nSTATUS:CANCELLED"),
        ("", f"{SERIES}\nSEQUENCE:1\nSTATUS:CANCELLED"),
        ("CANCEL", SERIES),
    ],
)
def test_a_cancelled_series_is_cancelled_in_all_its_parts(record: Record, method: str, body: str) -> None:
    record.load(SERIES, MOVED)
    record.load(FROM_FIFTH)
    record.load("UID:s\nSUMMARY:Extra\nDTSTART:20290310T100000Z", method="ADD")
    assert len(record.shown()) == 7
    for _ in range(2):
        record.load(body, method=method)
        assert record.shown() == [] and len(record.shown("cancelled")) == 7


def test_a_series_that_nobody_knows_is_cancelled_in_the_parts_that_are_known(record: Record) -> None:
    record.load(MOVED)
    for _ in range(2):
        (answer,) = record.load("UID:s\nSEQUENCE:1", method="CANCEL")
        assert (answer["status"], answer["errors"]) == (202, []) and record.shown() == []
    (unknown,) = record.load("UID:nobody\nSEQUENCE:1", method="CANCEL")
    assert unknown["status"] == 422


def test_a_cancellation_that_a_newer_series_overtook_cancels_nothing(record: Record) -> None:
    record.load(f"{SERIES}\nSEQUENCE:5", f"{MOVED}\nSEQUENCE:5")
    before = record.shown()
    (answer,) = record.load("UID:s\nSEQUENCE:4\nSTATUS:CANCELLED", method="CANCEL")
    assert answer["status"] == 202 and record.shown() == before


def test_a_cancelled_exception_costs_no_other(record: Record) -> None:
    record.load(SERIES, MOVED)
    record.load(FROM_FIFTH)
    record.load("UID:s\nRECURRENCE-ID:20290305T080000Z\nSTATUS:CANCELLED", method="CANCEL")
    assert len(record.shown()) == 5 and record.shown("cancelled") == OLD[:1]


# --- moved --------------------------------------------------------------------------------------------------------

TUESDAYS = SERIES.replace("20290305", "20290306") + "\nSEQUENCE:1"
NEW = ["2029-03-06T08:00", "2029-03-13T08:00", "2029-03-20T08:00", "2029-03-27T07:00", "2029-04-03T07:00",
       "2029-04-10T07:00"]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "parts"), [("REQUEST", [MOVED]), ("", [FROM_THIRD]), ("PUBLISH", [MOVED, FROM_FIFTH])]
)
def test_a_series_that_moves_takes_its_old_parts_off(record: Record, method: str, parts: list[str]) -> None:
    record.load(SERIES, *parts, method=method)
    (answer,) = record.load(TUESDAYS, method=method)
    assert record.shown() == NEW and "withdrawn" in answer["notes"][-1]["detail"]
    revisions = record.revisions()
    record.load(TUESDAYS, method=method)
    record.load(SERIES, *parts, method=method)
    assert (record.shown(), record.revisions()) == (NEW, revisions)


def test_exceptions_that_it_names_and_that_it_still_has_stay(record: Record) -> None:
    record.load(SERIES, MOVED)
    record.load(f"{SERIES}\nSEQUENCE:1\nDESCRIPTION:New")
    assert record.shown() == [OLD[0], "2029-03-13T14:00", *OLD[2:]]
    tuesday = MOVED.replace("20290312T08", "20290313T08") + "\nSEQUENCE:1"
    record.load(TUESDAYS, tuesday)
    assert record.shown() == [NEW[0], "2029-03-13T14:00", *NEW[2:]]


def test_an_exception_that_lapsed_comes_back_with_a_newer_version(record: Record) -> None:
    record.load(SERIES, MOVED)
    record.load(TUESDAYS)
    record.load(f"{SERIES}\nSEQUENCE:2")
    assert record.shown() == OLD
    record.load(f"{MOVED}\nSEQUENCE:2")
    assert record.shown() == [OLD[0], "2029-03-13T14:00", *OLD[2:]]


def test_a_series_that_moves_without_a_sequence_takes_its_exceptions_off(record: Record) -> None:
    record.load(SERIES, MOVED)
    record.load(TUESDAYS.replace("\nSEQUENCE:1", ""))
    assert record.shown() == NEW


def test_what_became_private_is_withdrawn_and_comes_back(record: Record, newsroom: Any) -> None:
    record.load(SERIES, MOVED)
    private, moved = record.load(f"{SERIES}\nCLASS:PRIVATE", MOVED)
    assert [(one["status"], one["id"], len(one["notes"])) for one in (private, moved)] == [(202, None, 1)] * 2
    assert record.shown() == []
    (item,) = (newsroom.ledger.item("event", one.id) for one in record._items() if one.label == "Briefing")
    assert (item.newest.action, item.newest.note) == ("withdraw", "This event is no longer public.")
    before = record.revisions()
    record.load(f"{SERIES}\nCLASS:PRIVATE", MOVED)
    assert record.revisions() == before
    record.load(SERIES, MOVED)
    assert record.shown() == [OLD[0], "2029-03-13T14:00", *OLD[2:]]


def test_an_exception_that_became_private_leaves_no_time(record: Record) -> None:
    record.load(SERIES, MOVED)
    record.load(f"{MOVED}\nCLASS:CONFIDENTIAL")
    assert record.shown() == [OLD[0], *OLD[2:]]


def test_an_exception_that_is_newer_than_the_series_stays(record: Record) -> None:
    record.load(SERIES, f"{MOVED}\nSEQUENCE:3")
    record.load(TUESDAYS)
    assert "2029-03-13T14:00" in record.shown()


def test_what_an_editor_withdrew_stays_withdrawn(record: Record, newsroom: Any) -> None:
    _, moved = record.load(SERIES, MOVED)
    answer = newsroom.ask("DELETE", f"/v1/events/{moved['id']}", "edda", headers={"If-Match": '"1"'})
    assert answer.status_code == 202
    (again,) = record.load(f"{MOVED}\nSEQUENCE:9")
    assert again["status"] == 409
