"""One suite for every index adapter: a test that takes ``index`` runs once on each of ``ADAPTERS``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from contract.index.newsroom_documents import MINSK, put
from dateline.adapters.elastic import ElasticIndex
from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import Document
from dateline.ports.index import Index
from dateline.ports.index.partition import WHOLE, Partitioning
from servers.elastic import ElasticServer

SHARDS = int(os.environ.get("ELASTIC_SHARDS", "1"))
"""Of each Elasticsearch index of the suite: ``ELASTIC_SHARDS=3`` runs all of it on three."""

NewIndex = Callable[[ZoneInfo], Index]

ADAPTERS = [
    pytest.param("new_embedded_index", id="embedded"),
    pytest.param("new_elastic_index", id="elasticsearch", marks=pytest.mark.elasticsearch),
]
"""Fixtures that give a ``NewIndex``: a function that makes an empty, ensured index for a zone."""


@pytest.fixture
def new_embedded_index(tmp_path: Path) -> Iterator[NewIndex]:
    opened: list[EmbeddedIndex] = []

    def new(zone: ZoneInfo) -> Index:
        index = EmbeddedIndex(tmp_path / f"index{len(opened)}", zone)
        opened.append(index)
        index.ensure()
        return index

    yield new
    for index in opened:
        index.close()


@pytest.fixture
def new_elastic_index(elastic_server: ElasticServer) -> Iterator[NewIndex]:
    opened: list[ElasticIndex] = []

    def new(zone: ZoneInfo) -> Index:
        client = ElasticClient(elastic_server.url, timeout=20)
        index = ElasticIndex(client, prefix=f"test-{uuid4().hex}", zone=zone, shards=SHARDS)
        opened.append(index)
        index.ensure()
        return index

    yield new
    for index in opened:
        index.erase()
        index.close()


@contextmanager
def filled_elastic_index(
    server: ElasticServer, documents: Sequence[Document], *, shards: int = 1, partitioning: Partitioning = WHOLE
) -> Iterator[ElasticIndex]:
    """An index on Elasticsearch with these documents; it is erased in the end."""
    client = ElasticClient(server.url, timeout=20)
    index = ElasticIndex(client, prefix=f"test-{uuid4().hex}", zone=MINSK, shards=shards, partitioning=partitioning)
    index.ensure()
    put(index, *documents)
    yield index
    index.erase()
    index.close()


@pytest.fixture(params=ADAPTERS)
def new_index(request: pytest.FixtureRequest) -> NewIndex:
    """Makes empty indices of one adapter."""
    new: NewIndex = request.getfixturevalue(request.param)
    return new


@pytest.fixture
def index(new_index: NewIndex) -> Index:
    """An empty index of a newsroom in Minsk."""
    return new_index(MINSK)
