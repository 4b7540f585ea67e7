"""Exceptions of series: whatever they lack, the time that they replace is not shown as if nothing had happened."""

from __future__ import annotations

import pytest

from dateline.domain.event import Event
from unit.ics import read, taken, times

SERIES = """UID:s
DTSTART;TZID=Europe/Warsaw:20290305T090000
DTEND;TZID=Europe/Warsaw:20290305T100000
RRULE:FREQ=WEEKLY;COUNT=4
SUMMARY:Briefing
DESCRIPTION:In the hall
LOCATION:Hall"""
OLD = ["2029-03-05T08:00", "2029-03-12T08:00", "2029-03-19T08:00", "2029-03-26T07:00"]
WITHOUT_SECOND = [OLD[0], *OLD[2:]]


def exception(*lines: str) -> str:
    return "\n".join(("UID:s", *lines))


@pytest.mark.parametrize(
    "lines",
    [
        ["RECURRENCE-ID;TZID=Europe/Warsaw:20290312T090000", "STATUS:CANCELLED"],
        ["RECURRENCE-ID:20290312T080000Z", "STATUS:CANCELED", "DTSTAMP:20260101T000000Z"],
        ["RECURRENCE-ID:20290312T080000Z", "DTSTART:tomorrow", "SUMMARY:Moved"],
        ["RECURRENCE-ID:20290312T080000Z", "DTSTART:99990101T000000Z"],
        ["RECURRENCE-ID;VALUE=DATE:20290312", "STATUS:CANCELLED"],
        ["RECURRENCE-ID:20290312", "DTSTART;TZID=Europe/Warsaw:20290313T090000", "STATUS:CANCELLED"],
        ["RECURRENCE-ID;TZID=Nowhere:20290312T090000", "STATUS:CANCELLED"],
    ],
)
@pytest.mark.parametrize("series_first", [True, False])
def test_the_old_time_is_not_confirmed(lines: list[str], series_first: bool) -> None:
    bodies = [SERIES, exception(*lines)]
    found = read(*(bodies if series_first else bodies[::-1]))
    assert times(*taken(*found), status="confirmed") == WITHOUT_SECOND
    (other,) = (one for one in found if one.recurrence_id)
    assert other.recurrence_id == "2029-03-12T08:00:00Z" and other.event is not None
    assert other.event.status in ("cancelled", "postponed") and other.event.title in ("Briefing", "Moved")


def test_a_new_time_in_a_zone_that_nobody_knows_stands_on_the_clock_of_its_series() -> None:
    lines = exception("RECURRENCE-ID:20290312T080000Z", "DTSTART;TZID=Mars/Olympus:20290313T100000")
    found = read(SERIES, lines)
    assert times(*taken(*found)) == [OLD[0], "2029-03-13T09:00", *OLD[2:]]
    assert found[1].notes[0].pointer == "/timezone" and "its series" in found[1].notes[0].detail


def test_one_without_a_title_has_that_of_its_series() -> None:
    _, moved = read(SERIES, exception("RECURRENCE-ID:20290312T080000Z", "DTSTART:20290313T080000Z"))
    assert moved.event is not None and moved.event.location is not None
    assert (moved.event.title, moved.event.description_text, moved.event.location.name) == (
        "Briefing", "In the hall", "Hall",
    )  # fmt: skip
    assert moved.event.status == "confirmed"


def test_one_with_the_series_rule_stands_for_one_time() -> None:
    found = read(SERIES, exception("RECURRENCE-ID:20290312T080000Z", "DTSTART:20290313T080000Z", "RRULE:FREQ=WEEKLY"))
    assert times(*taken(*found)) == [OLD[0], "2029-03-13T08:00", *OLD[2:]]
    assert found[1].notes[0].pointer == "/rrule"


def test_one_that_cannot_be_told_costs_the_series() -> None:
    series, lost, other = read(
        SERIES, exception("RECURRENCE-ID:soon", "STATUS:CANCELLED"), "UID:o\nSUMMARY:Other\nDTSTART:20290301"
    )
    assert series.event is None and series.errors[0].pointer == "/recurrence_id"
    assert lost.event is None and other.event is not None


def test_one_of_an_all_day_series_may_be_written_with_a_time() -> None:
    days = "UID:s\nDTSTART;VALUE=DATE:20290305\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:Fair"
    for name in ("20290306T000000", "20290306", "20290306T000000Z"):
        found = read(days, exception(f"RECURRENCE-ID:{name}", "STATUS:CANCELLED"))
        assert times(*taken(*found), status="confirmed") == ["2029-03-05", "2029-03-07"]


def test_one_whose_series_is_on_record() -> None:
    (series,) = taken(*read(SERIES))
    known: dict[str, Event] = {"s": series}
    (one,) = read(exception("RECURRENCE-ID:20290312T090000", "STATUS:CANCELLED"), known=known.get)
    assert one.event is not None and (one.event.status, one.event.title) == ("cancelled", "Briefing")
    assert one.recurrence_id == "2029-03-12T08:00:00Z"
    assert one.event.end is not None and one.event.location is not None


def test_one_whose_series_nobody_knows_is_an_event_if_it_says_enough() -> None:
    enough, bare = read(
        "UID:x\nRECURRENCE-ID:20290312T080000Z\nDTSTART:20290313T080000Z\nSUMMARY:Moved",
        "UID:y\nRECURRENCE-ID:20290312T080000Z\nSTATUS:CANCELLED",
    )
    assert enough.event is not None and bare.event is None and bare.errors[0].pointer == "/start"


@pytest.mark.parametrize("series", ["EXDATE:20290312T080000Z", "RRULE:FREQ=WEEKLY;UNTIL=20290306T000000Z"])
def test_one_that_a_newer_series_no_longer_has(series: str) -> None:
    body = SERIES.replace("RRULE:FREQ=WEEKLY;COUNT=4", f"SEQUENCE:2\n{series}")
    body += "\nRRULE:FREQ=WEEKLY;COUNT=4" if "EXDATE" in series else ""
    old = exception("RECURRENCE-ID:20290312T080000Z", "DTSTART:20290312T120000Z", "SUMMARY:Moved", "SEQUENCE:1")
    _, gone = read(body, old)
    assert gone.event is None and gone.older and not gone.errors and gone.notes
    _, kept = read(body, old.replace("SEQUENCE:1", "SEQUENCE:2"))
    assert kept.event is not None


# --- RANGE=THISANDFUTURE -----------------------------------------------------------------------------------------


def future(at: str, start: str, *lines: str) -> str:
    return exception(f"RECURRENCE-ID;RANGE=THISANDFUTURE:{at}", f"DTSTART;TZID=Europe/Warsaw:{start}", *lines)


def test_a_series_is_split() -> None:
    series, later = read(SERIES, future("20290319T080000Z", "20290319T110000", "SUMMARY:Later"))
    assert series.event is not None and later.event is not None
    assert times(series.event) == OLD[:2]
    assert times(later.event) == ["2029-03-19T10:00", "2029-03-26T09:00"]
    assert (later.uid, later.event.external_id, later.event.recurrence_id) == ("s", "s_R20290319T080000Z", "")
    assert later.event.rrule.startswith("FREQ=WEEKLY;UNTIL=")


@pytest.mark.parametrize(
    ("rule", "at", "start", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6", "20290314T080000Z", "20290315T090000",
         ["2029-03-15T08:00", "2029-03-20T08:00", "2029-03-22T08:00"]),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20290401T000000Z", "20290319T080000Z", "20290318T090000",
         ["2029-03-18T08:00", "2029-03-25T07:00"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=4", "20290402T070000Z", "20290404T090000",
         ["2029-04-04T07:00", "2029-05-09T07:00", "2029-06-06T07:00"]),
        ("FREQ=DAILY;COUNT=4", "20290306T080000Z", "20290306T090000",
         ["2029-03-06T08:00", "2029-03-07T08:00", "2029-03-08T08:00"]),
    ],
)  # fmt: skip
def test_its_later_times_move_as_the_first_of_them(rule: str, at: str, start: str, expected: list[str]) -> None:
    body = SERIES.replace("FREQ=WEEKLY;COUNT=4", rule)
    whole = times(*taken(*read(body)))
    series, later = taken(*read(body, future(at, start, "SUMMARY:Later")))
    assert times(later) == expected
    assert times(series) == [one for one in whole if one.replace("-", "").replace(":", "") < at[:13]]


def test_a_series_without_end_goes_on_without_end() -> None:
    body = SERIES.replace(";COUNT=4", "")
    series, later = taken(*read(body, future("20300107T080000Z", "20300108T100000", "SUMMARY:Later")))
    assert (len(times(series, year=2029)), times(series, year=2031)) == (44, [])
    assert times(later, year=2030)[:2] == ["2030-01-08T09:00", "2030-01-15T09:00"]
    assert len(times(later, year=2045)) == 52


def test_splits_after_splits_and_exceptions_after_them() -> None:
    events = taken(
        *read(
            SERIES,
            future("20290312T080000Z", "20290312T100000", "SUMMARY:B"),
            future("20290326T070000Z", "20290326T120000", "SUMMARY:C"),
            exception("RECURRENCE-ID:20290319T080000Z", "STATUS:CANCELLED"),
        )
    )
    assert times(*events, status="confirmed") == ["2029-03-05T08:00", "2029-03-12T09:00", "2029-03-26T10:00"]
    assert times(*events, status="cancelled") == ["2029-03-19T08:00"]


def test_a_split_at_the_very_start_leaves_nothing_before_it() -> None:
    series, later = taken(*read(SERIES, future("20290305T080000Z", "20290305T100000", "SUMMARY:All")))
    assert times(series) == [] and len(times(later)) == 4


def test_a_series_on_record_is_split_too() -> None:
    (series,) = taken(*read(SERIES))
    later, implied = read(
        future("20290319T080000Z", "20290319T110000", "SUMMARY:Later", "SEQUENCE:1"), known={"s": series}.get
    )
    assert implied.implied and implied.event is not None and later.event is not None
    assert (times(implied.event), times(later.event)) == (OLD[:2], ["2029-03-19T10:00", "2029-03-26T09:00"])
    assert series.older_than(implied.event)


def test_a_split_of_nothing_stands_for_its_one_time() -> None:
    (one,) = read(future("20290319T080000Z", "20290319T110000", "SUMMARY:Later"))
    assert one.event is not None and times(one.event) == ["2029-03-19T10:00"] and one.notes


def test_times_that_no_rule_names_any_more_are_refused_and_the_series_ends() -> None:
    body = SERIES.replace("FREQ=WEEKLY;COUNT=4", "FREQ=MONTHLY;BYDAY=-1MO")
    series, later = read(body, future("20290430T070000Z", "20290502T090000", "SUMMARY:Later"))
    assert later.event is None and later.errors[0].pointer == "/recurrence_id"
    assert series.event is not None and times(series.event) == ["2029-03-05T08:00", "2029-03-26T07:00"]


def test_a_series_that_was_over_before_its_split_stays_over() -> None:
    body = SERIES.replace("COUNT=4", "COUNT=2") + "\nRDATE;TZID=Europe/Warsaw:20290501T090000"
    series, later = taken(*read(body, future("20290501T070000Z", "20290501T100000", "SUMMARY:Later")))
    assert times(series) == OLD[:2]
    assert times(later) == ["2029-05-01T08:00"]


def test_an_exception_without_a_zone_stands_on_the_clock_of_its_series() -> None:
    moved = exception("RECURRENCE-ID:20290312T090000", "DTSTART:20290313T150000", "DTEND:20290313T160000", "SUMMARY:M")
    assert times(*taken(*read(SERIES, moved))) == [OLD[0], "2029-03-13T14:00", *OLD[2:]]
