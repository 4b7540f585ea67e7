"""The feed of newly announced events: by when they were announced; what changes keeps its id."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient

from dateline.adapters.ledger.database.ids import new_id
from dateline.domain.event import Location
from dateline.domain.item_id import ALPHABET, RANDOM_BITS, made_at
from unit.web.conftest import Fill
from unit.web.documents import MINSK, event, tag

FORMATS = ("atom", "rss", "json")


def id_at(moment: datetime) -> str:
    """An id that was made then."""
    number = int(moment.timestamp() * 1000) << RANDOM_BITS
    return "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def entries(client: FlaskClient, format: str, query: str = "") -> list[dict[str, Any]]:
    """The entries of a feed: id, title, and when each was announced."""
    answer = client.get(f"/events.{format}{query}")
    assert answer.status_code == 200
    if format == "json":
        items: list[dict[str, Any]] = json.loads(answer.text)["items"]
        return items
    parsed = feedparser.parse(answer.data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [{"id": one.id, "title": one.title, "url": one.link, "summary": one.summary} for one in parsed.entries]


@pytest.fixture
def announced(client: FlaskClient, fill: Fill) -> FlaskClient:
    """Four events, the later one takes place the earlier it was announced, and an exception of a series."""
    day = datetime(2026, 11, 1, 9, tzinfo=UTC)
    for number in range(4):
        at = datetime(2026, 12, 20 - number, 19, tzinfo=MINSK)
        tags = (tag("topic", "Music"),) if number % 2 else ()
        fill([event(f"Concert {number}", at, id=id_at(day + timedelta(days=number)), tags=tags)])
    moved = event(
        "One time", date(2026, 12, 1), uid="u", recurrence_id="2026-12-01", id=id_at(day - timedelta(hours=1))
    )
    fill([moved])
    return client


@pytest.mark.parametrize("format", FORMATS)
def test_what_was_announced_last_stands_first(announced: FlaskClient, format: str) -> None:
    found = entries(announced, format)
    assert [one["title"] for one in found] == ["Concert 3", "Concert 2", "Concert 1", "Concert 0"]
    assert [one["title"] for one in entries(announced, format, "?topic=music&limit=1&utm=x")] == ["Concert 3"]
    assert "Thursday, 17 December 2026, 19:00, Minsk time." in found[0]["summary"]
    answer = announced.get(f"/events.{format}")
    again = announced.get(f"/events.{format}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_an_entry_says_when_it_was_announced_and_changed(announced: FlaskClient) -> None:
    (first, *_) = feedparser.parse(announced.get("/events.atom").data).entries
    assert (first.published, first.updated) == ("2026-11-04T12:00:00+03:00", "2026-11-24T15:00:00+03:00")


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_cancelled_says_so_under_its_id(client: FlaskClient, fill: Fill, format: str) -> None:
    place = Location(name="Upper Town", city="Minsk")
    given = event("Fair & more", date(2026, 12, 1), id=new_id(), location=place, rrule="FREQ=WEEKLY")
    fill([given])
    (before,) = entries(client, format)
    assert "Tuesday, 1 December 2026, all day, Upper Town, Minsk. Every Tuesday." in before["summary"]
    fill([replace(given, version=2, title="Fair", slug="fair", status="cancelled")])
    (after,) = entries(client, format)
    assert (after["id"], after["title"]) == (before["id"], "Cancelled: Fair")
    assert after["url"] != before["url"]
    assert client.get(after["url"]).status_code == 200


def test_when_an_id_was_made() -> None:
    now = datetime.now(tz=UTC)
    found = made_at(new_id())
    assert found is not None and abs(found - now) < timedelta(minutes=1)
    assert made_at(id_at(now)) == now.replace(microsecond=now.microsecond // 1000 * 1000)
    assert [made_at(text) for text in ("", "topic:music", "i" * 26, "z" * 26, "0" * 25)] == [None] * 5


def test_what_is_no_feed(client: FlaskClient) -> None:
    assert client.get("/events.xml").status_code == 404
    assert client.get("/events.atom?limit=0").status_code == 422
    assert entries(client, "atom") == []
