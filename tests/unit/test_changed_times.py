"""What an edit of a series changes of its times, as it is told before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dateline.domain.event import Event, Occurrence
from dateline.domain.series.changed_times import ChangedTimes, changed_times
from dateline.domain.series.edits import at_one_time, edit_all, edit_following, edit_time, take_out
from dateline.domain.series.series_times import occurrence_named

MINSK = ZoneInfo("Europe/Minsk")
FIRST = date(2027, 1, 1)
START = datetime(2027, 1, 8, 19, tzinfo=MINSK)
SERIES = Event(title="Concert", start=START, timezone="Europe/Minsk", rrule="FREQ=WEEKLY;COUNT=4", external_id="c")
THIRD = "20270122T190000"


def days(found: tuple[Occurrence, ...]) -> list[str]:
    return [f"{one.start:%d}" for one in found]


def told(changed: ChangedTimes) -> tuple[list[str], list[str], list[str], list[str]]:
    moved = [f"{one.start:%d.%H}-{other.start:%d.%H}" for one, other in changed.moved]
    return days(changed.kept), moved, days(changed.lost), days(changed.added)


def test_one_time_moves_or_is_gone() -> None:
    at = occurrence_named(SERIES, THIRD, MINSK)
    event = replace(at_one_time(SERIES, at, MINSK), start=datetime(2027, 1, 22, 20, tzinfo=MINSK))
    edit = edit_time(SERIES, at, event, None, "c", MINSK)
    assert told(changed_times(SERIES, edit, MINSK, FIRST)) == (["08", "15", "29"], ["22.19-22.20"], [], [])
    edit = take_out(SERIES, at, (), "c", MINSK)
    assert told(changed_times(SERIES, edit, MINSK, FIRST)) == (["08", "15", "29"], [], ["22"], [])


def test_later_times_move_to_another_weekday_one_by_one() -> None:
    at = occurrence_named(SERIES, THIRD, MINSK)
    edit = edit_following(SERIES, at, replace(SERIES, start=datetime(2027, 1, 23, 19, tzinfo=MINSK)), (), "c", MINSK)
    moved = ["22.19-23.19", "29.19-30.19"]
    assert told(changed_times(SERIES, edit, MINSK, FIRST)) == (["08", "15"], moved, [], [])


def test_another_rule_loses_times_and_adds_some() -> None:
    edit = edit_all(SERIES, replace(SERIES, rrule="FREQ=WEEKLY;INTERVAL=2;COUNT=3"), (), "c", MINSK)
    assert told(changed_times(SERIES, edit, MINSK, FIRST)) == (["08", "22"], [], ["15", "29"], ["05"])


def test_of_a_long_series_the_next_times_are_told() -> None:
    endless = replace(SERIES, rrule="FREQ=DAILY")
    changed = changed_times(endless, edit_all(endless, replace(endless, title="X"), (), "c", MINSK), MINSK, FIRST, 5)
    assert (days(changed.kept), changed.lost, changed.added) == (["08", "09", "10", "11", "12"], (), ())
    assert changed.goes_on
