"""The stories that are linked with an event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contract.index.newsroom_documents import NOON, put, story
from dateline.domain.document import StoryDocument
from dateline.ports.index import Index, StorySearch


def told(id: str, days: int = 0, version: int = 1, events: tuple[str, ...] = ("fair",), **more: Any) -> StoryDocument:
    return story(id, at=NOON - timedelta(days=days), version=version, event_ids=events, **more)


def covering(index: Index, event_id: str = "fair", limit: int = 10) -> list[str]:
    return [one.id for one in index.coverage(event_id, limit)]


def test_stories_of_an_event_come_newest_first_and_bounded(index: Index) -> None:
    put(
        index,
        told("old", 2),
        told("new"),
        told("other", events=("concert",)),
        told("both", 1, events=("concert", "fair")),
    )
    assert covering(index) == ["new", "both", "old"]
    assert covering(index, limit=2) == ["new", "both"]
    assert covering(index, "concert") == ["other", "both"]
    assert covering(index, "nothing") == []


def test_they_are_brief_and_name_their_events(index: Index) -> None:
    put(index, told("one", events=("concert", "fair"), body="A long text."))
    [found] = index.coverage("fair", 5)
    assert (found.headline, found.body_text, found.event_ids) == (story("one").headline, "", ("concert", "fair"))
    [hit] = index.search(StorySearch(brief=True)).hits
    assert hit.document.event_ids == ("concert", "fair")


def test_what_is_unlinked_withdrawn_or_folded_is_not_there(index: Index) -> None:
    put(index, told("unlinked"), told("gone"), told("folded"), told("stays"))
    put(
        index,
        told("unlinked", version=2, events=()),
        told("gone", version=2, withdrawn=True),
        told("folded", version=2, folded_into="stays"),
    )
    assert covering(index) == ["stays"]
