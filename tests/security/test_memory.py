"""What is asked once and never again is forgotten: no memory grows with what clients send."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from dateline.domain.html import clean_html
from dateline.domain.tagged_text import TaggedText
from dateline.domain.web_address import absolute_address
from dateline.errors import InvalidInput
from dateline.formats.ics import read_calendar
from dateline.tagging.tagger import Tagger
from dateline.vocabulary import shipped
from unit.ingest.conftest import STORY
from unit.web.conftest import app_on, empty_index, index
from unit.web.documents import MINSK

__all__ = ["empty_index", "index"]

TIMES: Final = 12
KEPT: Final = 400_000
"""Bytes that may be kept after so many different requests: tables grow a little."""


KEPT_OF_ADDRESSES: Final = 60_000
KEPT_OF_CALENDARS: Final = 200_000


def kept(ask: Callable[[str], object], times: int = TIMES) -> int:
    """How many bytes are kept of so many different questions; a few before warm what is made once."""
    for number in range(3):
        ask(f"warm{number}")
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(times):
            ask(f"n{number}")
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return after - before


def read(text: str) -> None:
    event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART{tzid}:20260101T100000\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
    tzid = f";TZID={text[:190]}"
    short = text[:10_000]
    for line in (f"X-WR-TIMEZONE:{text}", f"X-{short}:a", f"X;{short}=b:c", f"X;A={short}:c", f"DTEND;TZID={short}:a"):
        try:
            data = f"BEGIN:VCALENDAR\r\n{line}\r\n{event.format(tzid=tzid)}END:VCALENDAR\r\n"
            read_calendar(data.encode(), MINSK)
        except InvalidInput:
            continue


def test_calendars() -> None:
    assert kept(lambda word: read(word + "a/" * 30_000), times=6) < KEPT_OF_CALENDARS


def test_addresses() -> None:
    def ask(word: str) -> None:
        address = f"https://example.org/{word}" + "a" * 60_000
        absolute_address(address)
        clean_html(f'<p><a href="{address}">x</a></p>')

    assert kept(ask) < KEPT


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(shipped())


def test_names(tagger: Tagger) -> None:
    """A text may be one word."""

    def ask(word: str) -> None:
        name = word.capitalize() + "a" * 100_000
        tagger.tag(TaggedText(headline="Bridge opens", body_text=f"Mayor John {name} met {name} Smith in {name} Ltd."))

    assert kept(ask) < KEPT


@pytest.mark.parametrize(("path", "parameter"), [("/search", "q"), ("/search", "topic"), ("/events", "topic")])
def test_readers_parameters(index: Any, path: str, parameter: str) -> None:
    """An address has at most 8,190 bytes; Python's ``urlsplit`` remembers the last 128."""
    client = app_on(index).test_client()

    def ask(word: str) -> None:
        client.get(path, query_string={parameter: word + "ж" * 1_300})
        urlsplit.cache_clear()  # type: ignore[attr-defined]

    assert kept(ask, times=40) < KEPT_OF_ADDRESSES


def hostile_stories(word: str) -> Iterator[dict[str, Any]]:
    long = word + "a" * 100_000
    yield {**STORY, "section": long}
    yield {**STORY, long: 1}
    yield {**STORY, "language": long}
    yield {**STORY, "published_at": long}
    yield {**STORY, "links": [{"url": f"https://example.org/{long}", "title": "x"}]}
    yield {**STORY, "tags": {"people": [long]}}


def test_stories(newsroom: Any) -> None:
    def ask(word: str) -> None:
        for sent in hostile_stories(word):
            assert newsroom.ask("POST", "/v1/stories", json=sent).status_code == 422

    assert kept(ask) < KEPT


def test_headers(newsroom: Any) -> None:
    client: FlaskClient = newsroom.client

    def ask(word: str) -> None:
        long = word + "a" * 60_000
        for name in ("Authorization", "Idempotency-Key", "If-Match", "Accept", "Accept-Encoding", "User-Agent",
                     "X-Request-ID", "Origin", "Cookie", "Content-Type", "Referer"):  # fmt: skip
            given = (
                f"Bearer {long}" if name == "Authorization" else f"desk_session={long}" if name == "Cookie" else long
            )
            client.post("/v1/stories", json=STORY, headers={name: given})

    assert kept(ask) < KEPT
