"""The front page: what it shows, and how often it asks the index."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import FrontDocument
from dateline.domain.event import Location
from dateline.domain.front import BreakingLine, Placement
from dateline.fronts.home import MAX_COLUMNS
from dateline.ports.index import StoryPage, StorySearch
from unit.web.conftest import Fill
from unit.web.documents import NOW, event, story, terms_of


@pytest.fixture
def searches(index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> list[StorySearch]:
    """The searches that the index was asked."""
    asked: list[StorySearch] = []
    search = index.search

    def counted(wanted: StorySearch) -> StoryPage:
        asked.append(wanted)
        return search(wanted)

    monkeypatch.setattr(index, "search", counted)
    return asked


def test_sixty_sections_are_not_sixty_searches(client: FlaskClient, fill: Fill, searches: list[StorySearch]) -> None:
    stories = [story(f"Story {n}", section=f"section-{n % 60:02}") for n in range(180)]
    fill([*stories, *terms_of(stories)])
    page = client.get("/").text
    assert page.count('<section class="column">') == MAX_COLUMNS
    assert len(searches) <= 16


def test_sections_without_a_story_of_their_own_are_not_asked_for_without_end(
    client: FlaskClient, fill: Fill, searches: list[StorySearch]
) -> None:
    everywhere = "/".join(f"section-{n:02}" for n in range(60))
    stories = [story(f"Story {n}", section=everywhere) for n in range(4)]
    terms = terms_of(stories)
    fill([*stories, *(replace(term, broader=()) for term in terms)])
    assert client.get("/").status_code == 200
    assert len(searches) <= 16


def test_one_story_fills_the_front_page(client: FlaskClient, fill: Fill) -> None:
    fill([story("The only story", section="news")])
    page = client.get("/").text
    assert page.count("The only story") == 1
    assert "seconds-0" in page


def test_the_front_page_shows_no_story_twice(newsroom: FlaskClient) -> None:
    headlines = re.findall(r'class="headline"><a href="([^"]*)"', newsroom.get("/").text)
    assert len(headlines) == len(set(headlines)) > 10


def test_todays_events_are_on_the_front_page(client: FlaskClient, fill: Fill) -> None:
    today = date(2026, 11, 24)
    fill(
        [
            event("Winter fair", today, location=Location(name="Square", city="Minsk")),
            event("Past fair", date(2020, 1, 1)),
        ]
    )
    page = client.get("/").text
    assert "Winter fair" in page
    assert "Square, <bdi>Minsk</bdi>" in page
    assert "Past fair" not in page


def test_what_an_editor_placed_stands_on_the_front_page(client: FlaskClient, fill: Fill) -> None:
    stories = [story(f"Story {n}", id=f"s{n}", summary="So.", published_at=NOW - timedelta(hours=n)) for n in range(6)]
    line = BreakingLine(text="The bridge is <closed>.", until=NOW + timedelta(hours=1), story="s3")
    placed = Placement(lead="s5", second=("s4",), hidden=("s0",), breaking=line)
    fill([*stories, FrontDocument(id="front:home", version=1, page="home", placement=placed)])
    page = client.get("/").text
    headlines = re.findall(r'class="headline"><a href="[^"]*">(Story \d)', page)
    assert headlines[:4] == ["Story 5", "Story 4", "Story 1", "Story 2"] and "Story 0" not in page
    assert '<a href="/stories/s3/story-3">The bridge is &lt;closed&gt;.</a>' in page


def test_of_todays_stories_the_time_is_said(client: FlaskClient, fill: Fill) -> None:
    fill([story("Now", published_at=NOW - timedelta(hours=1)), story("Then", published_at=NOW - timedelta(days=2))])
    page = client.get("/").text
    assert ">14:00</time>" in page and ">22 Nov 2026</time>" in page
