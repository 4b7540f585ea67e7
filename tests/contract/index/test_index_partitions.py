"""Stories in two partitions, by the years in their ids, are found, listed, counted and replaced as if in one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from contract.index.conftest import filled_elastic_index
from contract.index.newsroom_documents import MINSK, all_pages, clauses, found, ids, put, story, withdrawn_story
from dateline.adapters.elastic import ElasticIndex
from dateline.adapters.elastic.client import ElasticClient
from dateline.errors import IndexUnavailable
from dateline.ports.index import PutStatus, Sort, StoryFilter, StorySearch
from fakes.partitions import BY_YEAR, id_of, year_of
from servers.elastic import ElasticServer

pytestmark = pytest.mark.elasticsearch

NEW_YEAR = datetime(2024, 1, 1, tzinfo=UTC)
IDS = [id_of(NEW_YEAR + timedelta(days=day), abs(day)) for day in range(-20, 20)]
STORIES = [
    story(
        item_id, "grain " * (1 + place % 4), at=NEW_YEAR + timedelta(days=(place * 7) % 40),
        tags=[f"topic:t{(place * step) % 9}" for step in (1, 2)] + ["place:kursk"] * (place % 3 == 0),
    )
    for place, item_id in enumerate(IDS)
]  # fmt: skip
"""Their dates have nothing to do with the years of their ids."""


@pytest.fixture(scope="module")
def whole(elastic_server: ElasticServer) -> Iterator[ElasticIndex]:
    with filled_elastic_index(elastic_server, STORIES) as index:
        yield index


@pytest.fixture(scope="module")
def index(elastic_server: ElasticServer) -> Iterator[ElasticIndex]:
    with filled_elastic_index(elastic_server, STORIES, partitioning=BY_YEAR) as index:
        yield index


def test_each_story_stands_in_the_partition_of_its_id(index: ElasticIndex) -> None:
    names = index._generations.indices(index.current_generation(), "story")
    assert [name.rsplit("-", 1)[-1] for name in names] == ["2023", "2024"]
    with index._client.request() as server:
        hits = server.search(index=names, size=100)["hits"]["hits"]
    assert {hit["_id"]: hit["_index"][-4:] for hit in hits} == {item_id: year_of(item_id) for item_id in IDS}


def test_answers_are_those_of_one_index(index: ElasticIndex, whole: ElasticIndex) -> None:
    for filter in (StoryFilter(), StoryFilter(places=("kursk",), first_day=NEW_YEAR.date())):
        search = StorySearch(clauses=clauses("grain"), filter=filter, sort="newest", facets=("topic",), facet_size=4)
        ours, theirs = index.search(search), whole.search(search)
        assert (ours.total, ids(ours), ours.after) == (theirs.total, ids(theirs), theirs.after)
        counts = [{value.value: value.count for value in page.facets["topic"]} for page in (ours, theirs)]
        assert sorted(counts[0].values()) == sorted(counts[1].values())
        assert index.count_by_day(filter) == whole.count_by_day(filter)
    assert index.get("story", IDS[::-1]) == whole.get("story", IDS[::-1])
    assert index.versions("story", limit=1000) == [(item_id, 1) for item_id in IDS]
    assert index.ids_mentioning(["grain"], [], after=IDS[3], limit=30) == IDS[4:34]
    assert len(index.related(STORIES[0], 5)) == len(whole.related(STORIES[0], 5))


@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_pages_have_each_story_once(index: ElasticIndex, sort: Sort) -> None:
    pages = all_pages(index, StorySearch(clauses=clauses("grain"), sort=sort, limit=7))
    assert sorted(item_id for page in pages for item_id in ids(page)) == IDS


def test_an_index_that_was_parted_otherwise_is_filled_anew(elastic_server: ElasticServer, whole: ElasticIndex) -> None:
    """And then: a correction of its date moves no story, and a generation is swapped, expunged and dropped."""
    client = ElasticClient(elastic_server.url, timeout=20)
    prefix = whole._generations.alias("story").removesuffix("-stories")
    index = ElasticIndex(client, prefix=prefix, zone=MINSK, partitioning=BY_YEAR)
    with pytest.raises(IndexUnavailable, match="partition"):
        index.check()
    old, new = index.current_generation(), index.create_generation()
    index.put(STORIES, generation=new)
    assert [item_id for item_id, _ in index.versions("story", generation=new)] == IDS
    assert index.generations() == [old, new]
    index.swap(new)
    index.check()
    with pytest.raises(IndexUnavailable, match="partition"):
        whole.check()

    item_id = IDS[0]
    assert year_of(item_id) == "2023"
    put(index, story(item_id, "wheat", at=NEW_YEAR + timedelta(days=300), version=3))
    assert (found(index, "wheat"), index.search(StorySearch()).total) == ([item_id], len(IDS))
    [late] = index.put([story(item_id, "grain", version=2)])
    assert late.status is PutStatus.NEWER

    index.expunge()
    index.drop_generation(old)
    assert (found(index, "wheat"), index.search(StorySearch()).total) == ([item_id], len(IDS))
    put(index, withdrawn_story(item_id, version=4))
    assert (found(index, "wheat"), index.versions("story", limit=1)) == ([], [(item_id, 4)])
    assert len(index.generations()) == 1
