"""Generations: a new one is filled beside the old, and readers change over in one step."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from contract.index.newsroom_documents import clauses, event, found, put, story, term, withdrawn_story
from dateline.errors import Conflict
from dateline.ports.index import Index, PutStatus, StorySearch


def test_there_is_one_generation_to_begin_with(index: Index) -> None:
    assert index.generations() == [index.current_generation()]
    index.check()


def test_ensure_again_changes_nothing(index: Index) -> None:
    put(index, story("a"))
    before = index.generations()
    index.ensure()
    assert index.generations() == before
    assert found(index) == ["a"]


def test_a_new_generation_is_unseen_until_the_swap(index: Index) -> None:
    put(index, story("a", "Old"), term("topic:x", "Old"))
    old, new = index.current_generation(), index.create_generation()
    assert index.generations() == [old, new]
    index.put([story("a", "New"), story("b", "New"), term("topic:x", "New")], generation=new)
    assert found(index) == found(index, "old") == ["a"]
    assert found(index, "new") == []
    assert index.versions("story", generation=new) == [("a", 1), ("b", 1)]
    index.swap(new)
    assert index.current_generation() == new
    assert found(index, "new") == found(index) == ["a", "b"]
    [seen] = index.get("term", ["topic:x"])
    assert seen == term("topic:x", "New")
    put(index, story("c", "Later"))
    assert index.versions("story", generation=new) == [("a", 1), ("b", 1), ("c", 1)]


def test_in_a_generation_that_is_filled_an_equal_version_is_newer(index: Index) -> None:
    new = index.create_generation()
    index.put([story("a", "Live", version=4)], generation=new)
    filled = [story("a", "Replayed", version=4), story("b", "Replayed", version=1), story("a", "Next", version=5)]
    statuses = [result.status for result in index.put(filled, generation=new)]
    assert statuses == [PutStatus.NEWER, PutStatus.DONE, PutStatus.DONE]
    index.swap(new)
    assert found(index, "replayed") == ["b"]
    assert found(index, "next") == ["a"]


def test_all_kinds_and_tombstones_are_versioned_by_generation(index: Index) -> None:
    new = index.create_generation()
    index.put([withdrawn_story("a", version=3), event("e", (date(2024, 7, 3), None))], generation=new)
    assert index.versions("story", generation=new) == [("a", 3)]
    assert index.versions("event", generation=new) == [("e", 1)]
    assert index.versions("story") == index.versions("event") == []


def test_dropping(index: Index) -> None:
    old, new = index.current_generation(), index.create_generation()
    with pytest.raises(Conflict):
        index.drop_generation(old)
    index.swap(new)
    index.drop_generation(old)
    assert index.generations() == [new]
    spare = index.create_generation()
    index.drop_generation(spare)
    assert index.generations() == [new]
    put(index, story("a"))
    assert found(index) == ["a"]


def test_generations_are_named_in_their_order(index: Index) -> None:
    names = [index.current_generation(), *(index.create_generation() for _ in range(3))]
    assert index.generations() == names
    assert len(set(names)) == 4


def test_a_reader_sees_one_generation_or_the_other_and_never_fewer_stories(index: Index) -> None:
    stories = [story(f"s{number:03}", "Grain") for number in range(40)]
    put(index, *stories)
    stop, wrong, searches = threading.Event(), [], [0]

    def read() -> None:
        while not stop.is_set():
            page = index.search(StorySearch(clauses=clauses("grain"), limit=100))
            searches[0] += 1
            if page.total != len(stories) or len(page.hits) != len(stories):
                wrong.append(page.total)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(3):
            old, new = index.current_generation(), index.create_generation()
            index.put(stories, generation=new)
            index.swap(new)
            index.drop_generation(old)
        seen = searches[0]
        while searches[0] < seen + 3 and reader.is_alive():
            stop.wait(0.01)
    finally:
        stop.set()
        reader.join()
    assert not wrong
    assert searches[0] > 3
