"""Sources of Elasticsearch: what a document becomes comes back whole, and nothing long stands there twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson
import pytest

from dateline.adapters.elastic.document_json import document_of, source_of
from dateline.domain.document import Crumb, StoryDocument
from dateline.domain.html import html_of_text
from dateline.domain.payload import to_json
from dateline.domain.tag import Evidence, Tag

ZONE: Final = ZoneInfo("Europe/Minsk")
NOON: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
BODY: Final = "Trains stop in Minsk.\n\nThe bridge of Minsk is closed."
STORY: Final = StoryDocument(
    id="a", version=3, revision=2, published_at=NOON, updated_at=NOON, day=NOON.date(), headline="Minsk waits",
    slug="minsk-waits", body_text=BODY, body_html=html_of_text(BODY), byline="Nina Belova", slugline="bridge",
    source="BelTA", section="society", sections=(Crumb(slug="society", label="Society"),),
    tags=(
        Tag("place", "minsk", "Minsk", 0.9, evidence=(
            Evidence("headline", 0, 5, "Minsk", "name"), Evidence("body_text", 15, 20, "Minsk", "name"),
        )),
        Tag("topic", "roads", "Roads", source="editor"),
        Tag("person", "nina-belova", "Nina Belova", 0.5, "proposed", evidence=(Evidence("tags", 0, 0, "n", "said"),)),
    ),
)  # fmt: skip

STORIES: Final = {
    "of a text": STORY,
    "of HTML": replace(STORY, body_html="<p>Trains <b>stop</b> in Minsk.</p><p>The bridge of Minsk is closed.</p>"),
    "that folding changes": replace(STORY, headline="Minsk’s bridge", body_text="U.S. trains", tags=(), byline="О’Нил"),
    "in another language": replace(STORY, language="ru", body_text="Поезда стоят", body_html="", tags=()),
    "withdrawn": StoryDocument(
        id="a", version=4, revision=3, published_at=NOON, updated_at=NOON, day=NOON.date(), withdrawn=True, notice="N",
    ),
}  # fmt: skip


def sent(story: StoryDocument) -> dict[str, Any]:
    source: dict[str, Any] = orjson.loads(orjson.dumps(source_of(story, ZONE)))
    return source


@pytest.mark.parametrize("name", STORIES)
def test_a_story_comes_back_whole(name: str) -> None:
    assert document_of("story", sent(STORIES[name])) == STORIES[name]


def test_a_text_that_folding_leaves_as_it_is_stands_once() -> None:
    source = orjson.dumps(source_of(STORY, ZONE)).decode()
    assert [source.count(words) for words in ("The bridge of", "Minsk waits", "Nina Belova", "2026-03-01T")] == [
        1,
        1,
        2,
        2,
    ]


def test_a_source_with_tags_as_objects_is_read_too() -> None:
    source = sent(STORY)
    source["doc"] = to_json(STORY)
    assert document_of("story", source) == STORY
