"""The front page: what it shows, and how often it asks the index."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.ports.index import StoryPage, StorySearch
from dateline_web.front.page import MOST_COLUMNS
from unit.web.conftest import Fill
from unit.web.documents import story, terms_of


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
    assert page.count('<section class="column">') == MOST_COLUMNS
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
