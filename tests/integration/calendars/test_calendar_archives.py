"""Every calendar that icalendar and recurring-ical-events test themselves with, read by us and by them."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import warnings
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from icalendar.timezone import tzp

from dateline.domain.recurrence import occurrences
from dateline.errors import InvalidInput
from dateline.formats.ics import read_calendar
from servers import missing

ZONE: Final = ZoneInfo("UTC")
PACKAGES: Final = ("icalendar", "recurring-ical-events")
YEARS: Final = 3
AT_LEAST: Final = 0.97

REASONS: Final = {
    "example.ics": "two VEVENTs of one UID, and nothing says which is newer: we keep the later one, they the earlier",
    "issue_179_example.ics": "its only event is CLASS:CONFIDENTIAL: we don't publish it",
    "issue42.ics": "one of its 2,633 occurrences is of a CLASS:PRIVATE event: we don't publish it",
    "issue_75_range_parameter.ics": "UNTIL is a date in a timed series: we count that whole day, they its midnight",
}
"""The calendars that we read otherwise, and why."""

Times = list[tuple[str, str]]


@pytest.fixture(scope="module")
def calendars(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The calendars of the packages' source archives, of the versions that are installed."""
    folder = tmp_path_factory.mktemp("archives")
    wanted = [f"{name}=={version(name)}" for name in PACKAGES]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-binary",
        ":all:",
        "--no-deps",
        "-d",
        str(folder),
    ]
    try:
        subprocess.run([*command, *wanted], check=True, capture_output=True, text=True, timeout=240)
    except (subprocess.SubprocessError, OSError) as error:
        missing("calendar archives", f"pip can't fetch the source archives of {' and '.join(PACKAGES)} ({error})")
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as opened:
            opened.extractall(folder, [one for one in opened.getmembers() if one.name.endswith(".ics")], filter="data")
    return sorted(folder.rglob("*.ics"))


def whole(data: bytes) -> bytes:
    """A calendar; a component that stands alone is put into one."""
    if b"BEGIN:VCALENDAR" in data:
        return data
    return b"BEGIN:VCALENDAR\r\n" + data.strip() + b"\r\nEND:VCALENDAR\r\n"


def moment(value: date) -> str:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=ZONE)).astimezone(UTC).isoformat()
    return value.isoformat()


def first_day(calendars: Sequence[icalendar.Component]) -> date | None:
    """The day of the first DTSTART that icalendar can read."""
    days: list[date] = []
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            start = getattr(event.get("DTSTART"), "dt", None)
            days += [start.date() if isinstance(start, datetime) else start] if isinstance(start, date) else []
    return min(days, default=None)


def theirs(calendars: Sequence[icalendar.Component], first: date, last: date) -> Times:
    found = []
    for calendar in calendars:
        for event in recurring_ical_events.of(calendar).between(first, last):
            start, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else event["DTSTART"].dt
            if not isinstance(start, datetime):
                end = max(start, end - timedelta(days=1))
            found.append((moment(start), moment(end)))
    return sorted(found)


def ours(data: bytes, first: date, last: date) -> Times:
    try:
        events = [one.event for one in read_calendar(data, ZONE) if one.event is not None]
    except InvalidInput:
        return []
    return sorted(
        (moment(one.start), moment(one.end or one.start))
        for event in events
        for one in occurrences(event, first, last - timedelta(days=1), ZONE, 100_000)
    )


def as_midnights(times: Times) -> Times:
    """The same with days told as the times at which they begin and end."""
    told = []
    for start, end in times:
        if "T" in start:
            told.append((start, end))
        else:
            until = datetime.combine(date.fromisoformat(end), time(), UTC) + timedelta(days=1)
            told.append((datetime.combine(date.fromisoformat(start), time(), UTC).isoformat(), until.isoformat()))
    return sorted(told)


def comparison(path: Path) -> str:
    """``agrees``, ``differs``, or ``alone`` where they can't read a calendar, or it has no event."""
    data = whole(path.read_bytes())
    tzp.use_default()  # forgets the zones of the calendar before
    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
        first = first_day(calendars)
        if first is None:
            return "agrees" if not ours(data, date(2020, 1, 1), date(2023, 1, 1)) else "alone"
        begin, end = first.replace(day=1), first.replace(year=first.year + YEARS, day=1)
        them = theirs(calendars, begin, end)
    except Exception:  # whatever a library says of a calendar made to break it
        return "alone"
    us = ours(data, begin, end)
    return "agrees" if us == them or as_midnights(us) == as_midnights(them) else "differs"


@pytest.fixture(scope="module")
def compared(calendars: list[Path]) -> Iterator[dict[Path, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield {path: comparison(path) for path in calendars}
    tzp.use_default()


def test_97_of_100_calendars_agree(compared: dict[Path, str]) -> None:
    assert len(compared) > 200
    differing = [path for path, result in compared.items() if result == "differs"]
    assert len(differing) <= (1 - AT_LEAST) * len(compared)


def test_each_that_differs_is_named(compared: dict[Path, str]) -> None:
    assert {path.name for path, result in compared.items() if result == "differs"} == REASONS.keys()


def test_most_can_be_compared(compared: dict[Path, str]) -> None:
    assert list(compared.values()).count("alone") <= 20
