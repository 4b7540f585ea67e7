"""One event, told in many ways: page, agenda, API, ninjs, calendar and linked data say the same instants.

The sample's events and a thousand random ones, a part of which was edited time by time, come through ledger and
worker. Web then shows them a few at a time: a month page has room for so many.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from flask import Flask
from flask.testing import FlaskClient

from dateline import sample
from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import EventDocument
from dateline.settings import read_settings
from dateline_indexer.pipeline import Pipeline
from dateline_ingest.app import create_app as create_ingest
from dateline_web.app import create_app as create_web
from dateline_web.calendar import page as calendar_page
from dateline_web.context import EXTENSION
from dateline_web.events import linked_data
from dateline_web.events.timetable import NIGHT
from fakes.wakeup import CountingWakeUp
from fakes.words import FewWords
from ledgers import open_copy
from unit.indexer.parts import MINSK, FakeVocabulary

RANDOM: Final = 1_000
EDITED: Final = 6
"""One of so many series is edited."""
AT_ONCE: Final = 25
LATER: Final = (date(2027, 3, 1), date(2027, 4, 1), date(2027, 10, 1), date(2028, 2, 1), date(2028, 3, 1))
"""Months in which series are looked at besides that of their first time: clocks change in most."""
ZONES: Final = ("Europe/Minsk", "America/Toronto", "Asia/Tokyo", "Pacific/Kiritimati", "Australia/Lord_Howe",
                "Europe/Warsaw", "UTC")  # fmt: skip
NOT_EDITED: Final = ("BYHOUR", "-1FR", "BYMONTHDAY")
WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Times = list[tuple[str, str]]
"""Title and start: a day, or an instant in UTC."""


@dataclass
class Desk:
    """An editor at the ingest service."""

    client: FlaskClient

    def ask(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": "Bearer secret-edda", **options.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, **options)

    def load(self, *vevents: str) -> list[str]:
        """Import a calendar; the ids of its events."""
        text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:random", *vevents, "END:VCALENDAR", ""))
        answer = self.ask("POST", "/v1/events/import", data=text.encode(), content_type="text/calendar")
        items = answer.get_json()["items"]
        assert not [item for item in items if item["errors"]], items
        return [item["id"] for item in items]


# --- random events and random edits ------------------------------------------------------------------------------


def random_event(rng: random.Random, number: int) -> tuple[str, bool]:
    """The VEVENT of an event that takes place within these years, and whether its times may be edited.

    With an exception recurring-ical-events leaves out all times of a series on that day, and one that stands for a
    start which the rule doesn't name.
    """
    zone = rng.choice(ZONES)
    day = date(2026, 11, 1) + timedelta(days=rng.randrange(480))
    start = datetime(day.year, day.month, day.day, rng.randrange(24), rng.choice((0, 15, 30)))
    all_day = rng.random() < 0.3
    lasts = rng.choice((0, 1, 2, 5, 30))
    lines = [f"UID:random-{number}", "DTSTAMP:20260101T000000Z", f"SUMMARY:Event {number}"]
    if all_day:
        lines.append(f"DTSTART;VALUE=DATE:{day:%Y%m%d}")
        lines += [f"DTEND;VALUE=DATE:{day + timedelta(days=1 + lasts // 2):%Y%m%d}"] if lasts > 1 else []
    else:
        lines += [f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", *([f"DURATION:PT{lasts}H"] if lasts else [])]
    rule = random_rule(rng, day, all_day) if rng.random() < 0.7 else ""
    lines += [f"RRULE:{rule}"] if rule else []
    lines += [f"STATUS:{rng.choice(('CANCELLED', 'TENTATIVE'))}"] if rng.random() < 0.1 else []
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"]), bool(rule) and not any(by in rule for by in NOT_EDITED)


def random_rule(rng: random.Random, day: date, all_day: bool) -> str:
    own = WEEK[day.weekday()]
    choices = [
        f"FREQ=DAILY;INTERVAL={rng.randrange(3, 9)}",
        f"FREQ=WEEKLY;BYDAY={own}",
        f"FREQ=WEEKLY;INTERVAL=2;BYDAY={','.join(dict.fromkeys([own, rng.choice(WEEK)]))}",
        f"FREQ=MONTHLY;BYDAY={(day.day - 1) // 7 + 1}{own}",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY",
        "FREQ=YEARLY",
    ]
    if not all_day:
        choices.append("FREQ=WEEKLY;BYHOUR=9,18")
    ending = rng.choice(("", "", f";COUNT={rng.randrange(2, 30)}", f";UNTIL={day + timedelta(days=200):%Y%m%d}"))
    return rng.choice(choices) + ending


def edit_somehow(desk: Desk, rng: random.Random, event_id: str) -> None:
    """Edit a time of the series, that and all later ones, or all; take some out, some of them twice."""
    for _ in range(rng.randrange(1, 4)):
        answer = desk.ask("GET", f"/v1/events/{event_id}")
        event, etag = answer.get_json()["event"], answer.headers["ETag"]
        named = rng.choice(_some_times(event) or [""])
        if not named:
            return
        series = f"/v1/events/{event_id}"
        path = f"{series}/occurrences/{named}"
        moved = {"start": _moved(rng, named, event)}
        method, address, body = rng.choice((
            ("PUT", path, {"title": f"{event['title']} once", **moved}),
            ("PUT", path, {"title": f"{event['title']} off", "status": "cancelled"}),
            ("PUT", path, moved),
            ("DELETE", path, None),
            ("PUT", f"{series}?scope=following&from={named}", {"title": f"{event['title']} later", **moved}),
            ("PUT", f"{series}?lost=keep", {**event, **_later(event, timedelta(hours=1))}),
        ))  # fmt: skip
        done = desk.ask(method, address, json=body, headers={"If-Match": etag})
        assert done.status_code in (202, 404, 409, 422), done.text


def _some_times(event: dict[str, Any]) -> list[str]:
    """Names of times that a series may have, by its start and the weeks after it."""
    if "T" not in event["start"]:
        first = date.fromisoformat(event["start"])
        return [f"{first + timedelta(days=days):%Y%m%d}" for days in (0, 7, 14, 28)]
    first_time = datetime.fromisoformat(event["start"]).astimezone(ZoneInfo(event["timezone"]))
    return [f"{first_time + timedelta(days=days):%Y%m%dT%H%M%S}" for days in (0, 7, 14, 28)]


def _moved(rng: random.Random, named: str, event: dict[str, Any]) -> str:
    """A time near the one that is named."""
    if "T" not in named:
        return str(datetime.strptime(named, "%Y%m%d").date() + timedelta(days=rng.randrange(-2, 3)))
    wall = datetime.strptime(named, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(event["timezone"]))
    return (wall.astimezone(UTC) + timedelta(hours=rng.randrange(-30, 30))).isoformat()


def _later(event: dict[str, Any], by: timedelta) -> dict[str, str]:
    """The same series, an hour later; one of days stays."""
    if "T" not in event["start"]:
        return {"title": f"{event['title']} anew"}
    return {
        part: (datetime.fromisoformat(event[part]) + by).isoformat() for part in ("start", "end") if event.get(part)
    }


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[EventDocument]]:
    """What readers get of the sample and of the random events."""
    folder, rng = tmp_path_factory.mktemp("agreement"), random.Random(14)
    ledger, index = open_copy(folder), EmbeddedIndex(folder / "index", MINSK)
    index.ensure()
    settings = read_settings({}, data=str(folder), secret_key="k" * 32, timezone="Europe/Minsk", log_level="error")
    vocabulary = FewWords()
    ingest = create_ingest(settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=vocabulary, queue_lengths=dict)
    desk = Desk(ingest.test_client())
    for body in sample.events():
        assert desk.ask("POST", "/v1/events", json={**body, "tags": {}}).status_code == 202
    vevents, editable = zip(*(random_event(rng, number) for number in range(RANDOM)), strict=True)
    series = [event_id for event_id, is_series in zip(desk.load(*vevents), editable, strict=True) if is_series]
    for event_id in series[::EDITED]:
        edit_somehow(desk, rng, event_id)
    pipeline = Pipeline(ledger=ledger, index=index, vocabulary=FakeVocabulary(), zone=MINSK,
                        lease=timedelta(seconds=300), worker="test")  # fmt: skip
    while pipeline.take_batch():
        pass
    ids = [id for id, _ in index.versions("event", limit=10_000)]
    yield [one for one in index.get("event", ids) if isinstance(one, EventDocument) and not one.withdrawn]
    index.close()
    ledger.close()


# --- what each way says ------------------------------------------------------------------------------------------


def said(moment: str | date) -> str:
    """A day as it is; a time in UTC."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(moment, datetime) else moment.isoformat()


class Reader:
    """A reader of a few events."""

    def __init__(self, client: FlaskClient, month: date) -> None:
        self.client = client
        self.first = month.replace(day=1)
        self.last = (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.page = self.get(f"/events/{month:%Y/%m}")

    def get(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.text)
        return answer.text

    def by_api(self, more: str = "") -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        address: str | None = f"/v1/events?from={self.first}&to={self.last}&limit=100{more}"
        while address:
            page = json.loads(self.get(address))
            items += page["items"]
            address = page["next"]
        return items

    def by_ninjs(self) -> Times:
        found = [(one["title"], one["eventDetails"]["dates"]) for one in self.by_api("&format=ninjs")]
        return [(title, said(dates.get("startDate") or dates["expectedStartDate"])) for title, dates in found]

    def by_calendar(self) -> Times:
        calendar = icalendar.Calendar.from_ical(self.get(f"/events.ics?from={self.first}"))
        first, last = self.first - timedelta(days=3), self.last + timedelta(days=3)
        found = recurring_ical_events.of(calendar).between(first, last + timedelta(days=1))
        return [(str(one["SUMMARY"]).removeprefix("Postponed: "), said(one["DTSTART"].dt)) for one in found]

    def by_agenda(self) -> Times:
        """The lines of the list; those that go on from before, and say until when, are left out."""
        _, _, agenda = self.page.partition('class="as-agenda"')
        found: Times = []
        for line in re.findall(r'<li class="event-line">(.*?)</li>', agenda, re.DOTALL):
            time = re.search(r'<time datetime="([^"]*)"', line)
            title = re.search(r'<p dir="auto" class="what[^>]*><a href="([^"]*)">(.*?)</a>', line)
            assert title
            if time:
                assert "more time" not in line
                found.append((unescape(title[2]), said(time[1])))
                if "?on=" in title[1]:
                    assert title[1].partition("?on=")[2] == re.sub("[-:]", "", said(time[1]))
        return found

    def by_grid(self) -> Times:
        """The lines of the grid that begin in it and have an hour."""
        grid, _, _ = self.page.partition('class="as-agenda"')
        return [
            (unescape(title), said(time))
            for title, time in re.findall(r'<a class="spot[^>]* title="([^"]*)">\s*<time datetime="([^"]*)"', grid)
        ]

    def counts(self) -> dict[date, int]:
        """How many events the grid says that each day of the month has."""
        grid, _, _ = self.page.partition('class="as-agenda"')
        days = re.findall(r'<th scope="col" class="([^"]*)"[^>]*>(.*?)</th>', grid, re.DOTALL)
        inside = [re.search(r", (\d+) events?<", cell) for kinds, cell in days if "outside" not in kinds]
        return {self.first + timedelta(days=place): int(found[1]) for place, found in enumerate(inside) if found}

    def by_linked_list(self) -> Times:
        data = _linked(self.page)
        return [(one["item"]["name"], said(one["item"]["startDate"])) for one in data.get("itemListElement", ())]

    def by_linked_event(self, path: str) -> tuple[str, str]:
        data = _linked(self.get(path))
        return data["name"], said(data["startDate"])


def _linked(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1]) if found else {}


def days_touched(item: dict[str, Any]) -> Iterator[date]:
    """The newsroom's days on which an occurrence of the API stands: an evening that ends after midnight is one."""
    if item["all_day"]:
        first, last = (date.fromisoformat(item[part] or item["start"]) for part in ("start", "end"))
    else:
        start = datetime.fromisoformat(item["start"]).astimezone(MINSK)
        end = datetime.fromisoformat(item["end"]).astimezone(MINSK) if item["end"] else start
        last = max(start, end - timedelta(microseconds=1)).date() if end - start >= NIGHT else start.date()
        first = start.date()
    for days in range((last - first).days + 1):
        yield first + timedelta(days=days)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path]:
    """Web, whose index a test puts in, and the folder of an empty one."""
    folder = tmp_path_factory.mktemp("empty")
    empty = EmbeddedIndex(folder / "index", MINSK)
    empty.ensure()
    empty.close()
    opened = EmbeddedIndex(folder / "index", MINSK)
    settings = read_settings({}, timezone="Europe/Minsk", log_level="error")
    now = datetime(2027, 1, 1, tzinfo=UTC)
    return create_web(settings, index=opened, now=lambda: now), folder / "index"


def assert_agreement(reader: Reader, rng: random.Random) -> int:
    """All ways say what the API says; how many times that were."""
    items = reader.by_api()
    api = sorted((item["title"], said(item["start"])) for item in items)
    begin = {key: next(days_touched(item)) for key, item in zip(map(_key, items), items, strict=True)}
    beginning = sorted(key for key in begin if reader.first <= begin[key] <= reader.last)
    assert len(api) == len(set(api))
    assert sorted(reader.by_ninjs()) == api
    calendar = sorted(reader.by_calendar())
    assert [key for key in calendar if key in begin] == api
    assert not [key for key in calendar if _day(key[1], reader) and key not in begin]
    assert sorted(reader.by_agenda()) == beginning
    assert set(beginning) <= set(reader.by_linked_list()) <= set(api)
    shown = [key for key in reader.by_grid() if _day(key[1], reader)]
    assert set(shown) <= set(api)
    touched = Counter(day for item in items for day in days_touched(item) if reader.first <= day <= reader.last)
    assert reader.counts() == dict(touched)
    for item in rng.sample(items, min(2, len(items))):
        assert reader.by_linked_event(item["url"].removeprefix("http://localhost")) == _key(item)
    return len(api)


def _key(item: dict[str, Any]) -> tuple[str, str]:
    return item["title"], said(item["start"])


def _day(start: str, reader: Reader) -> bool:
    """Whether a start falls into the month."""
    day = datetime.fromisoformat(start).astimezone(MINSK).date() if "T" in start else date.fromisoformat(start)
    return reader.first <= day <= reader.last


def test_all_ways_say_the_same(
    documents: list[EventDocument], web: tuple[Flask, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_page, "MAX_LINES_BESIDE", 1_000)
    monkeypatch.setattr(calendar_page, "MAX_OF_ONE", 1_000)
    monkeypatch.setattr(linked_data, "MOST_LISTED", 1_000)
    app, empty = web
    rng, times = random.Random(7), 0
    for number, part in enumerate(_parts(documents)):
        shutil.copytree(empty, tmp_path / str(number))
        index = EmbeddedIndex(tmp_path / str(number), MINSK)
        index.put(part)
        app.extensions[EXTENSION] = _with_index(app, index)
        months = {one.first_day.replace(day=1) for one in part if one.first_day}
        for month in months | ({rng.choice(LATER)} if number % 3 == 0 else set()):
            times += assert_agreement(Reader(app.test_client(), month), rng)
        index.close()
    assert len(documents) > RANDOM and times > 2 * RANDOM


def _with_index(app: Flask, index: EmbeddedIndex) -> Any:
    return replace(app.extensions[EXTENSION], index=index)


def _parts(documents: Sequence[EventDocument]) -> Iterator[list[EventDocument]]:
    """A few events at a time, by their first day: a series and what stands for its times together."""
    together: dict[str, list[EventDocument]] = {}
    for one in documents:
        together.setdefault(one.uid or one.id, []).append(one)
    by_day = sorted(together.values(), key=lambda part: min(str(one.first_day) for one in part))
    for place in range(0, len(by_day), AT_ONCE):
        yield [one for part in by_day[place : place + AT_ONCE] for one in part]
