"""Times that are kept are those that would be worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence import WorkedOut, days_of, each_occurrence

MINSK = ZoneInfo("Europe/Minsk")
NOON = datetime(2020, 1, 31, 9, tzinfo=UTC)


def times(kept: WorkedOut, event: EventDocument, first: date, last: date, zone: ZoneInfo = MINSK) -> list[Occurrence]:
    found = list(kept.occurrences(event, first, last, zone))
    assert [(one.first, one.last) for one in found] == [days_of(one.occurrence, zone) for one in found]
    return [one.occurrence for one in found]


def series(rrule: str, start: date = NOON, **more: Any) -> EventDocument:
    return EventDocument(id="a", version=1, revision=1, updated_at=NOON, start=start, rrule=rrule, **more)


SERIES = {
    "weekly": series("FREQ=WEEKLY;BYDAY=SA,SU"),
    "31st": series("FREQ=MONTHLY"),
    "toronto": series("FREQ=DAILY", end=NOON + timedelta(hours=20), timezone="America/Toronto"),
    "festival": series("FREQ=MONTHLY;BYDAY=-1FR", date(2020, 1, 31), end=date(2020, 3, 10)),
    "ended": series("FREQ=WEEKLY;COUNT=30"),
    "hourly": series("FREQ=HOURLY;INTERVAL=7"),
    "two rules": series("FREQ=MONTHLY;BYMONTHDAY=1", further_rrules=("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1,2",)),
    "named": series(
        "FREQ=WEEKLY", exdates=(NOON + timedelta(weeks=1), date(2020, 2, 14)), rdates=(NOON + timedelta(days=3),),
        periods=(Occurrence(start=NOON + timedelta(days=55), end=NOON + timedelta(days=70)),),
    ),
    "once": series(""),
    "long ago": series("FREQ=YEARLY", date(1, 1, 2)),
}  # fmt: skip
WINDOWS = (
    (date(2020, 1, 1), date(2020, 12, 31)), (date(2020, 3, 31), date(2020, 4, 1)), (date(2020, 2, 7), date(2020, 2, 7)),
    (date(2019, 1, 1), date(2019, 2, 1)), (date(2020, 6, 15), date(2021, 7, 15)), (date(1, 1, 1), date(3, 1, 1)),
    (date(9990, 12, 1), date(9991, 1, 9)), (date(9999, 12, 1), date(9999, 12, 31)),
    (date(2020, 5, 2), date(2020, 5, 1)),
)  # fmt: skip


@pytest.mark.parametrize("most", [3, 100_000])
@pytest.mark.parametrize("event", SERIES.values(), ids=SERIES)
def test_they_are_the_same_however_often_they_are_asked_for(event: EventDocument, most: int) -> None:
    kept = WorkedOut(most)
    for first, last in (*WINDOWS, *WINDOWS):
        assert times(kept, event, first, last) == list(each_occurrence(event, first, last, MINSK))


def test_a_changed_series_has_its_own_times() -> None:
    kept, event = WorkedOut(), SERIES["weekly"]
    window = date(2026, 11, 1), date(2026, 11, 30)
    before = times(kept, event, *window)
    for changed in (
        replace(event, exdates=(before[0].start,)), replace(event, start=NOON + timedelta(hours=1)),
        replace(event, timezone="Asia/Tokyo"), replace(event, end=NOON + timedelta(hours=2)),
        replace(event, rrule="FREQ=WEEKLY;BYDAY=SA"),
    ):  # fmt: skip
        after = times(kept, changed, *window)
        assert str(after) != str(before) and after == list(each_occurrence(changed, *window, MINSK))
    assert str(times(kept, event, *window, ZoneInfo("Asia/Tokyo"))) != str(before)
