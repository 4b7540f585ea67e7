"""When an event takes place, from the form's fields to an event's times and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dateline.domain.event import Event
from dateline.errors import InvalidInput
from dateline_ingest.desk.events.when.next_times import NextTimes, next_times, recurrence_in_words
from dateline_ingest.desk.events.when.when_form import read_when, when_fields

MINSK, WARSAW = ZoneInfo("Europe/Minsk"), ZoneInfo("Europe/Warsaw")
THURSDAYS = {
    "start_date": "2026-12-03",
    "start_time": "19:00",
    "end_time": "21:00",
    "repeat": "weekly",
    "interval": "2",
}


def times(zone: ZoneInfo = MINSK, /, **fields: str) -> NextTimes:
    return next_times(read_when(fields, zone), date(2026, 12, 1))


def test_every_second_thursday_except_christmas_cancelled_once() -> None:
    typed = {**THURSDAYS, "except": "Christmas (25 December)", "cancelled_on": "14 January"}
    when = read_when(typed, MINSK)
    assert when.body == {
        "start": "2026-12-03T19:00:00+03:00", "end": "2026-12-03T21:00:00+03:00", "timezone": "Europe/Minsk",
        "rrule": "FREQ=WEEKLY;INTERVAL=2", "exdates": ["2031-12-25T19:00:00+03:00", "2042-12-25T19:00:00+03:00"],
    }  # fmt: skip
    assert when.cancelled == (datetime(2027, 1, 14, 19, tzinfo=MINSK),)
    shown = next_times(when, date(2026, 12, 1))
    assert shown.rule == "Every second week on Thursday, except on 25 December 2031 and 25 December 2042"
    assert shown.clock == "Minsk time (UTC+03:00)"
    assert shown.total == "And so on, without an end."
    assert [line.words for line in shown.times][:2] == [
        "Thursday, 3 December 2026, 19:00 to 21:00", "Thursday, 17 December 2026, 19:00 to 21:00",
    ]  # fmt: skip
    assert [line.start for line in shown.times if line.cancelled] == ["2027-01-14T19:00:00+03:00"]
    assert len(shown.times) == 10


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"start_date"}),
        ({"start_date": "soon"}, {"start_date"}),
        ({"start_date": "2026-12-03", "start_time": "7pm"}, {"start_date"}),
        ({"start_date": "2026-12-03", "timezone": "Gotham"}, {"timezone"}),
        ({**THURSDAYS, "end_date": "2026-12-04", "end_time": ""}, {"end_date"}),
        ({**THURSDAYS, "interval": "0"}, {"repeat"}),
        ({**THURSDAYS, "until": "2027-06-30", "count": "10"}, {"repeat"}),
        ({**THURSDAYS, "until": "2026-06-30"}, {"repeat"}),
        ({**THURSDAYS, "repeat": "monthly", "ordinal": "1"}, {"repeat"}),
        ({**THURSDAYS, "repeat": "monthly", "month_days": "40"}, {"repeat"}),
        ({**THURSDAYS, "repeat": "rule", "rrule": "FREQ=SOON"}, {"repeat"}),
        ({**THURSDAYS, "except": "Easter", "cancelled_on": "15 January 2027"}, {"except", "cancelled_on"}),
        ({"start_date": "2026-12-03", "further": "5 December 2026 10:00"}, {"further"}),
        ({"start_date": "2026-12-03", "cancelled_on": "3 December"}, {"repeat"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fields: dict[str, str], errors: set[str]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_when(fields, MINSK)
    assert {error.pointer.strip("/") for error in refusal.value.errors} == errors


def test_a_day_that_is_none_of_the_series_names_the_nearest() -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_when({**THURSDAYS, "cancelled_on": "15 January 2027"}, MINSK)
    assert "the nearest are 14 January 2027 and 28 January 2027" in refusal.value.errors[0].detail


def test_wall_time_and_zone_are_apart_and_changes_of_clocks_are_said() -> None:
    shown = times(start_date="2027-03-26", start_time="02:30", timezone="warsaw", repeat="daily", count="4")
    assert [line.words.rpartition(" ")[2] for line in shown.times] == ["02:30", "02:30", "03:30", "02:30"]
    assert [bool(line.note) for line in shown.times] == [False, False, True, False]
    assert shown.total == "4 times in all, the last on Monday, 29 March 2027."
    twice = times(WARSAW, start_date="2026-10-25", start_time="02:30")
    assert "comes twice" in twice.notes[0]


def test_an_evening_ends_after_midnight_and_an_end_alone_is_refused() -> None:
    assert read_when({**THURSDAYS, "end_time": "01:00"}, MINSK).body["end"] == "2026-12-04T01:00:00+03:00"
    with pytest.raises(InvalidInput):
        read_when({"start_date": "2026-12-03", "end_time": "20:00"}, MINSK)


def test_a_first_time_beside_the_rule_is_said() -> None:
    shown = times(**THURSDAYS | {"repeat": "weekly", "interval": "1", "on_fr": "1"})
    assert "is none of the rule's days" in shown.notes[0]
    assert not times(**THURSDAYS | {"repeat": "monthly", "ordinal": "1", "ordinal_day": "TH"}).notes
    assert times(**THURSDAYS | {"repeat": "monthly", "ordinal": "-1", "ordinal_day": "TH"}).notes
    assert times(**THURSDAYS | {"except": "24 December 2026"}).notes == (
        "No time of the series is on 24 December 2026.",
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"rrule": "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630T205959Z"},
        {"rrule": "FREQ=WEEKLY;BYHOUR=19;BYMINUTE=0;INTERVAL=2"},
        {"rrule": "FREQ=MONTHLY;BYDAY=1MO,3MO", "further_rrules": ("FREQ=YEARLY",)},
        {"rrule": "FREQ=DAILY", "exdates": (datetime(2026, 12, 25, 19, tzinfo=MINSK),)},
        {"rdates": (datetime(2026, 12, 5, 10, tzinfo=MINSK), datetime(2026, 12, 6, 19, tzinfo=MINSK))},
        {"end": datetime(2026, 12, 5, 1, tzinfo=MINSK), "timezone": "Asia/Tokyo"},
        {"timezone": "Etc/GMT-3"},
        {"start": datetime(2026, 10, 25, 2, 30, tzinfo=WARSAW, fold=1), "timezone": "Europe/Warsaw"},
    ],
)
def test_an_event_fills_the_fields_and_comes_back_as_it_was(changed: dict[str, Any]) -> None:
    given = {"title": "x", "start": datetime(2026, 12, 3, 19, tzinfo=MINSK), "timezone": "Europe/Minsk", **changed}
    event = Event(**given)
    when = read_when(when_fields(event, MINSK), MINSK, event)
    for name in ("start", "end", "rrule", "exdates", "rdates", "timezone", "further_rrules"):
        assert getattr(when.event, name) == getattr(event, name), name
    assert datetime.fromisoformat(when.body["start"]).astimezone(UTC) == given["start"].astimezone(UTC)


def test_all_day_events_have_days() -> None:
    when = read_when({"start_date": "3 December 2026", "end_date": "2026-12-05", "repeat": "yearly"}, MINSK)
    assert when.body == {"start": "2026-12-03", "end": "2026-12-05", "rrule": "FREQ=YEARLY"}
    assert (
        next_times(when, date(2026, 12, 1)).times[0].words
        == "Thursday, 3 December 2026, to Saturday, 5 December 2026, all day"
    )
    assert recurrence_in_words(when.event, MINSK) == "Every year on 3 December"
