"""Calendars as other programs write them, read into events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from dateline.domain.event import Occurrence
from dateline.domain.recurrence import occurrences
from dateline.errors import InvalidInput
from dateline.formats.ics import IcsEvent, read_calendar

MINSK = ZoneInfo("Europe/Minsk")


def calendar(*bodies: str, head: str = "") -> bytes:
    events = "".join(f"BEGIN:VEVENT\n{body.strip()}\nEND:VEVENT\n" for body in bodies)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{head}{events}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(*bodies: str, head: str = "") -> list[IcsEvent]:
    return read_calendar(calendar(*bodies, head=head), MINSK)


def only(body: str, head: str = "") -> IcsEvent:
    (one,) = read(body, head=head)
    return one


def times(body: str, head: str = "") -> tuple[str, str | None, str]:
    event = only(f"UID:a\nSUMMARY:A\n{body}", head).event
    assert event is not None
    return event.start.isoformat(), event.end and event.end.isoformat(), event.timezone


BERLIN_UNDER_ANOTHER_NAME = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
MINSK_UNDER_ANOTHER_NAME = """BEGIN:VTIMEZONE
TZID:Our clock
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE
"""
NEPAL_OF_OWN = MINSK_UNDER_ANOTHER_NAME.replace("+0300", "+0545")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("DTSTART;VALUE=DATE:20260703", ("2026-07-03", None, "")),
        ("DTSTART;VALUE=DATE:20260703\nDTEND;VALUE=DATE:20260704", ("2026-07-03", "2026-07-03", "")),
        ("DTSTART;VALUE=DATE:20260703\nDTEND;VALUE=DATE:20260706", ("2026-07-03", "2026-07-05", "")),
        ("DTSTART;VALUE=DATE:20260703\nDTEND;VALUE=DATE:20260703", ("2026-07-03", "2026-07-03", "")),
        ("DTSTART;VALUE=DATE:20260703\nDURATION:P2D", ("2026-07-03", "2026-07-04", "")),
        ("DTSTART:20260703", ("2026-07-03", None, "")),
        (
            "DTSTART;TZID=America/Toronto:20260703T190000\nDURATION:PT90M",
            ("2026-07-03T19:00:00-04:00", "2026-07-03T20:30:00-04:00", "America/Toronto"),
        ),
        (
            "DTSTART;TZID=America/Toronto:20260307T190000\nDURATION:P1D",
            ("2026-03-07T19:00:00-05:00", "2026-03-08T19:00:00-04:00", "America/Toronto"),
        ),
        (
            "DTSTART;TZID=America/Toronto:20260307T190000\nDURATION:PT24H",
            ("2026-03-07T19:00:00-05:00", "2026-03-08T20:00:00-04:00", "America/Toronto"),
        ),
        ("DTSTART:20260703T160000Z", ("2026-07-03T19:00:00+03:00", None, "Europe/Minsk")),
        ("DTSTART:20260703T160000Z\nRRULE:FREQ=DAILY", ("2026-07-03T16:00:00+00:00", None, "UTC")),
        ("DTSTART:20260703T190000", ("2026-07-03T19:00:00+03:00", None, "Europe/Minsk")),
        ("DTSTART;TZID=FLE Standard Time:20260703T190000", ("2026-07-03T19:00:00+03:00", None, "Europe/Kiev")),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260703T190000",
            ("2026-07-03T19:00:00+02:00", None, "Europe/Berlin"),
        ),
        ('DTSTART;TZID="Europe/Berlin":20260703T190000', ("2026-07-03T19:00:00+02:00", None, "Europe/Berlin")),
    ],
)
def test_times(body: str, expected: tuple[str, str | None, str]) -> None:
    assert times(body)[:2] == expected[:2]
    assert times(body)[2] in (expected[2], {"Europe/Kiev": "Europe/Kyiv"}.get(expected[2]))


def test_a_calendars_own_zone_is_that_of_its_floating_times() -> None:
    assert times("DTSTART:20260703T190000", head="X-WR-TIMEZONE:Asia/Tokyo\n") == (
        "2026-07-03T19:00:00+09:00",
        None,
        "Asia/Tokyo",
    )


def test_zones_of_own_are_known_by_their_offsets_the_newsrooms_first() -> None:
    start, _, zone = times("DTSTART;TZID=Customized Time Zone:20260703T190000", head=BERLIN_UNDER_ANOTHER_NAME)
    assert start == "2026-07-03T19:00:00+02:00"
    assert datetime(2026, 1, 3, 19, tzinfo=ZoneInfo(zone)).isoformat() == "2026-01-03T19:00:00+01:00"
    assert times("DTSTART;TZID=Our clock:20260703T190000", head=MINSK_UNDER_ANOTHER_NAME)[2] == "Europe/Minsk"
    assert times("DTSTART;TZID=Our clock:20260703T190000", head=NEPAL_OF_OWN)[0] == "2026-07-03T19:00:00+05:45"


def test_texts_are_unescaped_and_unfolded_even_within_a_character() -> None:
    snowman = "☃".encode()
    data = calendar(
        "UID:a\nDTSTART:20260703\nSUMMARY:Fair\\, with  @ man\nDESCRIPTION:One\\nTwo\\; three \\\\ four\nX-A:1"
    )
    data = data.replace(b"@", snowman[:1] + b"\r\n " + snowman[1:])
    (one,) = read_calendar(data, MINSK)
    assert one.event is not None
    assert one.event.title == "Fair, with  ☃ man"
    assert one.event.description_text == "One\nTwo; three \\ four"


def test_place_holder_status_and_address() -> None:
    event = only(
        "UID:a\nDTSTART:20260703\nSUMMARY:A\nLOCATION:Upper Town\\, Minsk\nGEO:53.9;27.55\nSTATUS:CANCELLED\n"
        'URL:https://example.org/a?b=c\nORGANIZER;CN="City; Hall":mailto:hall@example.org'
    ).event
    assert event is not None and event.location is not None
    assert (event.location.name, event.location.lat, event.location.lon) == ("Upper Town, Minsk", 53.9, 27.55)
    assert (event.status, event.url, event.organizer) == ("cancelled", "https://example.org/a?b=c", "City; Hall")
    bare = only("UID:a\nDTSTART:20260703\nSUMMARY:A\nURL:message:1\nORGANIZER:mailto:hall@example.org").event
    assert bare is not None and (bare.url, bare.organizer, bare.location) == ("", "", None)


def test_a_cancelling_calendar_cancels() -> None:
    event = only("UID:a\nDTSTART:20260703\nSUMMARY:A\nSTATUS:CONFIRMED", head="METHOD:CANCEL\n").event
    assert event is not None and event.status == "cancelled"


def test_alarms_and_own_properties_are_let_be() -> None:
    one = only("UID:a\nDTSTART:20260703\nSUMMARY:A\nX-ODD;X=1:2\nBEGIN:VALARM\nUID:b\nTRIGGER:nonsense\nEND:VALARM")
    assert one.event is not None and one.uid == "a"


def test_a_series_with_exceptions() -> None:
    series, moved, cancelled = read(
        "UID:s\nSUMMARY:Tour\nDTSTART;TZID=America/Toronto:20260302T090000\nDTEND;TZID=America/Toronto:20260302T100000\n"
        "RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE;TZID=America/Toronto:20260330T090000",
        "UID:s\nSUMMARY:Tour, later\nRECURRENCE-ID;TZID=America/Toronto:20260309T090000\n"
        "DTSTART;TZID=America/Toronto:20260309T110000",
        "UID:s\nSUMMARY:Tour\nRECURRENCE-ID:20260316T130000Z\nDTSTART;TZID=America/Toronto:20260316T090000\n"
        "STATUS:CANCELLED",
    )
    assert series.event and moved.event and cancelled.event
    assert (moved.recurrence_id, moved.event.recurrence_id) == ("2026-03-09T13:00:00Z", "2026-03-09T13:00:00Z")
    assert (moved.uid, moved.event.external_id) == ("s", "s")
    assert cancelled.event.status == "cancelled"
    found = occurrences(series.event, date(2026, 3, 1), date(2026, 4, 30), MINSK)
    assert [one.start.isoformat() for one in found] == ["2026-03-02T09:00:00-05:00", "2026-03-23T09:00:00-04:00"]


def test_further_dates_and_days_among_the_exceptions_of_a_timed_series() -> None:
    event = only(
        "UID:s\nSUMMARY:A\nDTSTART;TZID=Europe/Minsk:20260301T090000\nRRULE:FREQ=DAILY;COUNT=3\n"
        "RDATE;VALUE=PERIOD:20260310T060000Z/PT1H,20260311T060000Z/PT1H\nEXDATE;VALUE=DATE:20260302"
    ).event
    assert event is not None
    assert event.exdates == (datetime(2026, 3, 2, 6, tzinfo=UTC),)
    hour = timedelta(hours=1)
    starts = [datetime(2026, 3, day, 6, tzinfo=UTC) for day in (10, 11)]
    assert event.periods == tuple(Occurrence(start=start, end=start + hour) for start in starts)


def test_the_newest_of_two_counts() -> None:
    older, newer = read(
        "UID:a\nSUMMARY:New\nDTSTART:20260703\nSEQUENCE:2", "UID:a\nSUMMARY:Old\nDTSTART:20260703\nSEQUENCE:1"
    )
    assert older.event is not None and older.event.title == "New"
    assert newer.event is None and newer.older and not newer.errors
    assert newer.notes[0].pointer == "/external_id"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ("UID:a\nSUMMARY:A", "/start"),
        ("UID:a\nSUMMARY:A\nDTSTART:tomorrow", "/start"),
        ("UID:a\nSUMMARY:A\nDTSTART:20260231", "/start"),
        ("UID:a\nSUMMARY:A\nDTSTART:P1D", "/start"),
        ("UID:a\nSUMMARY:A\nDTSTART:20260703T100000Z\nRRULE:FREQ=SECONDLY", "/rrule"),
        ("UID:a\nSUMMARY:A\nDTSTART:20260703\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY", "/rrule"),
        ("UID:a\nSUMMARY:A\nDTSTART:20260703\nRRULE:FREQ=DAILY;COUNT=1000000000", "/rrule"),
        ("UID:a\nSUMMARY:A\nDTSTART:20260703\nRDATE:" + ",".join(["20260704"] * 1001), "/rdates"),
        ("UID:a\nSUMMARY:A\nDTSTART:00010101", "/start"),
        ("UID:a\nSUMMARY:A\nDTSTART:99991231T235959Z", "/start"),
        ("UID:a\nSUMMARY:A\nDTSTART:20260703\nRECURRENCE-ID:99991231T235959Z", "/recurrence_id"),
    ],
)
def test_a_bad_vevent_says_why_and_harms_no_other(body: str, pointer: str) -> None:
    bad, good = read(body, "UID:good\nSUMMARY:Good\nDTSTART:20260703")
    assert bad.event is None
    assert bad.errors[0].pointer == pointer and bad.errors[0].detail
    assert good.event is not None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
        b"END:VCALENDAR\r\n",
        b"BEGIN:A\n" * 10,
        b"x" * (2 * 1024 * 1024 + 1),
        calendar(*["UID:a"] * 10_001),
        calendar(*["RRULE:FREQ=DAILY"] * 2001),
    ],
    ids=lambda data: repr(data[:24]),
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_calendar(data, MINSK)


def test_an_empty_calendar_and_several_in_one_file() -> None:
    assert read() == []
    two = calendar("UID:a\nSUMMARY:A\nDTSTART:20260703") + calendar("UID:b\nSUMMARY:B\nDTSTART:20260703")
    assert [one.uid for one in read_calendar(two, MINSK)] == ["a", "b"]


@pytest.mark.parametrize(
    "head",
    [
        MINSK_UNDER_ANOTHER_NAME.replace("END:STANDARD", "RRULE:FREQ=SECONDLY\nEND:STANDARD"),
        "X-A:" + "a" * 1_000_000 + "\n",
        "X-A;P=" + '"' * 100_000 + ":1\n",
        "X-A:1\n" * 50_000,
        "X-A:" + "\n ".join(["b"] * 300_000) + "\n",
        "X-WR-TIMEZONE:" + "/a" * 60_000 + "\n",
        "X-WR-TIMEZONE:/" + "/" * 60_000 + "\n",
        "DTSTART;TZID=" + "a:" * 90_000 + ":1\n",
        "DESCRIPTION:" + "<a " * 60_000 + "\n",
    ],
    ids=["rule in a zone", "long line", "quotes", "many lines", "many folds", "long zone", "slashes", "colons", "tags"],
)
def test_hostile_calendars_are_read_in_time(head: str) -> None:
    began = perf_counter()
    one = only("UID:a\nSUMMARY:A\nDTSTART;TZID=Our clock:20260703T100000\n", head)
    assert one.uid == "a"
    assert perf_counter() - began < 10
