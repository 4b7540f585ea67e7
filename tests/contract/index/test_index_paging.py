"""Paging: every story once, in the sort's order, whatever ties."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.index.conftest import NewIndex
from contract.index.newsroom_documents import MINSK, NOON, all_pages, clauses, ids, put, story, withdrawn_story
from dateline.domain.document import StoryDocument
from dateline.errors import InvalidInput
from dateline.ports.index import Index, Sort, StoryFilter, StorySearch

HOURS = [3, 1, 1, 2, 1, 3, 0, 2, 1, 1, 0, 3, 2]
STORIES = [
    story(f"s{number:02}", "grain " * (1 + number % 3), at=NOON + timedelta(hours=hour), sections="news")
    for number, hour in enumerate(HOURS)
]
BY_TIME = sorted(STORIES, key=lambda story: (story.published_at, story.id))


@pytest.fixture
def newsroom(index: Index) -> Index:
    put(index, *STORIES)
    return index


@pytest.mark.parametrize("query", ["", "grain", "-nothing"])
@pytest.mark.parametrize("filter", [StoryFilter(), StoryFilter(sections=("news",)), StoryFilter(first_day=NOON.date())])
@pytest.mark.parametrize("limit", [1, 5, 13])
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_pages_by_time(newsroom: Index, query: str, filter: StoryFilter, limit: int, sort: Sort) -> None:
    search = StorySearch(clauses=clauses(query), filter=filter, sort=sort, limit=limit)
    pages = all_pages(newsroom, search)
    expected = [story.id for story in (BY_TIME if sort == "oldest" else reversed(BY_TIME))]
    assert [id for page in pages for id in ids(page)] == expected
    assert {page.total for page in pages} == {len(STORIES)}
    assert all(len(page.hits) == limit for page in pages[:-1])


@pytest.mark.parametrize("limit", [1, 2, 5, 13])
def test_pages_by_relevance(newsroom: Index, limit: int) -> None:
    whole = ids(newsroom.search(StorySearch(clauses=clauses("grain"), limit=100)))
    pages = all_pages(newsroom, StorySearch(clauses=clauses("grain"), limit=limit))
    assert [id for page in pages for id in ids(page)] == whole
    assert sorted(whole) == [story.id for story in STORIES]


@pytest.mark.parametrize("query", ["", "grain"])
@pytest.mark.parametrize("filter", [StoryFilter(), StoryFilter(sections=("news",)), StoryFilter(first_day=NOON.date())])
@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize("limit", [4, 13])
def test_pages_are_the_same_on_the_way_back(
    newsroom: Index, query: str, filter: StoryFilter, sort: Sort, limit: int
) -> None:
    search = StorySearch(clauses=clauses(query), filter=filter, sort=sort, limit=limit)
    pages = all_pages(newsroom, search)
    assert pages[0].before is None
    page = pages[-1]
    for expected in reversed(pages[:-1]):
        page = newsroom.search(replace(search, after=page.before, backwards=True))
        assert ids(page) == ids(expected)
        assert (page.before, page.after, page.total) == (expected.before, expected.after, expected.total)


def test_nothing_stands_before_the_first(newsroom: Index) -> None:
    second = newsroom.search(StorySearch(sort="newest", limit=5)).after
    first = newsroom.search(StorySearch(sort="newest", limit=8, after=second, backwards=True))
    assert len(first.hits) == 4
    assert first.before is None


def test_equal_scores_come_newest_first(index: Index) -> None:
    put(index, *(story(f"s{n:02}", "grain", at=NOON + timedelta(hours=hour)) for n, hour in enumerate(HOURS)))
    expected = [story.id for story in reversed(BY_TIME)]
    pages = all_pages(index, StorySearch(clauses=clauses("grain"), limit=4))
    assert [id for page in pages for id in ids(page)] == expected


@pytest.mark.parametrize("query", ["", "-nothing"])
def test_relevance_without_something_to_find_is_newest(newsroom: Index, query: str) -> None:
    expected = [story.id for story in reversed(BY_TIME)]
    pages = all_pages(newsroom, StorySearch(clauses=clauses(query), limit=5, sort="relevance"))
    assert [id for page in pages for id in ids(page)] == expected


def test_a_story_that_arrives_between_two_pages_moves_nothing(newsroom: Index) -> None:
    first = newsroom.search(StorySearch(sort="newest", limit=5))
    put(newsroom, story("late", at=NOON + timedelta(days=1)))
    rest = all_pages(newsroom, StorySearch(sort="newest", limit=5, after=first.after))
    assert [*ids(first), *(id for page in rest for id in ids(page))] == [story.id for story in reversed(BY_TIME)]


def grains(first: int, last: int) -> list[StoryDocument]:
    """Stories of many scores: the word's share of a text differs, and so does the texts' length."""
    return [
        story(f"s{number:04}", "grain " * (1 + number % 5) + "harvest " * (number * 7 % 40), at=NOON)
        for number in range(first, last)
    ]


def test_by_relevance_no_story_comes_twice_or_is_missed_while_others_are_written(index: Index) -> None:
    put(index, *grains(0, 400))
    search = StorySearch(clauses=clauses("grain"), limit=10)
    pages = [index.search(search)]
    for number in range(400, 900, 13):
        put(index, *grains(number, number + 13), story("s0007", "grain " * (number % 90), at=NOON, version=number))
        if pages[-1].after is not None:
            pages.append(index.search(replace(search, after=pages[-1].after)))
    pages += all_pages(index, replace(search, after=pages[-1].after))
    read = [id for page in pages for id in ids(page)]
    assert len(read) == len(set(read))
    assert {document.id for document in grains(0, 400)} <= set(read)
    back = index.search(replace(search, after=pages[20].before, backwards=True))
    assert ids(back) == ids(pages[19])


def test_a_story_that_is_withdrawn_during_a_walk_is_shown_to_nobody(newsroom: Index) -> None:
    search = StorySearch(clauses=clauses("grain"), limit=4, facets=("section",), highlight=True)
    second = newsroom.search(replace(search, after=newsroom.search(search).after))
    third = newsroom.search(replace(search, after=second.after))
    gone = ids(third)[0]
    put(newsroom, withdrawn_story(gone, version=9))
    again = newsroom.search(replace(search, after=second.after))
    assert gone not in ids(again)
    assert again.total == again.facets["section"][0].count == len(STORIES) - 1
    assert all(hit.highlights for hit in again.hits)


def test_the_way_back_by_relevance_ends_with_the_first_page_of_now(newsroom: Index) -> None:
    search = StorySearch(clauses=clauses("grain"), limit=4)
    first = newsroom.search(search)
    second = newsroom.search(replace(search, after=first.after))
    put(newsroom, story("s00", "grain " * 40, at=NOON, version=2))
    again = newsroom.search(replace(search, after=second.before, backwards=True))
    assert (ids(again), again.before) == (ids(newsroom.search(search)), None)
    assert "s00" in ids(again)


def test_who_walks_a_way_that_is_forgotten_goes_on_by_score(newsroom: Index, new_index: NewIndex) -> None:
    search = StorySearch(clauses=clauses("grain"), limit=4)
    whole = ids(newsroom.search(replace(search, limit=100)))
    first = newsroom.search(search)
    second = newsroom.search(replace(search, after=first.after))
    other = new_index(MINSK)
    put(other, *STORIES)
    rest = all_pages(other, replace(search, after=second.after))
    assert [*ids(first), *ids(second), *(id for page in rest for id in ids(page))] == whole


def test_facets_are_the_same_on_every_page(newsroom: Index) -> None:
    pages = all_pages(newsroom, StorySearch(clauses=clauses("grain"), facets=("section",), limit=4))
    assert {page.facets["section"][0].count for page in pages} == {len(STORIES)}


@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_a_cursor_that_no_page_gave_is_refused(newsroom: Index, sort: Sort) -> None:
    search = StorySearch(clauses=clauses("grain"), sort=sort)
    by_hand = [
        ("9" * 30, "a"), ("-" + "9" * 19, "a"), ("9" * 5000, "a"), ("1.5", "a"), ("inf", "a"), ("1", ""),
        ("1", "a", "b"),
        *(("-", score, time, "a") for score, time in [
            ("0x1p0", "9" * 19), ("1.0", "9" * 30), ("inf", "1"), ("1" + "0" * 400, "1"), ("nan", "1"), ("", "1"),
        ]),
        ("abc", "1.0", "9" * 30, "a"), ("", "1.0", "9" * 30, "a"),
    ]  # fmt: skip
    for after in [(), ("x",), ("x", "y"), ("1", "2", "x", "4"), ("", ""), *by_hand]:
        with pytest.raises(InvalidInput):
            newsroom.search(replace(search, after=after))
