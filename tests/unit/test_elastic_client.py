"""Requests to Elasticsearch: each search says how long it may take, and half an answer is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError

from dateline.adapters.elastic import ElasticIndex
from dateline.adapters.elastic.client import ElasticClient
from dateline.deadline import set_deadline
from dateline.domain.document import StoryDocument
from dateline.domain.tag import Tag
from dateline.errors import IndexUnavailable
from dateline.ports.index import Clause, EventSearch, Index, StoryFilter, StorySearch, TermSearch
from unit.indexer.parts import MINSK
from unit.web.documents import NOW

CLAUSES: Final = (Clause(text="minsk"),)


BUCKETS: Final = {
    "known": {"w0": {"doc_count": 0}},
    "tags": {"place:minsk": {"doc_count": 1}},
}

COUNTED: Final = {"doc_count": 0, "doc_count_error_upper_bound": 0}


UNAVAILABLE: Final = ApiResponseMeta(
    status=503, http_version="1.1", headers=HttpHeaders(), duration=0.0, node=NodeConfig("http", "localhost", 9200)
)


class Server:
    """Stands for the library's client: finds nothing, and notes what each search said of its time."""

    timed_out = False

    def __init__(self) -> None:
        self.timeouts: list[str | None] = []
        self.failing: list[str] = []

    def options(self, **_: Any) -> Server:
        return self

    def search(self, *, timeout: str | None = None, **body: Any) -> Any:
        self.timeouts.append(timeout)
        if self.failing:
            raise ApiError(self.failing.pop(), UNAVAILABLE, {})
        empty = {"total": {"value": 0}, "hits": []}
        counts = {name: COUNTED | {"buckets": BUCKETS.get(name, [])} for name in body.get("aggregations", {})}
        suggested = {name: [{"options": [{"text": "minsk", "freq": 1}]}] for name in body.get("suggest", {})}
        return Answer(hits=empty, aggregations=counts, suggest=suggested, timed_out=self.timed_out, pit_id="")

    def msearch(self, *, searches: list[dict[str, Any]], **_: Any) -> Any:
        return {"responses": [self.search(**body) for body in searches[1::2]]}


class Answer(dict[str, Any]):
    """An answer of the library's."""

    @property
    def body(self) -> Answer:
        return self


@pytest.fixture
def server() -> Iterator[Server]:
    yield Server()
    set_deadline(None)


@pytest.fixture
def index(server: Server, monkeypatch: pytest.MonkeyPatch) -> ElasticIndex:
    client = ElasticClient("http://localhost:9200")
    monkeypatch.setattr(client, "_connected", lambda: server)
    return ElasticIndex(client, prefix="test", zone=MINSK)


STORY: Final = StoryDocument(
    id="a", version=1, revision=1, published_at=NOW, updated_at=NOW, day=NOW.date(), headline="Minsk", slug="minsk",
    body_text="", tags=(Tag(type="place", slug="minsk", label="Minsk"),),
)  # fmt: skip

WAYS: Final[dict[str, Callable[[Index], object]]] = {
    "search": lambda index: index.search(StorySearch(clauses=CLAUSES, highlight=True)),
    "page": lambda index: index.search(StorySearch(clauses=CLAUSES, after=("point", "1.0", "1", "a"))),
    "search with months": lambda index: index.search(StorySearch(clauses=CLAUSES, months=StoryFilter())),
    "months": lambda index: index.count_by_month(StoryFilter(), CLAUSES),
    "related": lambda index: index.related(STORY, 5),
    "beside": lambda index: index.appears_with("place", "minsk", 5),
    "suggestions": lambda index: index.suggest("min", 5),
    "spelling": lambda index: index.spelling("minks"),
    "terms": lambda index: index.terms(TermSearch(type="place", limit=5)),
    "mentions": lambda index: index.ids_mentioning(["Minsk"], [], after="", limit=5),
    "events": lambda index: index.events(EventSearch(first_day=date(2026, 3, 1), last_day=date(2026, 3, 2))),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_search_says_how_long_it_may_take(index: ElasticIndex, server: Server, way: str) -> None:
    set_deadline(2.0)
    WAYS[way](index)
    assert server.timeouts
    assert all(timeout is not None and 0 < int(timeout.removesuffix("ms")) <= 2000 for timeout in server.timeouts)


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_the_server_broke_off_is_none(index: ElasticIndex, server: Server, way: str) -> None:
    server.timed_out = True
    with pytest.raises(IndexUnavailable, match="in time"):
        WAYS[way](index)


def test_a_search_whose_generation_was_dropped_under_it_is_sent_once_more(index: ElasticIndex, server: Server) -> None:
    server.failing = ["search_phase_execution_exception"]
    assert index.search(StorySearch(clauses=CLAUSES)).total == 0
    server.failing = ["search_phase_execution_exception"] * 2
    with pytest.raises(IndexUnavailable, match="busy: search_phase_execution_exception"):
        index.search(StorySearch(clauses=CLAUSES))


def test_what_a_cluster_refuses_otherwise_is_not_asked_twice(index: ElasticIndex, server: Server) -> None:
    server.failing = ["unavailable_shards_exception"]
    with pytest.raises(IndexUnavailable, match="busy: unavailable_shards_exception"):
        index.search(StorySearch(clauses=CLAUSES))
    assert len(server.timeouts) == 1
