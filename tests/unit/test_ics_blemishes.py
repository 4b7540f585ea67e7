"""What programs write that isn't RFC 5545: a blemish costs its property, and not the event."""

from __future__ import annotations

from datetime import datetime

import pytest

from unit.ics import event, only, read, taken, times, utc

MARCH = "DTSTART:20290301T090000Z"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=2;", ["01", "08"]),
        (";FREQ=WEEKLY;;COUNT=2", ["01", "08"]),
        ("RRULE:FREQ=WEEKLY;COUNT=2", ["01", "08"]),
        ("freq=weekly; count=2", ["01", "08"]),
        ("FREQ=WEEKLY\\;COUNT=2", ["01", "08"]),
        ("FREQ=WEEKLY;FREQ=WEEKLY;COUNT=2", ["01", "08"]),
        ("FREQ=WEEKLY;COUNT=2;X-EXTRA=1", ["01", "08"]),
        ("RSCALE=GREGORIAN;FREQ=WEEKLY;COUNT=2", ["01", "08"]),
        ("RSCALE=gregorian;FREQ=WEEKLY;SKIP=OMIT;COUNT=2", ["01", "08"]),
        ("FREQ=WEEKLY;INTERVAL=0;COUNT=2", ["01", "08"]),
        ("FREQ=WEEKLY;BYDAY=1TH;COUNT=2", ["01", "08"]),
        ("FREQ=WEEKLY;BYDAY=TH,;COUNT=2", ["01", "08"]),
        ("FREQ=WEEKLY;UNTIL=2029-03-08", ["01", "08"]),
        ("FREQ=WEEKLY;UNTIL=;COUNT=2;BYSETPOS=;WKST=", ["01", "08"]),
        ("FREQ=WEEKLY;BYDAY=Thursday,Monday;COUNT=3;WKST=Sun", ["01", "05", "08"]),
        ("FREQ=WEEKLY;BYDAY=TH;BYDAY=MO;COUNT=3", ["01", "05", "08"]),
        ("FREQ=WEEKLY;UNTIL=20290308T120000+0100", ["01", "08"]),
        ("FREQ=WEEKLY;UNTIL=20290308T1200", ["01", "08"]),
        ("FREQ=WEEKLY;UNTIL=20290308;COUNT=50", ["01", "08"]),
        ("FREQ=WEEKLY;UNTIL=20300101;COUNT=2", ["01", "08"]),
        ("FREQ=WEEKLY;UNTIL=20290308;COUNT=-1", ["01", "08"]),
    ],
)
def test_rules_of_common_programs(rule: str, expected: list[str]) -> None:
    one = only(MARCH, f"RRULE:{rule}")
    assert one.event is not None and not one.notes
    assert times(one.event) == [f"2029-03-{day}T09:00" for day in expected]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=FORTNIGHTLY", "every week", "FREQ=WEEKLY;BYDAY=XX", "RSCALE=CHINESE;FREQ=YEARLY", "COUNT=2", "",
     "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;COUNT=two"],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_costs_the_rule(rule: str) -> None:
    one = only(MARCH, f"RRULE:{rule}")
    assert one.event is not None and times(one.event) == ["2029-03-01T09:00"]
    assert one.notes[0].pointer == "/rrule"


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=SECONDLY;COUNT=1001", "FREQ=MINUTELY;UNTIL=20290401T000000Z",
     "FREQ=DAILY;COUNT=10001", "FREQ=DAILY;UNTIL=20290101T000000Z", "FREQ=DAILY;INTERVAL=1001",
     "FREQ=DAILY;COUNT=" + "9" * 100],
)  # fmt: skip
def test_too_much_is_refused(rule: str) -> None:
    one = only(MARCH, f"RRULE:{rule}")
    assert one.event is None and one.errors[0].pointer == "/rrule"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MINUTELY;INTERVAL=15;COUNT=3", ["09:00", "09:15", "09:30"]),
        ("FREQ=SECONDLY;INTERVAL=90;COUNT=3", ["09:00", "09:01", "09:03"]),
        ("FREQ=MINUTELY;INTERVAL=30;UNTIL=20290301T100000Z", ["09:00", "09:30", "10:00"]),
        ("FREQ=MINUTELY;INTERVAL=90;COUNT=3", ["09:00", "10:30", "12:00"]),
        ("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,11;COUNT=4", ["09:00", "09:20", "09:40", "11:00"]),
    ],
)
def test_minutes_and_seconds_that_soon_end(rule: str, expected: list[str]) -> None:
    assert [one[11:] for one in times(event(MARCH, f"RRULE:{rule}"))] == expected


def test_several_rules_are_united() -> None:
    both = event(MARCH, "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=DAILY;INTERVAL=7;COUNT=4", "EXDATE:20290315T090000Z")
    assert times(both) == [f"2029-03-{day}T09:00" for day in ("01", "08", "22")]
    assert (both.rrule, both.further_rrules) == ("FREQ=WEEKLY;COUNT=2", ("FREQ=DAILY;INTERVAL=7;COUNT=4",))
    three = event("DTSTART:20290301", "RRULE:FREQ=YEARLY", "RRULE:nonsense", "RRULE:FREQ=MONTHLY;BYMONTHDAY=5;COUNT=2")
    assert times(three) == ["2029-03-01", "2029-03-05", "2029-04-05"]


def test_a_further_rule_does_not_count_a_start_that_it_does_not_name() -> None:
    both = event(
        "DTSTART:20290112T100000Z", "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2", "RRULE:FREQ=MONTHLY;BYDAY=2MO;COUNT=2"
    )
    assert [one[:10] for one in times(both)] == ["2029-01-12", "2029-01-19", "2029-02-12", "2029-03-12"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("RDATE:20290310Z", ["2029-03-01", "2029-03-10"]),
        ("RDATE;VALUE=DATE:20290310", ["2029-03-01", "2029-03-10"]),
        ("RDATE:2029-03-10", ["2029-03-01", "2029-03-10"]),
        ("RDATE:20290310T000000Z", ["2029-03-01", "2029-03-10"]),
        ("RDATE:20290310,nonsense,20290312", ["2029-03-01", "2029-03-10", "2029-03-12"]),
        ("RDATE:", ["2029-03-01"]),
        ("EXDATE:soon", ["2029-03-01"]),
    ],
)
def test_dates_of_common_programs(value: str, expected: list[str]) -> None:
    assert times(event("DTSTART;VALUE=DATE:20290301", value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("20290301T090000Z", "2029-03-01T09:00"),
        ("2029-03-01T09:00:00Z", "2029-03-01T09:00"),
        ("20290301T0900Z", "2029-03-01T09:00"),
        ("20290301t090000z", "2029-03-01T09:00"),
        ("20290301T090000.000Z", "2029-03-01T09:00"),
        ("20290301T110000+0200", "2029-03-01T09:00"),
        ("20290301T240000Z", "2029-03-02T00:00"),
        ("20290301T085960Z", "2029-03-01T08:59"),
        (" 20290301T090000Z ", "2029-03-01T09:00"),
    ],
)
def test_starts_of_common_programs(value: str, expected: str) -> None:
    assert utc(event(f"DTSTART:{value}").start) == expected


@pytest.mark.parametrize(
    "value", ["DTSTART;VALUE=DATE:20290301T000000", "DTSTART;VALUE=DATE-TIME:20290301", "DTSTART:20290301T"]
)
def test_a_day_with_a_wrong_type_is_a_day(value: str) -> None:
    assert event(value).start.isoformat() == "2029-03-01"


@pytest.mark.parametrize(
    ("lines", "expected", "noted"),
    [
        (["DTEND:20290301T110000Z", "DURATION:PT5H"], "2029-03-01T11:00", True),
        (["DTEND:never", "DURATION:PT1H"], "2029-03-01T10:00", True),
        (["DTEND:never"], None, True),
        (["DURATION:soon"], None, True),
        (["DURATION:-PT1H"], None, True),
        (["DURATION:pt1h"], "2029-03-01T10:00", False),
        (["DTEND:20290301T020000Z"], "2029-03-02T02:00", True),
        (["DTEND:20280301T020000Z"], None, True),
        (["DTEND:20500301T020000Z"], None, True),
        (["DTEND;VALUE=DATE:20290302"], "2029-03-01T21:00", True),
        (["DTEND:20290301T090000Z"], "2029-03-01T09:00", False),
    ],
)
def test_ends(lines: list[str], expected: str | None, noted: bool) -> None:
    start = "DTSTART:20290301T180000Z" if "T020000" in lines[0] and "2029" in lines[0] else MARCH
    one = only(start, *lines)
    assert one.event is not None and (one.event.end and utc(one.event.end)) == expected
    assert bool(one.notes) == noted and all(note.pointer == "/end" for note in one.notes)


def test_start_and_end_that_are_swapped() -> None:
    one = only("DTSTART:20290301T093000Z", "DTEND:20290301T090000Z")
    assert one.event is not None and one.event.end is not None and one.notes
    assert (utc(one.event.start), utc(one.event.end)) == ("2029-03-01T09:00", "2029-03-01T09:30")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTEND:20290228"], None),
        (["DTEND:20290303T000000Z"], "2029-03-02"),
        (["DURATION:PT48H"], "2029-03-02"),
        (["DURATION:P1W"], "2029-03-07"),
        (["DTEND;VALUE=DATE:20290301"], "2029-03-01"),
    ],
)
def test_ends_of_days(lines: list[str], expected: str | None) -> None:
    found = event("DTSTART;VALUE=DATE:20290301", *lines)
    assert (found.end and found.end.isoformat()) == expected


@pytest.mark.parametrize("line", ["DTEND:20290302T100000", "DURATION:PT34H"])
def test_a_day_that_ends_at_a_time_begins_at_midnight(line: str) -> None:
    one = only("DTSTART;VALUE=DATE:20290301", line)
    assert one.event is not None and isinstance(one.event.start, datetime) and isinstance(one.event.end, datetime)
    assert (one.event.start.isoformat(), one.event.end.isoformat()) == (
        "2029-03-01T00:00:00+03:00",
        "2029-03-02T10:00:00+03:00",
    )


@pytest.mark.parametrize(
    "line",
    ["no colon here", "X-ODD;=:1", "GEO:north", "GEO:200;400", "STATUS:MAYBE", "SEQUENCE:many", "URL:not an address",
     "URL:http://[", "URL:" + "http://e.example/" + "a" * 5000, "PRIORITY:high", "ATTENDEE", "CLASS:\x07", "ATTACH;X",
     "LAST-MODIFIED:never", "CREATED:", "CATEGORIES:,,", "DTSTAMP:?"],
)  # fmt: skip
def test_any_other_property_costs_nothing_else(line: str) -> None:
    found = event(MARCH, "LOCATION:Hall", line)
    assert (found.title, utc(found.start), found.status, found.url) == ("A", "2029-03-01T09:00", "confirmed", "")


# --- the length of a period --------------------------------------------------------------------------------------

HOUR = (MARCH, "DTEND:20290301T100000Z")


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("20290302T090000Z/PT3H", "2029-03-02T09:00", "2029-03-02T12:00"),
        ("20290303T090000Z/20290303T130000Z", "2029-03-03T09:00", "2029-03-03T13:00"),
        ("20290302T090000Z/P1DT1H", "2029-03-02T09:00", "2029-03-03T10:00"),
        ("20290302T120000/20290302T123000", "2029-03-02T09:00", "2029-03-02T09:30"),
        ("20290302T090000Z/PT0S", "2029-03-02T09:00", "2029-03-02T09:00"),
        ("20290302/20290303", "2029-03-01T21:00", "2029-03-02T21:00"),
    ],
)
def test_a_period_has_its_own_length(value: str, start: str, end: str) -> None:
    found = event(*HOUR, f"RDATE;VALUE=PERIOD:{value}")
    (period,) = found.periods
    assert period.end is not None and (utc(period.start), utc(period.end)) == (start, end) and not found.rdates
    assert start in times(found) and "2029-03-01T09:00" in times(found)


def test_periods_beside_a_rule_and_each_other() -> None:
    value = "20290308T090000Z/PT3H,20290309T090000Z/PT1H,20290310T090000Z/PT2H"
    found = event(*HOUR, "RRULE:FREQ=WEEKLY;COUNT=2", f"RDATE;VALUE=PERIOD:{value}", "EXDATE:20290310T090000Z")
    assert times(found) == [f"2029-03-{day}T09:00" for day in ("01", "08", "09")]
    assert len(found.periods) == 2 and len(found.rdates) == 1


@pytest.mark.parametrize(
    "value", ["20290302T090000Z/20290301T090000Z", "20290302T090000Z/soon", "soon/PT1H", "/", "/PT1H"]
)
def test_a_period_that_cannot_be_read_costs_itself(value: str) -> None:
    one = only(*HOUR, f"RDATE;VALUE=PERIOD:{value}")
    assert one.event is not None and times(one.event) == ["2029-03-01T09:00"] and one.notes[0].pointer == "/rdates"


def test_a_component_that_ends_under_a_wrong_name_costs_itself() -> None:
    one, other = read(f"UID:a\nSUMMARY:A\n{MARCH}\nBEGIN:VALARM\nTRIGGER:x\nEND:VALRAM", f"UID:b\nSUMMARY:B\n{MARCH}")
    assert len(taken(one, other)) == 2


@pytest.mark.parametrize(
    ("zone", "until", "last"),
    [
        ("Europe/Minsk", "20290303T210000Z", "2029-03-04"),
        ("Europe/Minsk", "20290303T205959Z", "2029-03-03"),
        ("Europe/Minsk", "20290303T000000Z", "2029-03-03"),
        ("Europe/Minsk", "20290303T235959Z", "2029-03-03"),
        ("Europe/Minsk", "20290303T120000Z", "2029-03-03"),
        ("America/New_York", "20290304T045959Z", "2029-03-03"),
        ("America/New_York", "20290303T050000Z", "2029-03-03"),
        ("Europe/Minsk", "20290303T000000+0300", "2029-03-03"),
    ],
)
def test_the_last_day_of_a_series_of_days(zone: str, until: str, last: str) -> None:
    lines = ("DTSTART;VALUE=DATE:20290301", f"RRULE:FREQ=DAILY;UNTIL={until}")
    assert times(event(*lines, head=f"X-WR-TIMEZONE:{zone}\n"))[-1] == last


def test_line_ends_that_nobody_escaped() -> None:
    text = "DESCRIPTION:Doors open at seven\nBring your ID: no ID, no way in\nSee you there\nLOCATION:Hall\nno property"
    one = only(MARCH, text)
    assert one.event is not None and one.event.location is not None and one.event.location.name == "Hall"
    expected = "Doors open at seven\nBring your ID: no ID, no way in\nSee you there"
    assert one.event.description_text == expected
    assert [note.detail for note in one.notes] == [
        "This line can't be read: 'no property'",
        "Lines that are no property are read as the text that stands before them.",
    ]
    (last,) = read(f"UID:a\nSUMMARY:A\n{MARCH}\nDESCRIPTION:One\nand two")
    assert last.event is not None and last.event.description_text == "One\nand two"


def test_a_text_of_very_many_lines_is_cut() -> None:
    (one,) = read(f"UID:a\nSUMMARY:A\n{MARCH}\nDESCRIPTION:x" + "\na line of words" * 20_000)
    assert one.event is not None and 199_000 < len(one.event.description_text or "") < 200_001
