"""Versions, tombstones, and each document of a batch decided alone."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

from contract.index.newsroom_documents import event, found, put, story, tag, term, withdrawn_story
from dateline.domain.document import FrontDocument
from dateline.domain.front import BreakingLine, Placement
from dateline.domain.picture import FocalPoint, PublicImage
from dateline.ports.index import Index, PutStatus, StoryFilter, StorySearch

EVENING = datetime(2026, 12, 5, 20, tzinfo=UTC)
PLACED = Placement(
    lead="a", second=("b", "c"), hidden=("d",), until=EVENING, breaking=BreakingLine(text="Fire.", until=EVENING)
)


def test_what_was_put_is_got_back_whole(index: Index) -> None:
    documents = [
        story("a", "A bridge", "It opened.", tags=[tag("place:brest"), tag("person:x", status="proposed")]),
        event("fair", (date(2024, 7, 3), date(2024, 7, 4))),
        term("topic:trade", aliases=("commerce",), landing=True, order=3),
        FrontDocument(id="front:home", version=1, page="home", placement=PLACED),
    ]
    put(index, *documents)
    assert index.get("story", ["a"]) == [documents[0]]
    assert index.get("event", ["fair"]) == [documents[1]]
    assert index.get("term", ["topic:trade"]) == [documents[2]]
    assert index.get("front", ["front:home", "front:section-x"]) == [documents[3]]
    assert index.versions("front") == [("front:home", 1)]


def test_pictures_are_got_back_whole(index: Index) -> None:
    image = PublicImage(
        url="/media/a/640.jpg", id="01" * 13, sha256="a" * 64, width=640, height=480, focal=FocalPoint(30, 70),
        alt="A \"b\"", caption="<b>", credit="Ann", licence_url="https://e.example/", lead=True, in_text=True,
        animated=True, jpeg_size=3_000_000_000, feeds=False, usable_until=datetime(2031, 1, 2, 3, 4, 5, 678901, UTC),
    )  # fmt: skip
    documents = [
        story(
            "a", "A bridge", "It opened.", images=(image, PublicImage(url="https://e.example/1.jpg", decorative=True))
        ),
        event("fair", (date(2024, 7, 3), date(2024, 7, 4)), images=(image,)),
        term("topic:trade", image=image),
    ]
    put(index, *documents)
    for kind, document in zip(("story", "event", "term"), documents, strict=True):
        assert index.get(kind, [document.id]) == [document]
    [brief] = index.get("story", ["a"], brief=True)
    assert brief.images == documents[0].images


def test_get_keeps_the_order_and_leaves_out_what_is_not_there(index: Index) -> None:
    put(index, story("a"), story("b"), story("c"))
    assert [document.id for document in index.get("story", ["c", "no", "a", "\ud800"])] == ["c", "a"]
    assert index.get("event", ["a"]) == []
    assert index.get("story", []) == []


def test_a_later_version_replaces_and_an_older_one_is_newer_than_itself(index: Index) -> None:
    put(index, story("a", "First words", version=5))
    put(index, story("a", "Second words", version=6))
    assert [r.status for r in index.put([story("a", "Old words", version=4)])] == [PutStatus.NEWER]
    assert found(index, "second") == ["a"]
    assert found(index, "first") == found(index, "old") == []


def test_an_equal_version_is_written_again(index: Index) -> None:
    put(index, story("a", "Before", version=5))
    put(index, story("a", "After", version=5))
    assert found(index, "after") == ["a"]
    assert found(index, "before") == []


def test_the_same_story_twice_in_a_batch_ends_as_its_newest(index: Index) -> None:
    batch = [story("a", "One", version=1), story("a", "Three", version=3), story("a", "Two", version=2)]
    statuses = [result.status for result in index.put(batch)]
    assert statuses == [PutStatus.DONE, PutStatus.DONE, PutStatus.NEWER]
    assert found(index, "three") == ["a"]
    assert found(index, "one") == found(index, "two") == []
    assert index.search(StorySearch()).total == 1


def test_what_can_never_be_stored_is_refused_alone(index: Index) -> None:
    results = index.put([story("a"), story("b", "half a pair \ud83d"), story("c")])
    assert [result.id for result in results] == ["a", "b", "c"]
    assert [result.status for result in results] == [PutStatus.DONE, PutStatus.REFUSED, PutStatus.DONE]
    assert results[1].reason
    assert found(index) == ["a", "c"]


def test_an_empty_batch_is_no_error(index: Index) -> None:
    assert index.put([]) == []


def test_a_tombstone_is_got_and_never_found(index: Index) -> None:
    put(index, story("a", "A bridge", sections="news", tags=["place:brest"]), story("b", "Another bridge"))
    put(index, withdrawn_story("a", version=2))
    assert [document.withdrawn for document in index.get("story", ["a"])] == [True]
    assert found(index) == found(index, "bridge") == ["b"]
    assert found(index, filter=StoryFilter(places=("brest",))) == []
    assert index.count_by_day(StoryFilter()) == {date(2024, 3, 5): 1}
    facets = index.search(StorySearch(facets=("section", "place"))).facets
    assert facets == {"section": (), "place": ()}


def test_a_late_write_does_not_bring_a_withdrawn_story_back(index: Index) -> None:
    put(index, withdrawn_story("a", version=7))
    assert [r.status for r in index.put([story("a", "Too late", version=6)])] == [PutStatus.NEWER]
    assert found(index) == []


def test_a_withdrawn_story_can_be_published_again_by_a_later_version(index: Index) -> None:
    put(index, story("a", "A bridge", version=1))
    put(index, withdrawn_story("a", version=2))
    put(index, story("a", "A bridge", version=3))
    assert found(index, "bridge") == ["a"]
    assert index.count_by_day(StoryFilter()) == {date(2024, 3, 5): 1}


def test_versions_list_every_document_in_pages(index: Index) -> None:
    put(index, story("b", version=2), withdrawn_story("a", version=9), story("c", version=3), term("topic:x"))
    assert index.versions("story") == [("a", 9), ("b", 2), ("c", 3)]
    assert index.versions("story", limit=2) == [("a", 9), ("b", 2)]
    assert index.versions("story", after="b") == [("c", 3)]
    assert index.versions("term") == [("topic:x", 1)]
    assert index.versions("event") == []


def test_a_refresh_shows_what_need_not_be_seen_at_once(index: Index) -> None:
    index.put([story("a", "A bridge")], refresh=False)
    index.refresh()
    assert found(index) == ["a"]


def test_what_need_not_be_seen_at_once_is_seen_soon(index: Index) -> None:
    [result] = index.put([story("a", "A bridge")], refresh=False)
    assert result.status is PutStatus.DONE
    deadline = time.monotonic() + 10
    while not found(index) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found(index) == ["a"]
