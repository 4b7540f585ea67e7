"""A reader at the first and last days of the calendar, and past them: no address of any date is a fault of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from typing import Final

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import EventDocument, StoryDocument
from unit.web.conftest import app_on
from unit.web.documents import MINSK, event, story

YEARS: Final = ("0000", "0001", "0999", "1000", "9998", "9999")
MONTHS: Final = ("00", "01", "12", "13")
DAYS: Final = ("00", "01", "31", "32")
ENDS: Final = ("0001-01-01", "0002-01-01", "9998-12-01", "9999-12-31")
LISTINGS: Final = ("/v1/search", "/search", "/search.atom", "/search.rss", "/search.json", "/v1/events", "/events.ics")
FIXED: Final = (
    "/", "/events", "/events?view=week", "/events?view=agenda", "/archive", "/search", "/sitemap.xml",
    "/sitemap-events.xml", "/sitemap-pages.xml", "/sitemap-news.xml", "/v1/events?from=9998-12-01&to=9999-12-31",
    f"/sitemap-topics-{'9' * 40}.xml", f"/sitemap-topics-{2**63}.xml", f"/v1/search?limit={'9' * 40}",
)  # fmt: skip
STORIES: Final = (
    story("First", published_at=datetime(1900, 1, 1, tzinfo=UTC)),
    story("Last", published_at=datetime(9999, 1, 1, tzinfo=UTC)),
)
EVENTS: Final = (
    event("First day", date(1, 1, 1)),
    event("Last day", date(9999, 12, 31)),
    event("Last month", date(9999, 12, 1), end=date(9999, 12, 31)),
    event("First hour", datetime(1, 1, 1, 23, 59, tzinfo=MINSK)),
    event("Last hour", datetime(9999, 12, 31, 22, tzinfo=MINSK), end=datetime(9999, 12, 31, 23, 59, tzinfo=MINSK)),
    event("Daily to the end", date(9999, 12, 25), rrule="FREQ=DAILY"),
    event("Weekly to the end", datetime(9999, 12, 1, 10, tzinfo=MINSK), rrule="FREQ=WEEKLY"),
    event("Yearly from the beginning", date(2, 1, 1), rrule="FREQ=YEARLY"),
)


def of_days() -> Iterator[str]:
    for year, month in product(YEARS, MONTHS):
        yield from (f"/archive/{year}", f"/archive/{year}/{month}", f"/v1/archive/{year}/{month}")
        yield from (f"/events/{year}/{month}?view={view}" for view in ("", "month", "week", "agenda"))
        yield f"/sitemap-{year}-{month}.xml"
        for day in DAYS:
            yield from (f"/archive/{year}/{month}/{day}", f"/sitemap-{year}-{month}-{day}.xml")
            yield f"/events?view=week&day={year}-{month}-{day}"


def of_ranges() -> Iterator[str]:
    for path, first, last in product(LISTINGS, ENDS, ENDS):
        yield f"{path}?from={first}&to={last}"
    for path, name, day in product(LISTINGS, ("from", "to"), ENDS):
        yield f"{path}?{name}={day}"


def of_items() -> Iterator[str]:
    for one in STORIES:
        yield from (f"/stories/{one.id}/{one.slug}", f"/v1/stories/{one.id}", f"/v1/stories/{one.id}?format=ninjs")
    for each in EVENTS:
        yield from (f"/events/{each.id}.ics", f"/v1/events/{each.id}")
        for on in ("", "00010101", "99991231", "99991231T235959Z", "00010101T000000Z", "99999999T999999Z"):
            yield f"/events/{each.id}/{each.slug}?on={on}"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    own = EmbeddedIndex(tmp_path_factory.mktemp("ends") / "index", MINSK)
    own.ensure()
    documents: list[StoryDocument | EventDocument] = [*STORIES, *EVENTS]
    own.put(documents)
    client = app_on(own).test_client()
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    yield client
    own.close()


@pytest.mark.parametrize("paths", [of_days, of_ranges, of_items, lambda: FIXED], ids=["days", "ranges", "items", "few"])
def test_no_date_is_a_fault(reader: FlaskClient, paths: object) -> None:
    assert callable(paths)
    answers = {path: reader.get(path).status_code for path in paths()}
    assert {path: status for path, status in answers.items() if status >= 500} == {}
    assert 200 in answers.values()


def test_the_last_day_can_be_said_in_a_calendar(reader: FlaskClient) -> None:
    """DTEND would be the day after it, of the year 10000."""
    text = reader.get(f"/events/{EVENTS[2].id}.ics").text
    (read,) = Calendar.from_ical(text).walk("VEVENT")
    assert read.decoded("DTSTART") == date(9999, 12, 1)
    assert "DURATION:P31D" in text
    assert "DTEND" not in text


def test_next_leads_to_an_end(reader: FlaskClient) -> None:
    path: str | None = "/v1/events?from=9999-12-01&to=9999-12-31&limit=5"
    found: list[str] = []  # times of the last eight days, which not every zone can tell, are left out
    while path:
        page = reader.get(path).get_json()
        found += [one["occurrence_id"] for one in page["items"]]
        path = page["next"] and re.sub("^https?://[^/]+", "", page["next"])
    assert len(found) == len(set(found)) == 10
