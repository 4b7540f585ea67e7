"""Calendars and events whose few words name many times, or cost much to find none: the work ends, and others wait for
nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.event import Event
from dateline.domain.recurrence import occurrences
from dateline.domain.recurrence.effort import bounded_effort, check_effort
from dateline.domain.recurrence.rrule import parse_rule
from dateline.domain.recurrence.rrule_expansion import matches
from dateline.domain.recurrence.vtimezone import MOST_ONSETS, vtimezone_of
from dateline.errors import InvalidInput, TooMuch
from dateline.formats.ics import read_calendar
from dateline.formats.ics.lines import MOST_BROKEN
from unit.web.conftest import app_on
from unit.web.documents import MINSK, NOW, event, story

EVENT: Final = "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20260101T100000Z\r\nSUMMARY:Fair\r\n{more}END:VEVENT\r\n"
HOURS: Final = ",".join(map(str, range(24)))
HOURLY: Final = 200


def looks_of(work: Callable[[], object]) -> int:
    """How many looks the work takes."""
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        return 0.0

    with bounded_effort(1, TooMuch("too long"), clock):
        work()
    return looks


def calendar(*events: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


def of_rules(number: int) -> bytes:
    """Each rule costs 50,000 looks and names nothing."""
    rule = "RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29;COUNT=10\r\n"
    return calendar(*(EVENT.format(uid=place, more=rule) for place in range(number)))


def of_splits(number: int) -> bytes:
    """Each VEVENT cuts an hourly series without end in two, and both are compared."""
    times = [f"2026{1 + place // 28:02}{1 + place % 28:02}T100000Z" for place in range(number)]
    cuts = (
        EVENT.format(uid=1, more=f"RECURRENCE-ID;RANGE=THISANDFUTURE:{at}\r\n").replace("20260101T100000Z", at, 1)
        for at in times
    )
    return calendar(EVENT.format(uid=1, more="RRULE:FREQ=HOURLY\r\n"), *cuts)


def import_events(newsroom: Any, data: bytes, token: str = "edda") -> Any:
    return newsroom.ask("POST", "/v1/events/import", token, data=data, content_type="text/calendar")


@pytest.mark.parametrize("data", [of_rules(200), of_splits(300)], ids=["rules", "splits"])
def test_reading_a_calendar_ends(newsroom: Any, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """When the time is over, whatever is done then is not finished."""
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        return looks / 1000

    monkeypatch.setattr(
        "dateline_ingest.calendars.calendar_import.bounded_effort", lambda s, e: bounded_effort(s, e, clock)
    )
    answer = import_events(newsroom, data)
    assert answer.status_code == 422
    assert "send it in parts" in answer.get_json()["detail"]
    assert newsroom.items == {}
    assert 20_000 < looks < 30_000  # twenty seconds of this clock, and little more


def test_an_import_counts_as_a_bulk(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[int] = []

    def read(*_: Any, **__: Any) -> list[Any]:
        if 429 not in answers:
            answers.append(import_events(newsroom, calendar()).status_code)
        return []

    monkeypatch.setattr("dateline_ingest.calendars.calendar_import.read_calendar", read)
    assert import_events(newsroom, calendar()).status_code == 200
    assert answers[0] == 429
    assert import_events(newsroom, calendar()).status_code == 200


def test_lines_are_bounded(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.formats.ics.lines.MOST_LINES", 1_000)
    many = calendar(EVENT.format(uid=1, more="A:b\r\n" * 1_000))
    assert "at most 1000 lines" in import_events(newsroom, many).get_json()["detail"]
    broken = import_events(newsroom, calendar(EVENT.format(uid=1, more="x\r\n" * 900)))
    assert broken.status_code == 200
    assert len(broken.get_json()["items"][0]["notes"]) == MOST_BROKEN


@pytest.mark.timeout(20)
def test_tags_without_end_in_escaped_html_are_read_once(newsroom: Any) -> None:
    escaped = "&lt;p&gt;Words.&lt;/p&gt;" + "<q" * 200_000
    event = EVENT.format(uid=1, more=f"DESCRIPTION:{escaped}\r\n")
    assert import_events(newsroom, calendar(event)).status_code == 200


@pytest.mark.parametrize("line", ["X-WR-TIMEZONE:", "X-WR-TIMEZONE;A=", "X-", "BEGIN:"])
@pytest.mark.parametrize("text", ["x" * 60_000, "/" * 60_000, "A/" * 60_000, "+" * 60_000, '"' * 60_000])
def test_a_long_name(line: str, text: str) -> None:
    """It is matched with nothing; tests/security/test_memory.py sees that it is not kept."""
    try:
        assert read_calendar(calendar(f"{line}{text}\r\n", EVENT.format(uid=1, more="")), MINSK)[0].event
    except InvalidInput as refused:
        assert len(str(refused)) < 200


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;BYMONTHDAY=1", "FREQ=YEARLY;BYDAY=SU,MO,TU,WE,TH,FR,SA"])
def test_a_zone_is_worked_out_no_further_than_is_needed_to_refuse_it(rule: str) -> None:
    parts = [
        f"BEGIN:STANDARD\nDTSTART:19000101T{hour:02}0000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:{rule}\nEND:STANDARD"
        for hour in range(16)
    ]
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        return 0.0

    with (
        bounded_effort(1, TooMuch("too long"), clock),
        pytest.raises(InvalidInput, match=f"at most {MOST_ONSETS} changes"),
    ):
        vtimezone_of("\n".join(["TZID:hostile", *parts]))
    assert looks < 2 * MOST_ONSETS


@pytest.mark.parametrize("ordinal", ["6", "53", "-6", "-53"])
@pytest.mark.parametrize(
    "rule", ["FREQ=YEARLY;BYMONTH=2;BYDAY={}SU", "FREQ=MONTHLY;BYDAY={}SU", "FREQ=YEARLY;BYMONTH=12;BYDAY={}MO"]
)
def test_a_week_that_no_month_has(newsroom: Any, rule: str, ordinal: str) -> None:
    sent = {"title": "Fair", "start": "2026-01-01T10:00:00Z", "rrule": rule.format(ordinal)}
    answer = newsroom.ask("POST", "/v1/events", "edda", json=sent)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/rrule"


def test_few_times_of_a_long_series_cost_few_looks() -> None:
    series = replace(event("Hourly", datetime(2026, 1, 1, tzinfo=UTC), rrule="FREQ=HOURLY"), last_day=None)
    assert looks_of(lambda: occurrences(series, date(2030, 1, 1), date(2090, 1, 1), MINSK, 10)) < 200


@pytest.fixture(scope="module")
def hourly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    """What an editor planted: events at every hour, without end; beside them a story and a concert."""
    own = EmbeddedIndex(tmp_path_factory.mktemp("hourly") / "index", MINSK)
    own.ensure()
    one = event("Hourly", datetime(2026, 1, 1, tzinfo=MINSK), rrule="FREQ=HOURLY")
    own.put([replace(one, id=f"hourly-{place}", uid=f"hourly-{place}") for place in range(HOURLY)])
    own.put([story("Bridge opens", published_at=NOW), event("Concert", NOW.date())])
    yield own
    own.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/v1/search", "/search.atom", "/archive/2026/11", "/events", "/events?view=week", "/events?view=agenda",
     "/v1/events?from=2026-01-01&to=2027-02-01"],
)  # fmt: skip
def test_pages_are_read_beside_any_events(hourly: EmbeddedIndex, path: str) -> None:
    """And few looks are taken for one: no more times are worked out than it shows."""
    client = app_on(hourly, search_timeout="60").test_client()
    answers: list[int] = []
    assert looks_of(lambda: answers.append(client.get(path).status_code)) < 30_000
    assert answers == [200]


def test_what_takes_too_long_beside_a_story_is_left_out(hourly: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app_on(hourly).test_client()
    monkeypatch.setattr("dateline_web.events.upcoming.SECONDS", 60.0)
    assert "Concert" in client.get("/").text
    monkeypatch.setattr("dateline_web.events.upcoming.SECONDS", -1.0)
    page = client.get("/")
    assert page.status_code == 200
    assert "Bridge opens" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/v1/events?from=2026-01-01&to=2027-02-01",
        "/events",
        "/events.ics",
        "/events/hourly-1/hourly",
        "/v1/events/hourly-1",
    ],
)
def test_events_that_take_too_long_are_given_up(hourly: EmbeddedIndex, path: str) -> None:
    answer = app_on(hourly, search_timeout="0.001").test_client().get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An event of every hour, and one that takes place once a day, in the evening."""
    own = EmbeddedIndex(tmp_path_factory.mktemp("crowded") / "index", MINSK)
    own.ensure()
    start = datetime(2026, 11, 1, tzinfo=MINSK)
    own.put([event("Hourly", start, rrule="FREQ=HOURLY"), event("Play", start.replace(hour=20), rrule="FREQ=DAILY")])
    yield app_on(own).test_client()
    own.close()


@pytest.mark.parametrize(
    ("path", "hourly", "more"),
    [("/events?view=week", 2 * 7 * 3, "and 21 more times"),
     ("/events/2026/12?view=agenda", 31 * 3, "and 21 more times"),
     ("/events/2026/12", 30 + 35, "+23 more"), ("/", 1, "")],
)  # fmt: skip
def test_an_event_of_every_hour_leaves_room_for_others(crowded: FlaskClient, path: str, hourly: int, more: str) -> None:
    page = crowded.get(path).text
    assert page.count(">Hourly<") == hourly
    assert page.count(">Play<") >= min(hourly // 4, 7)
    assert more in page


def test_a_crowd_is_listed_once_a_day_each(tmp_path: Path) -> None:
    own = EmbeddedIndex(tmp_path / "index", MINSK)
    own.ensure()
    start = datetime(2026, 11, 1, 9, tzinfo=MINSK)
    own.put([event(f"Tour {place}", start, rrule="FREQ=HOURLY") for place in range(60)])
    page = app_on(own).test_client().get("/events?view=week").text
    assert page.count('class="event-line"') == 7 * 8
    assert ">52 more<" in page and ">+58 more<" in page
    own.close()


@pytest.mark.parametrize(
    "rules",
    [
        [f"FREQ=HOURLY;BYMINUTE={minute}" for minute in range(60)],
        [f"FREQ=DAILY;BYHOUR={HOURS};BYMINUTE={minute}" for minute in range(5)],
        [f"FREQ=WEEKLY;COUNT=9000;BYMINUTE={minute}" for minute in range(2)],
        [f"FREQ=MINUTELY;COUNT=9;BYMINUTE={minute}" for minute in range(3)],
    ],
)
def test_rules_are_bounded_together(newsroom: Any, rules: list[str]) -> None:
    sent = {"title": "Fair", "start": "2026-01-01T10:00:00Z", "rrule": rules[0], "further_rrules": rules[1:]}
    answer = newsroom.ask("POST", "/v1/events", "edda", json=sent)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/further_rrules"
    more = "".join(f"RRULE:{rule}\r\n" for rule in rules)
    (item,) = import_events(newsroom, calendar(EVENT.format(uid=1, more=more))).get_json()["items"]
    assert item["status"] == 422
    assert "together" in item["errors"][0]["detail"]


def test_the_same_rule_a_hundred_times_is_worked_out_once() -> None:
    series = Event(title="Fair", start=datetime(2026, 1, 1, 10, tzinfo=MINSK), rrule="FREQ=HOURLY",
                   further_rrules=("FREQ=HOURLY",) * 99)  # fmt: skip
    assert looks_of(lambda: list(occurrences(series, date(2026, 3, 1), date(2026, 3, 31), MINSK))) < 5_000


def test_what_no_hour_fits_is_looked_for_by_the_hour() -> None:
    rule = parse_rule("FREQ=SECONDLY;INTERVAL=7;BYHOUR=3;UNTIL=20360101")
    start = datetime(2026, 1, 1, 10)
    found = list(matches(rule, start, start, datetime(2036, 1, 1)))
    every = [start + timedelta(seconds=7 * step) for step in range(50_000)]
    assert found == [wall for wall in every if wall.hour == 3]
    assert looks_of(lambda: list(matches(rule, start, start, datetime(2036, 1, 1)))) < len(found) + 200


def test_effort_is_the_blocks_own() -> None:
    with bounded_effort(0, TooMuch("inner"), lambda: 1.0):
        check_effort()
    with (
        bounded_effort(10, TooMuch("outer")),
        bounded_effort(-1, TooMuch("inner")),
        pytest.raises(TooMuch, match="inner"),
    ):
        check_effort()
    check_effort()
