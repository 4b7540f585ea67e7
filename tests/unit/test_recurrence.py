"""Occurrences: all-day ones in every zone, timed ones across changes of clocks, bounds, exceptions, hostile rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule as dateutil_rrule
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dateline.domain.document import EventDocument
from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence import bounds, check_rule, days_of, expand, occurrences
from dateline.errors import InvalidInput

MINSK = ZoneInfo("Europe/Minsk")
TORONTO = ZoneInfo("America/Toronto")
TOKYO = ZoneInfo("Asia/Tokyo")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")
PAGO_PAGO = ZoneInfo("Pacific/Pago_Pago")
ZONES = [MINSK, TORONTO, TOKYO, KIRITIMATI, PAGO_PAGO]


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def event(start: date | datetime, **parts: Any) -> Event:
    return Event(title="Market", start=start, **parts)


def starts(series: Event, first: str, last: str, zone: ZoneInfo = MINSK) -> list[str]:
    return [one.start.isoformat() for one in occurrences(series, day(first), day(last), zone)]


# --- all day -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newsroom", ZONES, ids=str)
def test_an_all_day_event_is_on_its_date_everywhere(newsroom: ZoneInfo) -> None:
    holiday = event(day("2015-07-03"), rrule="FREQ=YEARLY")
    assert starts(holiday, "2026-07-03", "2026-07-03", newsroom) == ["2026-07-03"]
    assert starts(holiday, "2026-07-04", "2027-07-02", newsroom) == []
    assert starts(holiday, "2026-06-01", "2026-07-02", newsroom) == []


def test_an_all_day_end_is_inclusive() -> None:
    fair = event(day("2026-12-30"), end=day("2027-01-02"))
    assert starts(fair, "2027-01-02", "2027-01-09") == ["2026-12-30"]
    assert starts(fair, "2027-01-03", "2027-01-09") == []
    assert bounds(fair, MINSK) == (day("2026-12-30"), day("2027-01-02"))


def test_a_yearly_leap_day_comes_in_leap_years() -> None:
    series = event(day("2020-02-29"), rrule="FREQ=YEARLY")
    assert starts(series, "2024-01-01", "2029-01-01") == ["2024-02-29", "2028-02-29"]


# --- timed: the day it falls on ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("newsroom", "expected"),
    [(MINSK, "2026-03-01"), (TORONTO, "2026-03-01"), (TOKYO, "2026-03-02"), (KIRITIMATI, "2026-03-02")],
    ids=str,
)
def test_a_timed_event_falls_on_the_newsrooms_day(newsroom: ZoneInfo, expected: str) -> None:
    concert = event(at("2026-03-01T19:30", MINSK), timezone="Europe/Minsk")
    assert bounds(concert, newsroom) == (day(expected), day(expected))
    assert len(starts(concert, expected, expected, newsroom)) == 1


def test_an_end_at_midnight_does_not_touch_the_next_day() -> None:
    evening = event(at("2026-03-01T19:00", MINSK), end=at("2026-03-02T00:00", MINSK), timezone="Europe/Minsk")
    assert days_of(occurrences(evening, day("2026-03-01"), day("2026-03-01"), MINSK)[0], MINSK) == (
        day("2026-03-01"),
        day("2026-03-01"),
    )
    assert starts(evening, "2026-03-02", "2026-03-02") == []


# --- timed: the clock --------------------------------------------------------------------------------------------


def test_a_series_at_nine_stays_at_nine() -> None:
    series = event(at("2026-02-27T09:00", TORONTO), timezone="America/Toronto", rrule="FREQ=WEEKLY")
    found = occurrences(series, day("2026-02-27"), day("2026-11-30"), TORONTO)
    assert {one.start.time().isoformat() for one in found if isinstance(one.start, datetime)} == {"09:00:00"}
    assert {one.start.utcoffset() for one in found if isinstance(one.start, datetime)} == {
        timedelta(hours=-5),
        timedelta(hours=-4),
    }


def test_a_series_recurs_on_its_own_clock_whatever_offset_its_start_was_written_with() -> None:
    series = event(datetime(2026, 3, 1, 14, 0, tzinfo=UTC), timezone="America/Toronto", rrule="FREQ=DAILY;COUNT=10")
    assert starts(series, "2026-03-09", "2026-03-09", TORONTO) == ["2026-03-09T09:00:00-04:00"]


def test_a_time_that_the_clocks_leave_out_comes_after_the_gap() -> None:
    series = event(at("2026-03-07T02:30", TORONTO), timezone="America/Toronto", rrule="FREQ=DAILY;COUNT=3")
    assert starts(series, "2026-03-01", "2026-03-31", TORONTO) == [
        "2026-03-07T02:30:00-05:00",
        "2026-03-08T03:30:00-04:00",
        "2026-03-09T02:30:00-04:00",
    ]


def test_a_time_that_comes_twice_is_the_first() -> None:
    series = event(at("2026-10-31T01:30", TORONTO), timezone="America/Toronto", rrule="FREQ=DAILY;COUNT=2")
    assert starts(series, "2026-11-01", "2026-11-01", TORONTO) == ["2026-11-01T01:30:00-04:00"]


def test_a_start_in_the_second_of_two_hours_is_kept() -> None:
    start = datetime.fromisoformat("2026-11-01T01:30:00-05:00")
    series = event(start, timezone="America/Toronto", rrule="FREQ=DAILY;COUNT=2")
    assert starts(series, "2026-11-01", "2026-11-01", TORONTO) == ["2026-11-01T01:30:00-05:00"]


def test_an_occurrence_lasts_as_long_as_the_first() -> None:
    night = event(
        at("2026-03-06T22:00", TORONTO),
        end=at("2026-03-07T06:00", TORONTO),
        timezone="America/Toronto",
        rrule="FREQ=DAILY;COUNT=3",
    )
    ends = [one.end.isoformat() for one in occurrences(night, day("2026-03-01"), day("2026-03-31"), TORONTO) if one.end]
    assert ends == ["2026-03-07T06:00:00-05:00", "2026-03-08T07:00:00-04:00", "2026-03-09T06:00:00-04:00"]


def test_the_newsrooms_clock_counts_where_an_event_names_none() -> None:
    series = event(at("2026-03-01T09:00", TOKYO), rrule="FREQ=DAILY;COUNT=2")
    assert starts(series, "2026-03-02", "2026-03-02", TOKYO) == ["2026-03-02T09:00:00+09:00"]


# --- rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "rule", "expected"),
    [
        ("2026-01-31", "FREQ=MONTHLY", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("2014-09-13", "FREQ=YEARLY;BYMONTH=9;BYDAY=2SA", []),
        ("2026-01-05", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", ["2026-01-05", "2026-01-12", "2026-01-19"]),
        ("2026-01-01", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260331",
         ["2026-01-01", "2026-01-30", "2026-02-27", "2026-03-27"]),
        ("2026-01-07", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
         ["2026-01-07", "2026-01-30", "2026-02-27"]),
        ("2026-01-01", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TH,SU;COUNT=4",
         ["2026-01-01", "2026-01-11", "2026-01-15", "2026-01-25"]),
        ("2026-01-14", "FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1;COUNT=3", ["2026-01-14", "2026-01-19", "2026-01-26"]),
        ("2025-05-12", "FREQ=YEARLY;BYWEEKNO=20", ["2026-05-11"]),
        ("2026-01-01", "rrule:freq=daily;interval=90", ["2026-01-01", "2026-04-01"]),
    ],
)  # fmt: skip
def test_rules_of_the_standard(start: str, rule: str, expected: list[str]) -> None:
    assert starts(event(day(start), rrule=rule), "2026-01-01", "2026-06-15") == expected


def test_until_is_an_instant_for_timed_events() -> None:
    rule = "FREQ=DAILY;UNTIL=20260103T060000Z"
    at_nine = event(at("2026-01-01T09:00", MINSK), timezone="Europe/Minsk", rrule=rule)
    at_ten = event(at("2026-01-01T10:00", MINSK), timezone="Europe/Minsk", rrule=rule)
    assert [len(starts(series, "2026-01-01", "2026-02-01")) for series in (at_nine, at_ten)] == [3, 2]


def test_until_as_a_date_holds_for_that_whole_day() -> None:
    series = event(at("2026-01-01T23:00", KIRITIMATI), timezone="Pacific/Kiritimati", rrule="FREQ=DAILY;UNTIL=20260103")
    assert len(starts(series, "2025-12-30", "2026-01-09", KIRITIMATI)) == 3


def test_exceptions_and_further_dates() -> None:
    series = event(
        day("2026-01-05"),
        rrule="FREQ=WEEKLY;COUNT=3",
        exdates=(day("2026-01-12"),),
        rdates=(day("2026-01-15"), day("2026-01-19")),
    )
    assert starts(series, "2026-01-01", "2026-02-01") == ["2026-01-05", "2026-01-15", "2026-01-19"]


def test_exceptions_of_timed_series_are_instants_or_days() -> None:
    series = event(
        at("2026-01-05T10:00", MINSK),
        timezone="Europe/Minsk",
        rrule="FREQ=DAILY;COUNT=4",
        exdates=(datetime(2026, 1, 6, 7, 0, tzinfo=UTC), day("2026-01-07")),
        rdates=(datetime(2026, 1, 20, 7, 0, tzinfo=UTC),),
    )
    assert [text[:10] for text in starts(series, "2026-01-01", "2026-02-01")] == [
        "2026-01-05",
        "2026-01-08",
        "2026-01-20",
    ]
    assert bounds(series, MINSK) == (day("2026-01-05"), day("2026-01-20"))


def test_a_start_that_the_rule_does_not_name_is_the_first_all_the_same() -> None:
    series = event(day("2026-07-03"), rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=3")
    assert starts(series, "2026-07-01", "2026-08-01") == ["2026-07-03", "2026-07-06", "2026-07-13"]


def test_everything_excepted_leaves_nothing() -> None:
    series = event(day("2026-07-03"), exdates=(day("2026-07-03"),))
    assert starts(series, "2026-07-01", "2026-08-01") == []
    assert bounds(series, MINSK) == (day("2026-07-03"), day("2026-07-03"))


# --- bounds and documents ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("", "2026-01-01"),
        ("FREQ=DAILY;COUNT=1000", "2028-09-26"),
        ("FREQ=DAILY;COUNT=1001", None),
        ("FREQ=DAILY", None),
        ("FREQ=WEEKLY;UNTIL=20260131", "2026-01-29"),
        ("FREQ=YEARLY;COUNT=10000", None),
        ("FREQ=DAILY;UNTIL=99991231", None),
        ("FREQ=YEARLY;UNTIL=99991231", None),
    ],
)
def test_bounds(rule: str, last: str | None) -> None:
    series = event(day("2026-01-01"), rrule=rule)
    assert bounds(series, MINSK) == (day("2026-01-01"), last and day(last))


def test_a_bounded_series_is_expanded_whole_and_another_before_a_day() -> None:
    bounded = event(day("2014-01-01"), rrule="FREQ=YEARLY;COUNT=4")
    assert [str(one.start) for one in expand(bounded, MINSK, day("2015-06-01"))] == [
        f"{2014 + n}-01-01" for n in range(4)
    ]
    endless = event(day("2014-01-01"), rrule="FREQ=YEARLY")
    assert [str(one.start) for one in expand(endless, MINSK, day("2027-06-01"))] == ["2026-01-01", "2027-01-01"]


def test_documents_are_expanded_like_events_and_withdrawn_ones_not_at_all() -> None:
    common: dict[str, Any] = {"id": "e", "version": 1, "revision": 1, "updated_at": datetime(2026, 1, 1, tzinfo=UTC)}
    endless = EventDocument(**common, start=day("2014-07-03"), rrule="FREQ=YEARLY", first_day=day("2014-07-03"))
    assert [one.start for one in occurrences(endless, day("2031-07-01"), day("2031-07-31"), MINSK)] == [
        day("2031-07-03")
    ]
    kept = EventDocument(
        **common, start=day("2026-07-03"), first_day=day("2026-07-03"), last_day=day("2026-07-03"),
        occurrences=(Occurrence(start=day("2026-07-03")),),
    )  # fmt: skip
    assert len(occurrences(kept, day("2026-07-01"), day("2026-07-31"), MINSK)) == 1
    gone = EventDocument(**common, withdrawn=True)
    assert occurrences(gone, day("2026-07-01"), day("2026-07-31"), MINSK) == []
    assert expand(gone, MINSK, day("2026-07-31")) == ()


# --- hostile rules -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=SECONDLY", "hourly"),
        ("FREQ=MINUTELY", "hourly"),
        ("FREQ=SECONDLY;COUNT=1001", "at most 1000"),
        ("FREQ=MINUTELY;UNTIL=20270106T000000Z", "at most 1000"),
        ("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "at most 1000"),
        ("FREQ=DAILY;COUNT=1000000000", "COUNT"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=" + "9" * 400, "COUNT"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=٣", "INTERVAL"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day"),
        ("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31", "no day"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "no day"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO", "no day"),
        ("FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", "no day"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5", "no day"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=8", "BYSETPOS"),
        ("FREQ=DAILY;BYHOUR=9;BYSETPOS=2", "BYSETPOS"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=DAILY;BYHOUR=1,2;BYMINUTE=" + ",".join(map(str, range(60))), "times a day"),
        ("FREQ=HOURLY;BYMINUTE=0,30", "times a day"),
        ("FREQ=HOURLY;INTERVAL=24;BYHOUR=3", "no time"),
        ("FREQ=HOURLY;BYMINUTE=11;BYSETPOS=261", "BYSETPOS"),
        ("FREQ=HOURLY;BYYEARDAY=360", "BYYEARDAY"),
        ("FREQ=WEEKLY;BYDAY=2MO", "BYDAY"),
        ("FREQ=YEARLY;BYDAY=54MO", "BYDAY"),
        ("FREQ=YEARLY;BYEASTER=0", "no part"),
        ("FREQ=YEARLY;RSCALE=CHINESE", "no part"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "exclude"),
        ("FREQ=DAILY;UNTIL=20261301", "UNTIL"),
        ("FREQ=DAILY;UNTIL=20200101T000000Z", "before"),
        ("FREQ=DAILY;FREQ=WEEKLY", "twice"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY"),
        ("FREQ=WEEKLY;BYDAY=MO,", "BYDAY"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"),
        ("FREQ=YEARLY;BYMONTH=", "BYMONTH"),
        ("FREQ=YEARLY;WKST=XX", "weekdays"),
        ("INTERVAL=2", "FREQ"),
        ("", "no part"),
        ("every Monday", "no part"),
        ("FREQ=DAILY\nDTSTART:20260101", "FREQ"),
        ("FREQ=DAILY;X=" + "A" * 1000, "characters"),
    ],
)
def test_senseless_and_hostile_rules_are_refused_at_once(rule: str, says: str) -> None:
    began = perf_counter()
    with pytest.raises(InvalidInput, match=says):
        check_rule(rule, at("2026-01-06T10:00", MINSK))
    assert perf_counter() - began < 2


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=DAILY;BYHOUR=9,10", "FREQ=DAILY;BYMINUTE=5"])
def test_an_all_day_event_has_no_hours(rule: str) -> None:
    with pytest.raises(InvalidInput, match="all-day"):
        check_rule(rule, day("2026-01-06"))


def test_occurrences_that_pile_up_are_refused() -> None:
    with pytest.raises(InvalidInput, match="92 days"):
        check_rule("FREQ=DAILY", day("2026-01-01"), day("2030-01-01"))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU",
        "FREQ=DAILY;COUNT=10000",
        "FREQ=HOURLY;INTERVAL=5",
        "FREQ=DAILY;BYHOUR=10,12,14;BYMINUTE=0",
        "FREQ=YEARLY;INTERVAL=1000",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYYEARDAY=-1",
        "FREQ=WEEKLY;UNTIL=20261231T235959Z",
    ],
)
def test_rules_that_are_merely_odd_pass_and_are_quick_far_away(rule: str) -> None:
    start = at("2026-01-06T10:00", MINSK)
    check_rule(rule, start)
    series = event(start, timezone="Europe/Minsk", rrule=rule)
    began = perf_counter()
    for year in (1, 1900, 2026, 2400, 9999):
        found = occurrences(series, date(year, 1, 1), date(year, 12, 31), MINSK)
        assert len(found) <= 1000
    bounds(series, MINSK)
    assert perf_counter() - began < 2


# --- properties --------------------------------------------------------------------------------------------------

RULES = st.builds(
    lambda freq, interval, days, months, count: ";".join(
        filter(None, [f"FREQ={freq}", f"INTERVAL={interval}", days and f"BYDAY={','.join(days)}", months, count])
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 5),
    st.lists(st.sampled_from(["MO", "WE", "SA", "SU"]), unique=True, max_size=2),
    st.sampled_from(["", "BYMONTH=3,7,10"]),
    st.sampled_from(["", "COUNT=7", "COUNT=40", "UNTIL=20270401T000000Z"]),
)
STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 1), timezones=st.sampled_from(ZONES)).map(
    lambda moment: moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
)


def series_of(start: datetime, rule: str, hours: int) -> Event:
    zone = start.tzinfo
    assert isinstance(zone, ZoneInfo)
    start = start.astimezone(UTC).astimezone(zone)
    end = (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone)
    try:
        check_rule(rule, start, end)
    except InvalidInput:
        assume(False)
    return event(start, end=end, timezone=zone.key, rrule=rule)


@settings(deadline=None)
@given(STARTS, RULES, st.integers(0, 60), st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(0, 200), st.data())
def test_two_windows_give_what_one_gives(
    start: datetime, rule: str, hours: int, first: date, length: int, data: st.DataObject
) -> None:
    series = series_of(start, rule, hours)
    newsroom = data.draw(st.sampled_from(ZONES))
    last = first + timedelta(days=length)
    middle = first + timedelta(days=data.draw(st.integers(0, length)))
    whole = occurrences(series, first, last, newsroom)
    left = occurrences(series, first, middle, newsroom)
    right = occurrences(series, middle, last, newsroom)
    assert whole == left + [one for one in right if one not in left]


@settings(deadline=None)
@given(STARTS, RULES, st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_a_window_far_from_the_start_gives_what_dateutil_gives_from_the_start(
    start: datetime, rule: str, first: date
) -> None:
    zone = start.tzinfo
    assert isinstance(zone, ZoneInfo)
    assume("UNTIL" not in rule and "COUNT" not in rule)
    series = series_of(start, rule, 0)
    assert isinstance(series.start, datetime)
    wall = series.start.replace(tzinfo=None)
    last = first + timedelta(days=60)
    expected = {
        one.date()
        for one in dateutil_rrule.rrulestr(rule, dtstart=wall).between(
            datetime.combine(first, datetime.min.time()), datetime.combine(last, datetime.max.time()), inc=True
        )
    }
    if first <= wall.date() <= last:
        expected.add(wall.date())
    found = {one.start.date() for one in occurrences(series, first, last, zone) if isinstance(one.start, datetime)}
    assert found == expected


@settings(deadline=None)
@given(STARTS, RULES, st.integers(0, 60), st.sampled_from(ZONES))
def test_bounds_hold(start: datetime, rule: str, hours: int, newsroom: ZoneInfo) -> None:
    series = series_of(start, rule, hours)
    first, last = bounds(series, newsroom)
    found = occurrences(series, date(2023, 1, 1), date(2029, 1, 1), newsroom)
    assert all(days_of(one, newsroom)[0] >= first for one in found)
    assert last is None or all(days_of(one, newsroom)[1] <= last for one in found)
    if last is not None:
        assert list(expand(series, newsroom, date(2023, 1, 1)))[: len(found)] == found


# --- several rules, lengths of their own, short intervals ----------------------------------------------------------


def test_several_rules_name_a_time_once_and_each_has_its_own_count() -> None:
    series = event(
        day("2026-01-05"), rrule="FREQ=WEEKLY;COUNT=3", further_rrules=("FREQ=DAILY;INTERVAL=14;UNTIL=20260203",)
    )
    assert starts(series, "2026-01-01", "2026-03-01") == ["2026-01-05", "2026-01-12", "2026-01-19", "2026-02-02"]
    assert bounds(series, MINSK) == (day("2026-01-05"), day("2026-02-02"))
    assert len(expand(series, MINSK, day("2026-01-06"))) == 4


def test_one_rule_without_end_makes_a_series_without_end() -> None:
    series = event(day("2026-01-05"), rrule="FREQ=WEEKLY;COUNT=3", further_rrules=("FREQ=YEARLY;BYMONTHDAY=6",))
    assert bounds(series, MINSK)[1] is None
    assert starts(series, "2030-01-01", "2030-02-01") == ["2030-01-06"]


def test_a_period_lasts_as_long_as_it_says() -> None:
    begin = at("2026-01-05T10:00", MINSK)
    periods = (
        Occurrence(start=begin + timedelta(days=1), end=begin + timedelta(days=1, hours=5)),
        Occurrence(start=begin + timedelta(days=7), end=begin + timedelta(days=9)),
    )
    series = event(
        begin, end=begin + timedelta(hours=1), timezone="Europe/Minsk", rrule="FREQ=WEEKLY;COUNT=2", periods=periods
    )
    found = occurrences(series, day("2026-01-01"), day("2026-02-01"), MINSK)
    assert [one.end - one.start for one in found if one.end] == [  # type: ignore[operator]
        timedelta(hours=1), timedelta(hours=5), timedelta(days=2),
    ]  # fmt: skip
    assert bounds(series, MINSK) == (day("2026-01-05"), day("2026-01-14"))


def test_an_exception_in_the_hour_that_comes_twice_is_found_in_any_zone() -> None:
    start = datetime.fromisoformat("2026-11-01T01:30:00-05:00")
    series = event(start, timezone="America/Toronto", rrule="FREQ=DAILY;COUNT=2", exdates=(start.astimezone(UTC),))
    assert [one[:10] for one in starts(series, "2026-10-31", "2026-11-03", TORONTO)] == ["2026-11-02"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MINUTELY;INTERVAL=20;COUNT=3", ["10:00:00", "10:20:00", "10:40:00"]),
        ("FREQ=SECONDLY;INTERVAL=45;UNTIL=20260106T070100Z", ["10:00:00", "10:00:45"]),
        ("FREQ=MINUTELY;BYSECOND=0,30;COUNT=4", ["10:00:00", "10:00:30", "10:01:00", "10:01:30"]),
        ("FREQ=MINUTELY;INTERVAL=30;BYDAY=TU;BYMONTHDAY=-26;BYMONTH=1;COUNT=2", ["10:00:00", "10:30:00"]),
    ],
)
def test_minutes_and_seconds_that_soon_end(rule: str, expected: list[str]) -> None:
    start = at("2026-01-06T10:00", MINSK)
    check_rule(rule, start)
    series = event(start, timezone="Europe/Minsk", rrule=rule)
    assert [one[11:19] for one in starts(series, "2026-01-06", "2026-01-07")] == expected
    assert bounds(series, MINSK) == (day("2026-01-06"), day("2026-01-06"))


@pytest.mark.parametrize("day", ["2011-12-29", "2011-12-31", "2012-01-01"])
@pytest.mark.parametrize("newsroom", ["Pacific/Apia", "Europe/Minsk"])
def test_a_day_that_a_place_left_out(day: str, newsroom: str) -> None:
    """Samoa had no 30 December 2011: what recurs at ten is then told with the offset before it, a day later."""
    apia = ZoneInfo("Pacific/Apia")
    series = event(datetime(2011, 12, 20, 10, tzinfo=apia), timezone="Pacific/Apia", rrule="FREQ=HOURLY;BYHOUR=10,22")
    on = date.fromisoformat(day)
    every = occurrences(series, date(2011, 12, 1), date(2012, 2, 1), ZoneInfo(newsroom))
    assert every == sorted(every, key=lambda one: one.start)
    expected = [one for one in every if one.start.astimezone(ZoneInfo(newsroom)).date() == on]  # type: ignore[union-attr]
    assert occurrences(series, on, on, ZoneInfo(newsroom)) == expected != []
