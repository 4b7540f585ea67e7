"""The desk's page of a term: its stories with their sentences, names, broader terms, codes, description, map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import StoryDocument
from dateline.domain.tag import Evidence, Tag
from dateline.errors import IndexUnavailable
from unit.web.documents import MINSK, story

BRIDGES = "/terms/topic/bridges"
TEXT = "It rained. The new bridge is open, and a bridge it is. Nobody came."


@pytest.fixture
def index(tmp_path: Path, newsroom: Any) -> Iterator[EmbeddedIndex]:
    """The newsroom's index."""
    with closing(EmbeddedIndex(tmp_path / "index", MINSK)) as index:
        index.ensure()
        parts = newsroom.app.extensions["dateline"]
        newsroom.app.extensions["dateline"] = replace(parts, index=index)
        yield index


def page_of(newsroom: Any, path: str = BRIDGES) -> str:
    answer = newsroom.ask("GET", path, "edda")
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def listed(page: str) -> list[str]:
    """The stories of the page, each as its words without tags but for the marks."""
    part = page[page.index('<section class="carrying"') :].partition("</section>")[0]
    plain = re.sub(r"<(?!/?mark)[^>]*>", "", part)
    return [" ".join(unescape(line).split()) for line in plain.splitlines() if line.strip()]


def bridged(number: int, *evidence: Evidence, **more: Any) -> StoryDocument:
    at = datetime(2026, 11, 1, 12, tzinfo=MINSK) - timedelta(days=number)
    given = Tag(type="topic", slug="bridges", label="Bridges", evidence=evidence)
    return story(published_at=at, day=at.date(), headline=f"Story {number}", tags=(given,), **more)


def words(start: int, end: int) -> Evidence:
    return Evidence("body_text", start, end, TEXT[start:end], "phrase")


def test_its_newest_stories_stand_with_the_sentence_and_its_marked_words(newsroom: Any, index: EmbeddedIndex) -> None:
    first, second = TEXT.index("new bridge"), TEXT.rindex("bridge")
    found = bridged(0, words(second, second + 6), words(first, first + 10), body_text=TEXT)
    index.put(
        [
            found,
            *(bridged(number, Evidence("section", 0, 4, "news", "section"), section="news") for number in range(1, 12)),
        ]
    )
    lines = listed(page_of(newsroom))
    assert "The newest 10 of 12 stories" in lines
    assert "The <mark>new bridge</mark> is open, and a <mark>bridge</mark> it is." in lines
    assert "Its section speaks for it: News." in lines
    assert lines[2].startswith("Story 0") and not any(line.startswith("Story 10") for line in lines)


def test_the_page_of_a_term_works_while_the_archive_is_away(
    newsroom: Any, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise IndexUnavailable("away")

    assert "No story that readers see carries it." in listed(page_of(newsroom))
    monkeypatch.setattr(EmbeddedIndex, "search", away)
    assert "The archive can’t be searched right now, so its stories can’t be shown." in listed(page_of(newsroom))
