"""Clocks of calendars: the rules in the file, and a zone of the IANA database only where it agrees with them."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.domain.document import EventDocument
from dateline.domain.recurrence import bounds, occurrences
from dateline.domain.recurrence.vtimezone import VTimezone, fixed_offset, read_offset, vtimezone_of
from dateline.errors import InvalidInput
from dateline.formats.ics import read_calendar, write_calendar
from dateline.formats.ics.timezones import windows_zones
from dateline.formats.ics.timezones.vtimezone_writer import vtimezone
from dateline.formats.ics.timezones.zones import zone_named
from unit.ics import MINSK, event, only, times, utc

NEW_YORK = [("20071104T020000", "-0400", "-0500", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
            ("20070311T020000", "-0500", "-0400", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU")]  # fmt: skip
BRASILIA = [("16010101T235959", "-0200", "-0300", "FREQ=YEARLY;BYDAY=3SA;BYMONTH=2"),
            ("16010101T235959", "-0300", "-0200", "FREQ=YEARLY;BYDAY=2SA;BYMONTH=10")]  # fmt: skip
OLD_MINSK = [("19701025T030000", "+0300", "+0200", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
             ("19700329T020000", "+0200", "+0300", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")]  # fmt: skip
OWN = [("20200329T010000", "+0145", "+0145", "")]


def described(tzid: str, rules: list[tuple[str, str, str, str]], *more: str) -> str:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}", *more]
    for name, (start, before, after, rule) in zip(("STANDARD", "DAYLIGHT"), rules, strict=False):
        lines += [f"BEGIN:{name}", f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"]
        lines += [f"RRULE:{rule}"] if rule else []
        lines += [f"END:{name}"]
    return "\n".join([*lines, "END:VTIMEZONE", ""])


@pytest.mark.parametrize(
    ("tzid", "rules", "start", "expected", "zone"),
    [
        ("EST", NEW_YORK, "20290723T102000", "2029-07-23T14:20", "America/New_York"),
        ("EST", NEW_YORK, "20290123T102000", "2029-01-23T15:20", "EST"),
        ("GMT", NEW_YORK, "20290723T102000", "2029-07-23T14:20", "America/New_York"),
        ("America/New_York", NEW_YORK, "20290723T102000", "2029-07-23T14:20", "America/New_York"),
        ("Eastern Standard Time", NEW_YORK, "20290723T102000", "2029-07-23T14:20", "America/New_York"),
        ("Europe/Minsk", OLD_MINSK, "20290723T100000", "2029-07-23T07:00", "Europe/Minsk"),
        ("Europe/Minsk", OLD_MINSK, "20290123T100000", "2029-01-23T08:00", ""),
        ("(UTC-03:00) Brasilia", BRASILIA, "20270511T133000", "2027-05-11T16:30", "America/Sao_Paulo"),
        ("Desk-zone", OWN, "20270201T100000", "2027-02-01T08:15", "Europe/Minsk"),
        ("Europe/Paris", OWN, "20270201T100000", "2027-02-01T08:15", "Europe/Minsk"),
    ],
)
def test_the_files_own_rules_say_the_instant(
    tzid: str, rules: list[tuple[str, str, str, str]], start: str, expected: str, zone: str
) -> None:
    found = event(f'DTSTART;TZID="{tzid}":{start}', head=described(tzid, rules))
    assert utc(found.start) == expected
    assert (found.timezone == zone or not zone) and not found.vtimezone


def test_a_series_crosses_the_changes_of_its_files_clock() -> None:
    found = event("DTSTART;TZID=EST:20290301T090000", "RRULE:FREQ=WEEKLY;COUNT=3", head=described("EST", NEW_YORK))
    assert found.timezone == "America/New_York"
    assert times(found) == ["2029-03-01T14:00", "2029-03-08T14:00", "2029-03-15T13:00"]


def test_a_country_that_gave_up_its_summer_time_in_a_file_that_did_not() -> None:
    lines = "DTSTART;TZID=Europe/Minsk:20290320T090000", "RRULE:FREQ=WEEKLY;COUNT=3"
    found = event(*lines, head=described("Europe/Minsk", OLD_MINSK))
    assert times(found) == ["2029-03-20T07:00", "2029-03-27T06:00", "2029-04-03T06:00"]
    assert found.timezone != "Europe/Minsk"


def test_rules_that_are_todays_only_are_those_of_the_zone_that_is_named() -> None:
    rules = [(start.replace("2007", "1970"), *rest) for start, *rest in NEW_YORK]
    endless = event(
        "DTSTART;TZID=America/New_York:20050301T090000",
        "RRULE:FREQ=WEEKLY",
        head=described("America/New_York", rules),  # type: ignore[arg-type]
    )
    assert endless.timezone == "America/New_York"


def test_what_was_before_a_vtimezone_begins_its_zone_knows() -> None:
    rules = [("20181028T030000", "+0200", "+0100", ""), ("20190331T020000", "+0100", "+0200", "")]
    found = event("DTSTART;TZID=Europe/Berlin:20161203T130000", head=described("Europe/Berlin", rules))
    assert (utc(found.start), found.timezone) == ("2016-12-03T12:00", "Europe/Berlin")


@pytest.mark.parametrize(
    ("tzid", "offset", "summer", "winter"),
    [("Europe/Berlin", "+0100", "08:00", "08:00"), ("W. Europe Standard Time", "+0100", "08:00", "08:00"),
     ("America/New_York", "-0500", "14:00", "14:00"), ("Europe/London", "+0000", "09:00", "09:00"),
     ("Europe/Moscow", "+0400", "05:00", "05:00"), ("Asia/Tokyo", "+0900", "00:00", "00:00")],
)  # fmt: skip
def test_a_file_whose_clocks_never_change(tzid: str, offset: str, summer: str, winter: str) -> None:
    head = described(tzid, [("19700101T000000", offset, offset, "")])
    for day, expected in (("20280703", summer), ("20280103", winter)):
        single = event(f"DTSTART;TZID={tzid}:{day}T090000", head=head)
        assert f"{utc(single.start):.16}"[-5:] == expected
    series = event(f"DTSTART;TZID={tzid}:20280103T090000", "RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=8", head=head)
    assert {one[-5:] for one in times(series, year=2028)} == {winter}


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
     ("(GMT-05:00) Eastern Time (US & Canada)", "America/New_York"), ("(UTC) Dublin, Edinburgh, Lisbon, London",
      "Europe/London"), ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "Europe/London"),
     ("Eastern Time (US & Canada)", "America/New_York"), ("(UTC+03:00) Minsk", "Europe/Minsk"),
     ("(utc+05:30) Chennai, Kolkata, Mumbai,  New Delhi", "Asia/Kolkata"), ("tzone://Microsoft/Utc", "UTC"),
     ("(UTC) Coordinated Universal Time", "UTC"), ("(UTC-03:00) Brasilia", "America/Sao_Paulo")],
)  # fmt: skip
@pytest.mark.parametrize("quote", ["", '"'])
def test_names_that_outlook_shows(tzid: str, zone: str, quote: str) -> None:
    found = event(f"DTSTART;TZID={quote}{tzid}{quote}:20290701T090000")
    assert found.start == datetime(2029, 7, 1, 9, tzinfo=ZoneInfo(zone))


def test_every_name_that_outlook_shows_is_a_zone() -> None:
    for names in windows_zones.DISPLAYED.values():
        assert all(zone_named(f"(UTC+00:00) {name}") for name in names)


def test_a_location_names_the_zone() -> None:
    head = described("Customized", NEW_YORK, "X-LIC-LOCATION:America/Toronto")
    assert event("DTSTART;TZID=Customized:20290723T102000", head=head).timezone == "America/Toronto"


@pytest.mark.parametrize(
    ("tzid", "expected"),
    [
        ("GMT+01:00", "T09:00"),
        ("UTC-5", "T15:00"),
        ("+0530", "T04:30"),
        ("GMT -03:30", "T13:30"),
        ("Z+1", "T09:00"),
        ("GMT+0100 (CET)", "T09:00"),
        ("GMT+01.00", "T09:00"),
        ("(UTC+02:00) Nowhere known", "T08:00"),
        ("UTC\u22125", "T15:00"),
    ],
)
def test_an_offset_is_a_zone_without_a_vtimezone(tzid: str, expected: str) -> None:
    assert utc(event(f'DTSTART;TZID="{tzid}":20290301T100000').start) == f"2029-03-01{expected}"


def test_a_zone_with_a_colon_that_nobody_quoted() -> None:
    found = event("DTSTART;TZID=(UTC-03:00) Brasilia:20270511T133000", head=described("(UTC-03:00) Brasilia", BRASILIA))
    assert utc(found.start) == "2027-05-11T16:30"


@pytest.mark.parametrize(
    "line",
    ["TZOFFSETTO:+9900", "TZOFFSETTO:soon", "DTSTART:never", "RRULE:FREQ=SECONDLY", "RRULE:FREQ=DAILY", "TZOFFSETTO:"],
)
def test_a_vtimezone_that_says_nothing_is_none(line: str) -> None:
    head = described("Own", OWN).replace(
        next(one for one in described("Own", OWN).split("\n") if one.startswith(line.split(":")[0] + ":"))
        if not line.startswith("RRULE") else "END:STANDARD",
        line if not line.startswith("RRULE") else f"{line}\nEND:STANDARD",
    )  # fmt: skip
    one = only("DTSTART;TZID=Own:20290301T100000", head=head)
    assert one.event is not None and one.notes[0].pointer == "/timezone"
    named = event("DTSTART;TZID=Europe/Paris:20290301T100000", head=head.replace("TZID:Own", "TZID:Europe/Paris"))
    assert named.timezone == "Europe/Paris"


def test_very_long_names_are_nobodys() -> None:
    for name in ("/a" * 50_000, "x" * 60_000, "/" * 60_000):
        assert event("DTSTART:20290301T100000", head=f"X-WR-TIMEZONE:{name}\n").timezone == "Europe/Minsk"
        assert only(f"DTSTART;TZID={name}:20290301T100000").notes[0].pointer == "/timezone"


def test_a_start_in_a_zone_that_nobody_knows_stands_on_the_clock_of_its_calendar() -> None:
    for head, clock in (("", "Europe/Minsk"), ("X-WR-TIMEZONE:Asia/Tokyo\n", "Asia/Tokyo")):
        one = only("DTSTART;TZID=Mars/Olympus:20290301T100000", "RRULE:FREQ=DAILY;COUNT=2", head=head)
        assert one.event is not None and one.event.start == datetime(2029, 3, 1, 10, tzinfo=ZoneInfo(clock))
        assert [note.pointer for note in one.notes] == ["/timezone"] and "Mars/Olympus" in one.notes[0].detail


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("AMERICA/NEW_YORK", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("US-Eastern", "America/New_York"),
        ("Z", "UTC"),
        ("eastern standard time", "America/New_York"),
        ("(GMT-05.00) Eastern Time (US & Canada)", "America/New_York"),
        ("GMT -05:00 Eastern Time (US & Canada)", "America/New_York"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin"),
        ("mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin"),
        ("/mozilla.org/20050126_1/america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"),
        ("/example.org/W. Europe Standard Time", "Europe/Berlin"),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Warsaw"),
        ("Europe\\/Berlin", "Europe/Berlin"),
        ("CEST", "Europe/Berlin"),
        ("MSK", "Europe/Moscow"),
        ("MEZ", "Europe/Berlin"),
        ("MESZ", "Europe/Berlin"),
        ("AEST", "Australia/Sydney"),
        ("NZDT", "Pacific/Auckland"),
        ("Eastern", "America/New_York"),
        ("Eastern Time", "America/New_York"),
        ("Eastern Daylight Time", "America/New_York"),
        ("W. Europe", "Europe/Berlin"),
        ("W. Europe Daylight Time", "Europe/Berlin"),
        ("US/Pacific-New", "America/Los_Angeles"),
    ],
)
def test_names_near_those_of_the_database(tzid: str, zone: str) -> None:
    one = only(f'DTSTART;TZID="{tzid}":20290701T090000')
    assert one.event is not None and one.event.start == datetime(2029, 7, 1, 9, tzinfo=ZoneInfo(zone)) and not one.notes
    assert event("DTSTART:20290701T090000", head=f"X-WR-TIMEZONE:{tzid}\n").start == one.event.start


# --- what stands on the series' clock ----------------------------------------------------------------------------

WARSAW = ("DTSTART;TZID=Europe/Warsaw:20290305T090000", "RRULE:FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize(
    "line",
    ["EXDATE:20290312T090000", "EXDATE:20290312T080000Z", "EXDATE;TZID=Europe/London:20290312T080000",
     "EXDATE:20290312", "EXDATE;VALUE=DATE:20290312", "EXDATE;TZID=Mars:20290312T090000", "EXDATE:2029-03-12T09:00:00"],
)  # fmt: skip
def test_exdates_without_a_zone(line: str) -> None:
    assert times(event(*WARSAW, line)) == ["2029-03-05T08:00", "2029-03-19T08:00"]


def test_rdates_and_ends_without_a_zone() -> None:
    found = event(*WARSAW, "RDATE:20290307T090000", "DTEND:20290305T100000")
    assert "2029-03-07T08:00" in times(found)
    assert found.end is not None and utc(found.end) == "2029-03-05T09:00"
    series = event(*WARSAW, "RDATE;VALUE=PERIOD:20290308T090000/20290308T120000")
    assert [utc(one.end) for one in series.periods if one.end] == ["2029-03-08T11:00"]


def test_a_series_in_utc_stands_on_utc() -> None:
    found = event("DTSTART:20290305T090000Z", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20290306T090000")
    assert times(found) == ["2029-03-05T09:00", "2029-03-07T09:00"]


def test_a_clock_of_ones_own_counts_there_too() -> None:
    lines = "DTSTART;TZID=Own:20290305T090000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20290306T090000"
    assert times(event(*lines, head=described("Own", OWN))) == ["2029-03-05T07:15", "2029-03-07T07:15"]


# --- a clock that no zone has ------------------------------------------------------------------------------------


def document(*lines: str, head: str) -> EventDocument:
    found = event(*lines, head=head)
    first, last = bounds(found, MINSK)
    return EventDocument(
        id="e", version=1, revision=1, updated_at=datetime(2029, 1, 1, tzinfo=UTC), title="A", slug="a", uid="a",
        start=found.start, end=found.end, timezone=found.timezone, vtimezone=found.vtimezone, rrule=found.rrule,
        exdates=found.exdates, first_day=first, last_day=last,
    )  # fmt: skip


@pytest.mark.parametrize("rules", [OWN, BRASILIA, OLD_MINSK])
@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=1;COUNT=20", "FREQ=DAILY;INTERVAL=9"]
)
def test_it_goes_out_and_comes_in_again(rules: list[tuple[str, str, str, str]], rule: str) -> None:
    one = document("DTSTART;TZID=Own:20290305T003000", f"RRULE:{rule}", head=described("Own", rules))
    data = write_calendar([one], base_url="https://news.example", name="Events", zone=MINSK)
    (again,) = read_calendar(data, MINSK)
    assert again.event is not None and not again.errors and not again.notes
    window = date(2029, 1, 1), date(2031, 1, 1), MINSK
    assert [each.start for each in occurrences(again.event, *window)] == [
        each.start for each in occurrences(one, *window)
    ]


def test_two_clocks_of_one_name_are_two_zones() -> None:
    own = document("DTSTART;TZID=Europe/Minsk:20290105T003000", "RRULE:FREQ=DAILY", head=described("Europe/Minsk", OWN))
    real = replace(own, id="f", uid="b", vtimezone="", timezone="Europe/Minsk")
    text = write_calendar([own, real], base_url="https://news.example", name="Events", zone=MINSK).decode()
    assert text.count("BEGIN:VTIMEZONE") == 2 and text.count("TZID:Europe/Minsk\r\n") == 1


NEVER_CHANGED = vtimezone_of(fixed_offset(timedelta(hours=1, minutes=45), "Own").text)


def test_a_clock_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(NEVER_CHANGED)) is NEVER_CHANGED
    assert repr(NEVER_CHANGED) == "VTimezone('Own')" and NEVER_CHANGED.tzname(None) == "Own"


@pytest.mark.parametrize("text", ["TZID:x", "TZID:x\nBEGIN:STANDARD\nEND:STANDARD", "TZID:" + "x" * 30_000])
def test_a_clock_without_offsets_is_none(text: str) -> None:
    with pytest.raises(InvalidInput):
        vtimezone_of(text)
    with pytest.raises(InvalidInput):
        read_offset(text)


ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
]


def text_of(name: str) -> str:
    """The text of a zone's VTIMEZONE as we write it."""
    lines = vtimezone(name, 2000, 2040).to_ical().decode().replace("\r\n ", "").split("\r\n")
    return "\n".join(line.partition(";")[0] if line.startswith("X-") else line for line in lines if line)[
        len("BEGIN:VTIMEZONE\n") : -len("\nEND:VTIMEZONE")
    ]


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.datetimes(datetime(2001, 1, 1), datetime(2039, 1, 1)), st.integers(0, 1))
def test_a_clock_reads_times_as_the_zone_whose_rules_it_has(name: str, wall: datetime, fold: int) -> None:
    zone, clock = ZoneInfo(name), vtimezone_of(_plain(text_of(name)))
    assert isinstance(clock, VTimezone)
    wall = wall.replace(microsecond=0)
    assert wall.replace(tzinfo=clock, fold=fold).utcoffset() == wall.replace(tzinfo=zone, fold=fold).utcoffset()
    instant = wall.replace(tzinfo=UTC)
    assert instant.astimezone(clock).replace(tzinfo=None) == instant.astimezone(zone).replace(tzinfo=None)
    assert instant.astimezone(clock).fold == instant.astimezone(zone).fold
    assert instant.astimezone(clock).astimezone(UTC) == instant


def _plain(text: str) -> str:
    """RDATE lists, one a line, as a calendar that was read keeps them."""
    lines = []
    for line in text.split("\n"):
        name, _, value = line.partition(":")
        lines += [f"RDATE:{one}" for one in value.split(",")] if name == "RDATE" else [line]
    return "\n".join(lines)
