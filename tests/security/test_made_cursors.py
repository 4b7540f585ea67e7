"""Cursors that somebody made by hand, with the right seal: each is a page, or refused; none is a fault of ours."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any, Final

import pytest

from contract.calendars.conftest import Newsroom
from dateline.http.requests import cursor
from dateline.ports.index import EventSearch, Sort
from dateline_web.search.query import StoryQuery
from dateline_web.search.syntax import parse

PARTS: Final = (
    "",
    "a",
    "-1",
    "9" * 19,
    "9" * 30,
    "9" * 5000,
    "0x1p0",
    "nan",
    "inf",
    "1e999",
    "\x00",
    "a\ud800",
    "Z" * 300,
)
POSITIONS: Final = (
    (), *((part,) for part in PARTS), *product(("on", "back", "", "2026-11-30"), PARTS),
    *(("on", time, id) for time, id in product(PARTS, ("a", "\ud800"))),
    *(("on", walk, score, time, "a") for walk, score, time in product(("", "-", "abc"), ("0x1p0", "nan"), PARTS)),
    ("on", "", "0x1p0", "1", "a", "\ud800"), ("back", "", "0x1p0", "9", "a", "\x00"),
)  # fmt: skip


@pytest.fixture
def stories(paper: Newsroom) -> Newsroom:
    for number in range(3):
        paper.ask("POST", "/v1/stories", json={"headline": f"Minsk {number}", "body_text": "A tractor in Minsk."})
    event = {"title": "Opening", "start": "2027-01-05", "rrule": "FREQ=DAILY;COUNT=5"}
    assert paper.ask("POST", "/v1/events", json=event).status_code == 202
    while paper.pipeline.take_batch():
        pass
    paper.index.refresh()
    return paper


def statuses(paper: Newsroom, path: str, listing: str, **asked: str) -> dict[tuple[str, ...], int]:
    """What the pages that such cursors name are answered with."""
    return {
        position: paper.reader.get(path, query_string={**asked, "cursor": cursor.encode(position, listing)}).status_code
        for position in POSITIONS
    }


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_of_searches(stories: Newsroom, sort: Sort) -> None:
    listing = StoryQuery(parsed=parse("minsk"), sort=sort)._listing
    answers = statuses(stories, "/v1/search", listing, q="minsk", sort=sort)
    assert set(answers.values()) <= {200, 422}
    assert answers[()] == answers["on", "9" * 30, "a"] == answers["on", "-", "0x1p0", "9" * 19, "a"] == 422


def test_of_terms_and_events(stories: Newsroom) -> None:
    assert set(statuses(stories, "/v1/tags/place", "place:").values()) <= {200, 422}
    first, last = "2027-01-01", "2027-02-01"
    search = EventSearch(first_day=date.fromisoformat(first), last_day=date.fromisoformat(last))
    answers = statuses(stories, "/v1/events", repr(search), **{"from": first, "to": last})
    assert set(answers.values()) <= {200, 422}


@pytest.mark.parametrize("path", ["/v1/stories", "/v1/events", "/v1/quarantine", "/v1/drafts"])
def test_of_what_the_ledger_lists(newsroom: Any, path: str) -> None:
    listing = repr((path, []))
    for position in POSITIONS:
        query = {"cursor": cursor.encode(position, listing)}
        assert newsroom.ask("GET", path, "edda", query_string=query).status_code in (200, 422), position
    sealed = {"cursor": cursor.encode(("\ud800",), listing)}
    assert newsroom.ask("GET", path, "edda", query_string=sealed).status_code == 422
