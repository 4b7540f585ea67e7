"""Expunging: what was deleted or replaced is in no file of the index afterwards, and the rest is as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from contract.index.newsroom_documents import MINSK, found, put, story, withdrawn_story
from dateline.adapters import sqlite_expunge
from dateline.adapters.elastic import ElasticIndex
from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.generations import Generations
from dateline.adapters.embedded import EmbeddedIndex
from dateline.errors import IndexUnavailable
from dateline.ports.index import Index, PutStatus
from servers.elastic import ElasticServer


def write_and_withdraw(index: Index) -> None:
    put(index, *(story(f"kept-{number}", "Bridge opens", body=f"Word{number} of it.") for number in range(30)))
    put(index, story("erased", "Zanzibar", body="It was quuxanzibar.", tags=["person:zanzibar"]))
    put(index, story("erased", "Zanzibar again", body="Quuxanzibar.", tags=["person:zanzibar"], version=2))
    put(index, withdrawn_story("erased", version=3))


def test_the_rest_is_as_it_was(index: Index) -> None:
    write_and_withdraw(index)
    index.expunge()
    assert found(index, "zanzibar") == []
    assert found(index, "word7") == ["kept-7"]
    assert len(index.versions("story")) == 31
    put(index, story("later", "Zanzibar is back", tags=["person:zanzibar"]))
    assert found(index, "zanzibar") == ["later"]
    index.expunge()
    assert [value.value for value in index.appears_with("person", "zanzibar", 5)["person"]] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def embedded(folder: Path) -> Iterator[EmbeddedIndex]:
    with closing(EmbeddedIndex(folder, MINSK)) as index:
        index.ensure()
        yield index


def holds(folder: Path, word: str) -> list[str]:
    return [path.name for path in folder.iterdir() if word.encode() in path.read_bytes().lower()]


def test_no_file_and_no_entry_of_the_embedded_index_has_it(embedded: EmbeddedIndex, folder: Path) -> None:
    write_and_withdraw(embedded)
    assert holds(folder, "zanzibar")
    embedded.expunge()
    assert not holds(folder, "zanzibar")
    path = folder / f"{embedded.current_generation()}.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.entries USING fts5vocab(main, text, row)")
        entries = {term for (term,) in connection.execute("SELECT term FROM temp.entries")}
    assert "bridg" in entries
    assert not {term for term in entries if "zanzibar" in term}


def test_a_generation_that_is_being_filled_is_rewritten_too(embedded: EmbeddedIndex, folder: Path) -> None:
    filling = embedded.create_generation()
    embedded.put([story("erased", "Zanzibar")], generation=filling)
    embedded.put([withdrawn_story("erased", version=2)], generation=filling)
    assert holds(folder, "zanzibar")
    embedded.expunge()
    assert not holds(folder, "zanzibar")


def test_a_reader_that_does_not_end_is_named(
    embedded: EmbeddedIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_expunge, "CHECKPOINT_SECONDS", 0.1)
    write_and_withdraw(embedded)
    with closing(sqlite3.connect(folder / f"{embedded.current_generation()}.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM document").fetchone()
        with pytest.raises(IndexUnavailable, match="a reader that does not end"):
            embedded.expunge()
        assert found(embedded, "word7") == ["kept-7"]
    embedded.expunge()
    assert not holds(folder, "zanzibar")


@pytest.fixture
def elastic(elastic_server: ElasticServer) -> Iterator[ElasticIndex]:
    with closing(
        ElasticIndex(ElasticClient(elastic_server.url, timeout=20), prefix=f"test-{uuid4().hex}", zone=MINSK)
    ) as index:
        index.ensure()
        yield index
        index.erase()


@pytest.fixture
def server(elastic_server: ElasticServer) -> Iterator[Elasticsearch]:
    with closing(Elasticsearch(elastic_server.url, request_timeout=20)) as client:
        yield client


def stories(index: ElasticIndex, server: Elasticsearch) -> str:
    """The index of the stories that readers see."""
    (name,) = (name for name in server.indices.get(index="test-*-stories-v*") if index.current_generation() in name)
    return str(name)


def held_in(server: Elasticsearch, index: str, word: str) -> list[str]:
    """The files of an index on the server's disk that hold a word."""
    (node,) = server.nodes.stats(metric="fs")["nodes"].values()
    uuid = server.indices.get(index=index)[index]["settings"]["index"]["uuid"]
    folder = Path(node["fs"]["data"][0]["path"], "indices", uuid)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path.name for path in files if word.encode() in path.read_bytes().lower()]


@pytest.mark.elasticsearch
def test_elasticsearch_lets_go_of_what_was_written_a_moment_ago(elastic: ElasticIndex, server: Elasticsearch) -> None:
    """No merge drops it before its lease is renewed, half a minute later."""
    write_and_withdraw(elastic)
    before = elastic.current_generation()
    assert held_in(server, stories(elastic, server), "quuxanzibar")
    elastic.expunge()
    counts = server.indices.stats(index=stories(elastic, server))["_all"]["primaries"]["docs"]
    assert (counts["count"], counts["deleted"]) == (31, 0)
    assert not held_in(server, stories(elastic, server), "quuxanzibar")
    assert elastic.generations() == [elastic.current_generation()] != [before]
    elastic.check()


@pytest.mark.elasticsearch
def test_a_clone_takes_writes_and_keeps_versions(elastic: ElasticIndex) -> None:
    write_and_withdraw(elastic)
    elastic.expunge()
    [late] = elastic.put([story("erased", "Zanzibar", version=2)])
    assert late.status == PutStatus.NEWER
    put(elastic, story("kept-7", "Bridge closes", body="Word7 is new.", version=2), story("later", "Zanzibar"))
    assert found(elastic, "zanzibar") == ["later"]
    elastic.expunge()
    assert found(elastic, "word7") == ["kept-7"]
    assert dict(elastic.versions("story"))["erased"] == 3


@pytest.mark.elasticsearch
def test_an_expunging_that_was_cut_off_is_made_good_by_the_next(elastic: ElasticIndex, server: Elasticsearch) -> None:
    put(elastic, story("kept", "Bridge opens"))
    server.indices.add_block(index=stories(elastic, server), block="write")
    [refused] = elastic.put([story("later", "Bridge closes")])
    assert refused.status == PutStatus.LATER
    elastic.expunge()
    put(elastic, story("later", "Bridge closes"))
    assert sorted(found(elastic, "bridge")) == ["kept", "later"]


@pytest.mark.elasticsearch
def test_where_no_clone_can_be_made_writes_go_on(elastic: ElasticIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    write_and_withdraw(elastic)
    monkeypatch.setattr(Generations, "_name", lambda _: "NO/NAME")
    with pytest.raises(BadRequestError, match="invalid_index_name"):
        elastic.expunge()
    put(elastic, story("later", "Zanzibar"))
    assert found(elastic, "zanzibar") == ["later"]
