"""What programs of before RFC 5545 write, and vendors beside it: rules of vCalendar 1.0, base64, marks of all day."""

from __future__ import annotations

from base64 import b64encode

import pytest

from dateline.domain.html import clean_html, text_of
from unit.ics import event, only, read, taken, times, utc

SUNDAY = "DTSTART:20290304T060000Z"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("D1 #5", "FREQ=DAILY;INTERVAL=1;COUNT=5"),
        ("d2 #0", "FREQ=DAILY;INTERVAL=2"),
        ("D1 20290310T060000Z", "FREQ=DAILY;INTERVAL=1;UNTIL=20290310T060000Z"),
        ("D1 0600 1800 #4", "FREQ=DAILY;INTERVAL=1;BYHOUR=6,18;BYMINUTE=0;COUNT=4"),
        ("W1 MO TU #4", "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU;COUNT=4"),
        ("W2 MO$ TU 20290401", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;UNTIL=20290401"),
        ("W1 #3", "FREQ=WEEKLY;INTERVAL=1;COUNT=3"),
        ("MP1 1+ SU #6", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1SU;COUNT=6"),
        ("MP2 1+ 2- MO TU 3+ WE #0", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-2MO,1TU,-2TU,3WE"),
        ("MP1 #3", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1SU;COUNT=3"),
        ("MP1 1- #3", "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1SU;COUNT=3"),
        ("MD1 10 #3", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=10;COUNT=3"),
        ("MD1 1- LD 2+ #0", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1,-1,2"),
        ("YM1 6 #3", "FREQ=YEARLY;INTERVAL=1;BYMONTH=6;COUNT=3"),
        ("YD1 100 200 #3", "FREQ=YEARLY;INTERVAL=1;BYYEARDAY=100,200;COUNT=3"),
    ],
)
def test_rules_of_vcalendar(rule: str, expected: str) -> None:
    one = only(SUNDAY, f"RRULE:{rule}")
    assert one.event is not None and (one.event.rrule, one.notes) == (expected, ())


def test_a_rule_of_vcalendar_names_its_times() -> None:
    assert times(event(SUNDAY, "RRULE:MP1 1+ SU #3")) == ["2029-03-04T06:00", "2029-04-01T06:00", "2029-05-06T06:00"]
    assert times(event("DTSTART:20290610", "RRULE:MD1 10 20290901")) == ["2029-06-10", "2029-07-10", "2029-08-10"]


@pytest.mark.parametrize("rule", ["MD1 10", "YM1 6", "W1 MO"])
def test_one_without_an_end_names_two_times(rule: str) -> None:
    one = only("DTSTART:20290611", f"RRULE:{rule}")
    assert one.event is not None and "COUNT=2" in one.event.rrule and one.notes[0].pointer == "/rrule"


@pytest.mark.parametrize("rule", ["D1 MO #5", "W1 1+ MO", "MD1 MO", "MP1 6+ SU", "M5 #3", "D1 0600 1830 #4", "MD1 99"])
def test_one_that_cannot_be_read_costs_itself(rule: str) -> None:
    one = only(SUNDAY, f"RRULE:{rule}")
    assert one.event is not None and not one.event.rrule and one.notes[0].pointer == "/rrule"


@pytest.mark.parametrize(
    "written", ["EXDATE:20290311T060000Z;20290318T060000Z", "EXDATE:20290311T060000Z,20290318T060000Z"]
)
def test_dates_of_vcalendar_are_parted_by_semicolons(written: str) -> None:
    found = event(SUNDAY, "RRULE:W1 #4", written)
    assert times(found) == ["2029-03-04T06:00", "2029-03-25T06:00"]


@pytest.mark.parametrize(
    ("status", "read_as", "noted"),
    [("POSTPONED", "postponed", False), ("postponed", "postponed", False), ("Confirmed", "confirmed", False),
     ("", "confirmed", False), ("NEEDS ACTION", "confirmed", True), ("DELAYED", "confirmed", True),
     ("Cancelled by the organiser", "cancelled", True), ("EventCancelled", "cancelled", True),
     ("Отменено", "cancelled", True), ("RAINOUT", "cancelled", True), ("DELETED", "cancelled", True),
     ("verschoben", "postponed", True), ("EventPostponed", "postponed", True), ("RESCHEDULED", "confirmed", True)],
)  # fmt: skip
def test_status(status: str, read_as: str, noted: bool) -> None:
    one = only(SUNDAY, f"STATUS:{status}")
    assert one.event is not None and one.event.status == read_as
    assert [note.pointer for note in one.notes] == (["/status"] if noted else [])


def test_a_postponed_exception() -> None:
    series, exception = read(
        f"UID:a\nSUMMARY:A\n{SUNDAY}\nRRULE:FREQ=WEEKLY;COUNT=2",
        "UID:a\nRECURRENCE-ID:20290311T060000Z\nSTATUS:POSTPONED",
    )
    assert times(*taken(series, exception), status="postponed") == ["2029-03-11T06:00"]


# --- all day ------------------------------------------------------------------------------------------------------

ALL_DAY = "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"
BERLIN = (
    "BEGIN:VTIMEZONE\nTZID:W\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
    "END:STANDARD\nEND:VTIMEZONE\n"
)


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (["DTSTART;TZID=Europe/Berlin:20290310T000000", "DTEND;TZID=Europe/Berlin:20290311T000000"],
         "2029-03-10", "2029-03-10"),
        (["DTSTART;TZID=W:20290310T000000", "DTEND;TZID=W:20290312T000000"], "2029-03-10", "2029-03-11"),
        (["DTSTART:20290310T000000", "DTEND:20290310T235900"], "2029-03-10", "2029-03-10"),
        (["DTSTART:20290310T000000", "DTEND:20290311T235959"], "2029-03-10", "2029-03-11"),
        (["DTSTART:20290309T210000Z", "DTEND:20290310T210000Z"], "2029-03-10", "2029-03-10"),
        (["DTSTART:20290309T230000Z", "DTEND:20290310T230000Z"], "2029-03-10", "2029-03-10"),
        (["DTSTART:20290310T000000Z", "DURATION:P2D"], "2029-03-10", "2029-03-11"),
        (["DTSTART:20290310T000000Z", "DURATION:PT24H"], "2029-03-10", "2029-03-10"),
        (["DTSTART:20290310", "DTEND:20290311"], "2029-03-10", "2029-03-10"),
    ],
)  # fmt: skip
def test_what_is_marked_as_all_day(lines: list[str], start: str, end: str) -> None:
    one = only(*lines, ALL_DAY, head=BERLIN)
    assert one.event is not None and not one.notes and not one.event.timezone
    assert (one.event.start.isoformat(), one.event.end and one.event.end.isoformat()) == (start, end)


@pytest.mark.parametrize("mark", ["X-MICROSOFT-CDO-ALLDAYEVENT:FALSE", "X-FUNAMBOL-ALLDAY:0", "X-OTHER:TRUE"])
def test_what_is_not_marked_has_times(mark: str) -> None:
    found = event("DTSTART:20290309T210000Z", "DTEND:20290310T210000Z", mark)
    assert utc(found.start) == "2029-03-09T21:00"


def test_a_mark_on_what_begins_at_noon_is_noted() -> None:
    one = only("DTSTART:20290309T101500Z", ALL_DAY)
    assert one.event is not None and utc(one.event.start) == "2029-03-09T10:15" and one.notes[0].pointer == "/start"


def test_a_series_of_days_and_its_exceptions() -> None:
    rest = f"DTEND:20290310T210000Z\n{ALL_DAY}"
    series, moved = read(
        f"UID:a\nSUMMARY:A\nDTSTART:20290309T210000Z\n{rest}\nRRULE:FREQ=DAILY;UNTIL=20290313T210000Z\n"
        "EXDATE:20290310T210000Z",
        f"UID:a\nSUMMARY:A\nRECURRENCE-ID:20290311T210000Z\nDTSTART:20290319T210000Z\n{ALL_DAY}",
    )
    assert times(*taken(series, moved)) == ["2029-03-10", "2029-03-13", "2029-03-14", "2029-03-20"]


# --- the clock of vCalendar 1.0 ----------------------------------------------------------------------------------


SUMMER_2029 = "DAYLIGHT:TRUE;+02;20290325T020000;20291028T030000;CET;CEST\n"


@pytest.mark.parametrize(
    ("head", "january", "july"),
    [
        ("TZ:-05:00\n", "14:00", "14:00"), ("TZ:-0500\n", "14:00", "14:00"), ("TZ:+01\n", "08:00", "08:00"),
        ("TZ:+01\nDAYLIGHT:FALSE\n", "08:00", "08:00"), ("TZ:0\n", "09:00", "09:00"), ("TZ:Z\n", "09:00", "09:00"),
        (f"TZ:+01\n{SUMMER_2029}", "08:00", "07:00"),
        ("TZ:+01\nDAYLIGHT:TRUE;+02;20290325T010000Z;20291028T010000Z;CET;CEST\n", "08:00", "07:00"),
        (f"TZ:+01:00\nDAYLIGHT:TRUE;+02;20280326T020000;20281029T030000;CET;CEST\n{SUMMER_2029}", "08:00", "07:00"),
        ("TZ:+01\nDAYLIGHT:TRUE;nonsense\n", "08:00", "08:00"),
        ("TZ:+01\nDAYLIGHT:TRUE;+02;soon;later;CET;CEST\n", "08:00", "08:00"),
        ("TZ:nonsense\n", "06:00", "06:00"), ("TZ:+99\n", "06:00", "06:00"),
        ("X-WR-TIMEZONE:Europe/London\nTZ:-05\n", "09:00", "08:00"),
    ],
)  # fmt: skip
def test_local_times_stand_on_the_clock_of_their_calendar(head: str, january: str, july: str) -> None:
    winter, summer = (event(f"DTSTART:2029{month}01T090000", head=head) for month in ("01", "07"))
    assert (utc(winter.start)[11:], utc(summer.start)[11:]) == (january, july)


def test_a_series_recurs_on_the_clock_of_its_calendar() -> None:
    series = event("DTSTART:20290315T090000", "RRULE:W2 #2", head=f"VERSION:1.0\nTZ:+01\n{SUMMER_2029}")
    assert times(series) == ["2029-03-15T08:00", "2029-03-29T07:00"]


# --- base64 -------------------------------------------------------------------------------------------------------


def coded(text: str, codec: str = "utf-8") -> str:
    return b64encode(text.encode(codec)).decode()


def described(*lines: str) -> str:
    found = event("DTSTART:20290301", *lines)
    html = found.description_html
    return text_of(clean_html(html)) if html is not None else found.description_text or ""


@pytest.mark.parametrize(
    ("head", "value", "expected"),
    [
        ("DESCRIPTION;ENCODING=BASE64", coded("Сход, в 10; C:\\new"), "Сход, в 10; C:\\new"),
        ("DESCRIPTION;ENCODING=b;CHARSET=windows-1251", coded("Сход", "cp1251"), "Сход"),
        ("DESCRIPTION;CHARSET=UTF-8;BASE64", coded("One\r\ntwo"), "One\ntwo"),
        ("DESCRIPTION;ENCODING=BASE64", coded("Сход!").rstrip("="), "Сход!"),
        ("DESCRIPTION;ENCODING=BASE64", coded("Сход")[:5] + "\r\n " + coded("Сход")[5:], "Сход"),
        ("X-ALT-DESC;FMTTYPE=text/html;ENCODING=BASE64;VALUE=BINARY", coded("<p>A <b>fair</b></p>"), "A fair"),
        ("X-ALT-DESC;FMTTYPE=text/html", f"data:text/html;base64,{coded('<p>Fair</p>')}", "Fair"),
        ("DESCRIPTION", f"data:text/plain;base64\\,{coded('Fair')}", "Fair"),
        (f'DESCRIPTION;ALTREP="data:text/html;base64,{coded("<p>Rich</p>")}"', "Plain", "Rich"),
        (f'DESCRIPTION;ALTREP="data:text/html;charset=koi8-r;base64,{coded("<p>Сход</p>", "koi8-r")}"', "A", "Сход"),
        ('DESCRIPTION;ALTREP="data:text/html;charset=windows-1251,%3Cp%3E%D1%F5%EE%E4%3C/p%3E"', "Plain", "Сход"),
        ("DESCRIPTION", "ENCODING=BASE64:QUJD", "ENCODING=BASE64:QUJD"),
    ],
)  # fmt: skip
def test_texts_in_base64(head: str, value: str, expected: str) -> None:
    assert described(f"{head}:{value}") == expected


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("DESCRIPTION;ENCODING=BASE64:not base64!", ""),
        (f"DESCRIPTION;ENCODING=BASE64:{b64encode(bytes(range(200))).decode()}", ""),
        ('DESCRIPTION;ALTREP="data:text/html;base64,%%%":Plain', "Plain"),
        (f'DESCRIPTION;ALTREP="data:text/html;base64,{b64encode(bytes(range(200))).decode()}":Plain', "Plain"),
    ],
)
def test_what_is_no_text_is_left_out_with_a_note(line: str, left: str) -> None:
    one = only("DTSTART:20290301", line)
    assert one.event is not None and (one.event.description_text or "") == left
    assert not one.event.description_html and len(one.notes) == 1


def test_an_attachment_costs_nothing() -> None:
    assert not only("DTSTART:20290301", "ATTACH;ENCODING=BASE64;VALUE=BINARY:////").notes
