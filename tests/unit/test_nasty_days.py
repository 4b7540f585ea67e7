"""A table of nasty zones and days: we, our ``.ics`` read by another library, and our ``.ics`` read again say the
same."""

from __future__ import annotations

import shutil
import warnings
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from dateline.documents.builder import DocumentContext, document_of
from dateline.domain.document import EventDocument
from dateline.domain.event import Event
from dateline.domain.payload import from_payload, to_payload
from dateline.domain.recurrence import occurrences
from dateline.formats.ics import read_calendar, write_calendar
from unit.indexer.parts import NOW, FakeTagger, FakeTerms, claim, revision


@dataclass(frozen=True)
class Row:
    """A series on a clock, the days that are looked at, and when it takes place then, with the offset."""

    zone: str
    start: str
    rule: str
    first: str
    last: str
    expected: list[str]
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def event(self) -> Event:
        if len(self.start) == 10:
            return Event(title="E", start=date.fromisoformat(self.start), rrule=self.rule, external_id="e", **self.more)
        start = datetime.fromisoformat(self.start).replace(tzinfo=ZoneInfo(self.zone))
        return Event(title="E", start=start, timezone=self.zone, rrule=self.rule, external_id="e", **self.more)


TABLE = {
    "Toronto, clocks go forward and back": Row(
        "America/Toronto", "2026-02-28T19:00", "FREQ=WEEKLY", "2026-03-01", "2026-03-14",
        ["2026-03-07T19:00-05:00", "2026-03-14T19:00-04:00"]),
    "Toronto, an hour that is left out": Row(
        "America/Toronto", "2026-03-07T02:30", "FREQ=DAILY;COUNT=3", "2026-03-07", "2026-03-10",
        ["2026-03-07T02:30-05:00", "2026-03-08T03:30-04:00", "2026-03-09T02:30-04:00"]),
    "Toronto, an hour that comes twice": Row(
        "America/Toronto", "2026-10-31T01:30", "FREQ=DAILY;COUNT=3", "2026-10-31", "2026-11-03",
        ["2026-10-31T01:30-04:00", "2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00"]),
    "Tokyo, which knows no summer time": Row(
        "Asia/Tokyo", "2026-03-28T00:30", "FREQ=DAILY", "2026-03-28", "2026-03-30",
        ["2026-03-28T00:30+09:00", "2026-03-29T00:30+09:00", "2026-03-30T00:30+09:00"]),
    "Kiritimati, a day ahead": Row(
        "Pacific/Kiritimati", "2025-12-31T23:45", "FREQ=DAILY", "2025-12-31", "2026-01-01",
        ["2025-12-31T23:45+14:00", "2026-01-01T23:45+14:00"]),
    "Apia, which had no 30 December 2011": Row(
        "Pacific/Apia", "2011-12-28T10:00", "FREQ=DAILY;COUNT=5", "2011-12-27", "2012-01-02",
        ["2011-12-28T10:00-10:00", "2011-12-29T10:00-10:00", "2011-12-31T10:00+14:00", "2012-01-01T10:00+14:00"]),
    "Apia, all day": Row(
        "Pacific/Apia", "2011-12-29", "FREQ=DAILY;COUNT=3", "2011-12-28", "2012-01-02",
        ["2011-12-29", "2011-12-30", "2011-12-31"]),
    "Minsk, when it had summer time": Row(
        "Europe/Minsk", "2010-10-16T10:00", "FREQ=WEEKLY", "2010-10-24", "2010-11-06",
        ["2010-10-30T10:00+03:00", "2010-11-06T10:00+02:00"]),
    "Minsk, as it gave that up": Row(
        "Europe/Minsk", "2011-03-26T10:00", "FREQ=MONTHLY", "2011-03-01", "2011-12-31",
        ["2011-03-26T10:00+02:00", *(f"2011-{month:02}-26T10:00+03:00" for month in range(4, 13))]),
    "Lord Howe, half an hour": Row(
        "Australia/Lord_Howe", "2026-04-04T01:45", "FREQ=DAILY;COUNT=3", "2026-04-03", "2026-04-07",
        ["2026-04-04T01:45+11:00", "2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30"]),
    "Sao Paulo, a day without midnight": Row(
        "America/Sao_Paulo", "2018-11-03T00:00", "FREQ=DAILY;COUNT=3", "2018-11-02", "2018-11-06",
        ["2018-11-03T00:00-03:00", "2018-11-04T01:00-02:00", "2018-11-05T00:00-02:00"]),
    "29 February": Row(
        "Europe/Minsk", "2024-02-29", "FREQ=YEARLY", "2024-01-01", "2033-01-01",
        ["2024-02-29", "2028-02-29", "2032-02-29"]),
    "29 February, a timed one": Row(
        "Europe/Warsaw", "2024-02-29T18:00", "FREQ=YEARLY;COUNT=2", "2024-01-01", "2029-01-01",
        ["2024-02-29T18:00+01:00", "2028-02-29T18:00+01:00"]),
    "the 31st": Row(
        "Europe/Minsk", "2026-01-31", "FREQ=MONTHLY;COUNT=4", "2026-01-01", "2026-12-31",
        ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]),
    "the last day": Row(
        "Europe/Minsk", "2027-12-31", "FREQ=MONTHLY;BYMONTHDAY=-1", "2028-01-01", "2028-03-31",
        ["2028-01-31", "2028-02-29", "2028-03-31"]),
    "week 53": Row(
        "Europe/Minsk", "2020-12-28", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "2020-01-01", "2033-01-01",
        ["2020-12-28", "2026-12-28", "2032-12-27"]),
    "week 1, which begins in December": Row(
        "Europe/Minsk", "2024-01-01", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2024-01-01", "2027-12-31",
        ["2024-01-01", "2024-12-30", "2025-12-29", "2027-01-04"]),
    "every other week, beginning on Sunday": Row(
        "Europe/Minsk", "2026-06-02", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4", "2026-06-01", "2026-07-31",
        ["2026-06-02", "2026-06-14", "2026-06-16", "2026-06-28"]),
    "UNTIL at the very last time": Row(
        "America/Toronto", "2026-03-06T19:00", "FREQ=DAILY;UNTIL=20260308T230000Z", "2026-03-01", "2026-03-31",
        ["2026-03-06T19:00-05:00", "2026-03-07T19:00-05:00", "2026-03-08T19:00-04:00"]),
}  # fmt: skip

GAP = {"Toronto, an hour that is left out", "Apia, which had no 30 December 2011", "Sao Paulo, a day without midnight"}
"""What other programs leave out, or say twice (docs/calendar.md says why we don't)."""


def said(moment: Any) -> str:
    whole: str = moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
    return whole


def ours(row: Row, event: Event) -> list[str]:
    first, last = date.fromisoformat(row.first), date.fromisoformat(row.last)
    return [said(one.start) for one in occurrences(event, first, last, ZoneInfo(row.zone))]


def calendar_of(row: Row) -> bytes:
    claimed = claim("e", kind="event", publish=revision(to_payload(row.event)))
    context = DocumentContext(terms=FakeTerms(), tagger=FakeTagger(), zone=ZoneInfo(row.zone), now=NOW)
    assert claimed.publish is not None
    document = document_of(claimed, claimed.publish, context)
    assert isinstance(document, EventDocument)
    return write_calendar([document], base_url="https://news.example", name="Events", zone=ZoneInfo(row.zone))


def theirs(row: Row) -> list[str]:
    first, last = datetime.fromisoformat(row.first), datetime.fromisoformat(row.last) + timedelta(days=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = recurring_ical_events.of(icalendar.Calendar.from_ical(calendar_of(row))).between(first, last)
    return sorted(said(one["DTSTART"].dt) for one in found)


@pytest.mark.parametrize("name", TABLE)
def test_when_it_takes_place(name: str) -> None:
    row = TABLE[name]
    assert ours(row, row.event) == row.expected
    [again] = [one.event for one in read_calendar(calendar_of(row), ZoneInfo(row.zone))]
    assert again is not None and ours(row, again) == row.expected


@pytest.mark.parametrize("name", sorted(TABLE.keys() - GAP))
def test_other_programs_say_the_same(name: str) -> None:
    assert theirs(TABLE[name]) == TABLE[name].expected


# --- the rules of a zone change --------------------------------------------------------------------------------------


@pytest.fixture
def summer_time_in_minsk(tmp_path: Path) -> Iterator[None]:
    """A database of zones in which Minsk has the clocks of Warsaw."""
    (tmp_path / "Europe").mkdir()
    data = files("tzdata") / "zoneinfo" / "Europe" / "Warsaw"
    with data.open("rb") as source, (tmp_path / "Europe" / "Minsk").open("wb") as target:
        shutil.copyfileobj(source, target)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([tmp_path, *before])
    ZoneInfo.clear_cache(only_keys=["Europe/Minsk"])
    yield
    zoneinfo.reset_tzpath(before)
    ZoneInfo.clear_cache(only_keys=["Europe/Minsk"])


WRITTEN = Event(
    title="Concert",
    start=datetime(2027, 7, 2, 16, tzinfo=UTC),
    end=datetime(2027, 7, 2, 18, tzinfo=UTC),
    timezone="Europe/Minsk",
    rrule="FREQ=WEEKLY;COUNT=3",
    exdates=(datetime(2027, 7, 9, 16, tzinfo=UTC),),
)
PAYLOAD = to_payload(WRITTEN)


def test_what_is_on_record_is_the_time_of_the_clock() -> None:
    assert PAYLOAD["start"] == "2027-07-02T19:00:00+03:00" and from_payload(Event, PAYLOAD) == WRITTEN


def test_the_time_of_the_clock_stays_when_a_zone_gets_other_rules(summer_time_in_minsk: None) -> None:
    event = from_payload(Event, PAYLOAD)
    found = occurrences(event, date(2027, 7, 1), date(2027, 7, 31), ZoneInfo("Europe/Minsk"))
    starts = [(said(one.start), said(one.end)) for one in found]
    assert starts == [(f"2027-07-{day}T19:00+02:00", f"2027-07-{day}T21:00+02:00") for day in ("02", "16")]


def test_what_was_written_before_that_was_kept_stays_at_its_instant(summer_time_in_minsk: None) -> None:
    before = {**PAYLOAD, "schema": 2, "start": "2027-07-02T16:00:00+00:00"}
    assert from_payload(Event, before).start == WRITTEN.start
