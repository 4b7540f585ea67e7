"""An index of three shards answers as one of one shard does: facets and what appears beside, to the last story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from contract.index.conftest import filled_elastic_index
from contract.index.newsroom_documents import all_pages, clauses, ids, story
from dateline.ports.index import Index, StoryFilter, StorySearch
from servers.elastic import ElasticServer

pytestmark = pytest.mark.elasticsearch

TOPICS = [f"t{number:02}" for number in range(60)]
STORIES = [
    story(
        f"s{number:03}", "grain " * (1 + number % 5),
        tags=[f"topic:{TOPICS[(number * step) % 60]}" for step in (1, 7, 11)] + ["place:kursk"] * (number % 3 == 0),
    )
    for number in range(300)
]  # fmt: skip


@pytest.fixture(scope="module")
def index(elastic_server: ElasticServer) -> Iterator[Index]:
    with filled_elastic_index(elastic_server, STORIES, shards=3) as index:
        yield index


def topics_of(*, place: str = "") -> Counter[str]:
    found: Counter[str] = Counter()
    for one in STORIES:
        carried = {tag.slug for tag in one.tags if tag.type == "topic"}
        if not place or place in {tag.slug for tag in one.tags}:
            found.update(carried)
    return found


@pytest.mark.parametrize("size", [1, 3, 10])
@pytest.mark.parametrize("place", ["", "kursk"])
def test_every_count_that_is_shown_is_exact(index: Index, size: int, place: str) -> None:
    filter = StoryFilter(places=(place,) if place else ())
    page = index.search(StorySearch(clauses=clauses("grain"), filter=filter, facets=("topic",), facet_size=size))
    shown = {value.value: value.count for value in page.facets["topic"]}
    assert len(shown) == size
    assert shown == {slug: topics_of(place=place)[slug] for slug in shown}
    assert list(shown.values()) == sorted(shown.values(), reverse=True)


def test_what_appears_beside_a_place_is_counted_exactly(index: Index) -> None:
    for value in index.appears_with("place", "kursk", 5)["topic"]:
        assert value.count == topics_of(place="kursk")[value.value]


def test_pages_by_relevance_have_each_story_once(index: Index) -> None:
    pages = all_pages(index, StorySearch(clauses=clauses("grain"), limit=30))
    assert sorted(id for page in pages for id in ids(page)) == [one.id for one in STORIES]
