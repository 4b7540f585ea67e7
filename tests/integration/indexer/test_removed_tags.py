"""Tags that a reporter took from a story stay away, however often it is tagged again; an editor's word counts more."""

from __future__ import annotations

from typing import Any, Final

import pytest

from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from integration.indexer.conftest import Room

MINSK: Final = TagRef(type="place", slug="minsk")
TEXT: Final[dict[str, Any]] = {"headline": "A fair", "body_text": "In Minsk, in Minsk and in Minsk again, they met."}


@pytest.fixture
def story(room: Room) -> str:
    return room.write(**TEXT, removed_tags=(MINSK,))


def tags(room: Room, story: str) -> set[str]:
    """What readers see."""
    room.pipeline.work()
    return {tag["slug"] for tag in room.app.test_client().get(f"/v1/stories/{story}").get_json()["tags"]}


def test_the_text_alone_gives_the_tag(room: Room) -> None:
    assert "minsk" in tags(room, room.write(**TEXT))


def test_it_stays_away_when_the_story_is_tagged_again(room: Room, story: str) -> None:
    assert tags(room, story) == {"belarus"}
    room.put(Term(type="place", slug="minsk", label="Minsk", aliases=("Mensk",), broader=("belarus",)))
    room.ledger.set_editor_tags(story, [], [], room.editor)
    assert tags(room, story) == {"belarus"}
    assert "removed" not in room.read(f"/v1/stories/{story}") + room.read(f"/v1/stories/{story}?format=ninjs")


def test_an_editor_may_put_it_back(room: Room, story: str) -> None:
    room.ledger.set_editor_tags(story, [MINSK], [], room.editor)
    assert "minsk" in tags(room, story)
