"""No date on any way out is invalid RFC 3339 or RFC 822, whatever the newsroom's zone and the year."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import Correction
from dateline.domain.event import Occurrence
from dateline.domain.timestamps import day_or_rfc3339
from dateline.formats.ninjs import write_ninjs
from dateline_web.context import EXTENSION, web
from dateline_web.events.event_json import event_json
from dateline_web.feeds.atom import write_atom
from dateline_web.feeds.entries import story_entry
from dateline_web.feeds.feed import Feed
from dateline_web.feeds.json_feed import write_json_feed
from dateline_web.feeds.rss import write_rss
from dateline_web.stories.linked_data import news_article
from dateline_web.stories.story_json import story_json
from unit.web.conftest import app_on
from unit.web.documents import event, story

RFC3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
DATE_TIME: Final = re.compile(r"(?<!\d)\d{4}-\d\d-\d\dT[0-9:.+Z-]+", re.ASCII)
"""Whatever begins like a date-time, in any text."""
RFC822: Final = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", re.ASCII)

ZONES: Final = ("Africa/Monrovia", "Europe/Amsterdam", "Europe/Minsk", "Asia/Kolkata", "America/New_York", "UTC")
"""Clocks with offsets of seconds until 1972, 1937, 1880, and others."""

zones = st.sampled_from(ZONES).map(ZoneInfo) | st.timezones()
offsets = st.integers(-57_599, 57_599).map(lambda seconds: timezone(timedelta(seconds=seconds)))
moments = st.datetimes(datetime(1600, 1, 2), datetime(2199, 12, 30), timezones=zones | offsets)


def assert_valid(text: str, at_least: int) -> None:
    found = DATE_TIME.findall(text)
    assert len(found) >= at_least
    assert [one for one in found if not RFC3339.fullmatch(one)] == []


def stories_out(moment: datetime) -> Iterator[tuple[str, int]]:
    """Each way out of a story of that moment, and how many date-times it has at least."""
    told = story(published_at=moment, corrections=(Correction(at=moment, note="x", diff=()),))
    feed = Feed(title="All", path="/search", parameters=(), at="/search.atom", next=None, entries=(story_entry(told),))
    yield json.dumps(story_json(told, [], ())), 3
    yield json.dumps(news_article(web(), told, about=[])), 2
    yield json.dumps(write_ninjs(told, uri="u", address="a", base_url="b")), 3
    yield write_atom(feed).decode(), 3
    yield write_json_feed(feed).decode(), 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moment=moments, zone=zones)
def test_every_way_out_of_a_story(app: Flask, moment: datetime, zone: ZoneInfo) -> None:
    parts = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(parts, settings=replace(parts.settings, timezone=zone))
    with app.test_request_context():
        for text, at_least in stories_out(moment):
            assert_valid(text, at_least)
        told = story(published_at=moment)
        feed = Feed(
            title="All", path="/search", parameters=(), at="/search.rss", next=None, entries=(story_entry(told),)
        )
        dates = [one.text or "" for one in ElementTree.fromstring(write_rss(feed)).iter() if one.tag.endswith("Date")]
    assert len(dates) == 2
    for date in dates:
        assert RFC822.fullmatch(date)
        assert parsedate_to_datetime(date) == moment.astimezone(UTC).replace(microsecond=0)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moment=moments)
def test_every_time_of_an_event(app: Flask, moment: datetime) -> None:
    told = replace(
        event("Fair", datetime(2026, 1, 1, tzinfo=UTC)), start=moment, end=moment, updated_at=moment,
        exdates=(moment,), rdates=(moment,), occurrences=(Occurrence(start=moment, end=moment),),
    )  # fmt: skip
    with app.test_request_context():
        assert_valid(json.dumps(event_json(told, [], [])), 5)
    assert datetime.fromisoformat(day_or_rfc3339(moment)) == moment.astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_every_route(zone: str, tmp_path: Path) -> None:
    """Of a story and an event of 1901 and 1971, when some clocks had offsets of seconds."""
    at = ZoneInfo(zone)
    own = EmbeddedIndex(tmp_path / "zone", at)
    own.ensure()
    stories = [story(published_at=datetime(year, 6, 1, 12, tzinfo=at)) for year in (1901, 1971)]
    fair = event("Fair", datetime(1971, 6, 2, 9, tzinfo=at))
    own.put([*stories, fair])
    client = app_on(own, timezone=zone).test_client()
    for path, at_least in {
        "/v1/search": 4, "/search.atom": 5, "/search.json": 4, "/sitemap-1971-06.xml": 1, "/search": 2,
        f"/v1/stories/{stories[0].id}": 2, f"/v1/stories/{stories[0].id}?format=ninjs": 3,
        f"/stories/{stories[0].id}/{stories[0].slug}": 3, "/v1/events?from=1971-06-01&to=1971-06-30": 1,
        f"/v1/events/{fair.id}": 2, f"/events/{fair.id}/{fair.slug}": 2,
    }.items():  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert_valid(answer.text, at_least)
    own.close()
