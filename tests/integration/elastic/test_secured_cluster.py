"""Against a cluster with security and TLS on: user and password, API keys, a CA file, and what each may do."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import AuthorizationException, Elasticsearch

from dateline.adapters.elastic import ensure_roles, open_elastic_client, open_elastic_index
from dateline.adapters.ranked_cursor import FORGOTTEN
from dateline.domain.document import StoryDocument, TermDocument
from dateline.errors import IndexUnavailable
from dateline.ports.index import (
    FACETS,
    Clause,
    EventSearch,
    Index,
    PutStatus,
    StoryFilter,
    StoryPage,
    StorySearch,
    TermSearch,
)
from dateline.settings import read_settings
from servers.elastic import ElasticServer, elasticsearch

pytestmark = pytest.mark.elasticsearch

PASSWORD = "four words in 1 line"


def openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CA of our own (ca.pem) and a certificate for 127.0.0.1 signed by it (node.pem, node.key)."""
    folder = tmp_path_factory.mktemp("certificates")
    new_key = ["-newkey", "rsa:2048", "-nodes"]
    openssl("req", "-x509", *new_key, "-days", "2", "-subj", "/CN=Test CA",
            "-addext", "keyUsage=critical,keyCertSign",
            "-keyout", folder / "ca.key", "-out", folder / "ca.pem")  # fmt: skip
    openssl("req", *new_key, "-subj", "/CN=node", "-keyout", folder / "node.key", "-out", folder / "node.csr")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", folder / "node.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
            "-CAcreateserial", "-days", "2", "-extfile", folder / "names", "-out", folder / "node.pem")  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def secured(certificates: Path) -> Iterator[ElasticServer]:
    with elasticsearch(password=PASSWORD, certificates=certificates) as server:
        yield server


def connect(server: ElasticServer, **settings: str) -> Index:
    defaults = {"search": server.url, "search_ca": str(server.ca), "search_timeout": "10", "timezone": "UTC"}
    return open_elastic_index(read_settings({}, **(defaults | settings)))


def with_password(server: ElasticServer) -> str:
    return server.url.replace("https://", "https://elastic:four%20words%20in%201%20line@")


@pytest.fixture(scope="module")
def filled(secured: ElasticServer) -> Iterator[Index]:
    index = connect(secured, search=with_password(secured))
    index.ensure()
    at = datetime(2017, 12, 5, 9, tzinfo=UTC)
    index.put(
        [StoryDocument(id="a", version=1, revision=1, published_at=at, updated_at=at, day=at.date(), headline="Tea")]
    )
    yield index
    index.close()


def key(server: ElasticServer, privileges: list[str], names: str = "dateline-*") -> str:
    role: dict[str, Any] = {"reader": {"indices": [{"names": [names], "privileges": privileges}]}}
    with Elasticsearch(server.url, basic_auth=("elastic", PASSWORD), ca_certs=str(server.ca)) as client:
        return str(client.security.create_api_key(name="reader", role_descriptors=role)["encoded"])


def test_user_and_password_in_the_address(filled: Index) -> None:
    filled.check()
    assert filled.search(StorySearch(clauses=(Clause(text="tea"),))).total == 1


def test_a_key_that_may_only_read_is_enough_for_web(secured: ElasticServer, filled: Index) -> None:
    index = connect(secured, search_api_key=key(secured, ["read"]))
    index.check()
    assert index.search(StorySearch(clauses=(Clause(text="tea"),), facets=FACETS, highlight=True)).total == 1
    assert [document.id for document in index.get("story", ["a"])] == ["a"]
    assert index.count_by_day(StoryFilter()) == {date(2017, 12, 5): 1}
    assert index.events(EventSearch(first_day=date(2017, 1, 1), last_day=date(2017, 2, 1))) == []
    assert index.terms(TermSearch(type="topic")).lines == ()
    assert index.suggest("te", 5)
    assert index.spelling("teaa") is None or index.spelling("teaa") == "tea"
    with pytest.raises(IndexUnavailable, match="refuses"):
        index.put(filled.get("story", ["a"]))
    index.close()


def written(index: Index) -> tuple[StorySearch, StoryPage]:
    """Five more stories on tea; their search, two a page, and its first page."""
    at = datetime(2017, 12, 6, 9, tzinfo=UTC)
    index.put(
        [
            StoryDocument(
                id=f"t{n}", version=1, revision=1, published_at=at, updated_at=at, day=at.date(), headline="Tea"
            )
            for n in range(5)
        ]
    )
    search = StorySearch(clauses=(Clause(text="tea"),), limit=2)
    return search, index.search(search)


def test_a_walk_by_relevance_goes_on_when_its_point_in_time_is_closed(secured: ElasticServer, filled: Index) -> None:
    search, first = written(filled)
    index = connect(secured, search_api_key=key(secured, ["read"]))
    second = index.search(replace(search, after=first.after))
    assert second.after is not None
    assert second.after[0] != FORGOTTEN
    with Elasticsearch(secured.url, basic_auth=("elastic", PASSWORD), ca_certs=str(secured.ca)) as client:
        client.close_point_in_time(id=second.after[0])
    third = index.search(replace(search, after=second.after))
    nonsense = index.search(replace(search, after=("no point in time", *second.after[1:])))
    shown = [hit.document.id for page in (first, second, third) for hit in page.hits]
    assert sorted(shown) == ["a", "t0", "t1", "t2", "t3", "t4"]
    assert [hit.document.id for hit in nonsense.hits] == shown[4:]
    index.close()


def test_a_key_that_may_open_no_point_in_time_pages_by_score(secured: ElasticServer, filled: Index) -> None:
    search, first = written(filled)
    index = connect(secured, search_api_key=key(secured, ["indices:data/read/search"]))
    second = index.search(replace(search, after=first.after))
    assert second.after is not None
    assert second.after[0] == FORGOTTEN
    assert len({hit.document.id for page in (first, second) for hit in page.hits}) == 4
    index.close()


def test_the_key_of_an_indexer_makes_fills_and_drops_generations(secured: ElasticServer, filled: Index) -> None:
    index = connect(secured, search_api_key=key(secured, ["read", "write", "manage", "view_index_metadata"]))
    before = index.current_generation()
    documents = index.get("story", ["a"])
    assert [result.status for result in index.put(documents)] == [PutStatus.DONE]
    assert [result.status for result in index.put(documents, refresh=False)] == [PutStatus.DONE]
    generation = index.create_generation()
    index.put(documents, generation=generation)
    index.swap(generation)
    assert index.search(StorySearch()).total == 1
    index.swap(before)
    index.drop_generation(generation)
    index.check()
    index.close()


@pytest.fixture(scope="module")
def roles(secured: ElasticServer, filled: Index) -> dict[str, str]:
    """What ``dateline migrate --roles`` makes; the address of each service's user. Made twice, the first otherwise."""
    settings = read_settings({}, search=with_password(secured), search_ca=str(secured.ca))
    with closing(open_elastic_client(settings)) as client:
        ensure_roles(client, "dateline", {"web": "before", "indexer": "before"})
        ensure_roles(client, "dateline", {"web": "words-of-web", "indexer": "words-of-indexer"})
    return {name: secured.url.replace("://", f"://dateline-{name}:words-of-{name}@") for name in ("web", "indexer")}


def test_webs_own_user_reads_and_sees_how_the_index_was_made(
    secured: ElasticServer, filled: Index, roles: dict[str, str]
) -> None:
    index = connect(secured, search=roles["web"])
    assert index.search(StorySearch(clauses=(Clause(text="tea"),), facets=FACETS, highlight=True)).total > 0
    assert index.suggest("te", 5)
    index.check()
    index.close()
    other = connect(secured, search=roles["web"], timezone="Europe/Minsk")
    with closing(other), pytest.raises(IndexUnavailable, match="another timezone"):
        other.check()


def test_webs_own_user_turns_pages_in_a_point_in_time(
    secured: ElasticServer, filled: Index, roles: dict[str, str]
) -> None:
    search, first = written(filled)
    with closing(connect(secured, search=roles["web"])) as index:
        second = index.search(replace(search, after=first.after))
    assert second.after is not None
    assert second.after[0] != FORGOTTEN


@pytest.mark.parametrize(
    ("user", "method", "path", "body"),
    [
        ("web", "POST", "/dateline-stories/_doc", {}),
        ("web", "DELETE", "/dateline-stories/_doc/a", None),
        ("web", "PUT", "/dateline-stories/_settings", {"index.blocks.write": True}),
        ("web", "POST", "/_aliases", {"actions": [{"remove_index": {"index": "dateline-terms"}}]}),
        ("web", "PUT", "/dateline-new", {}),
        ("web", "GET", "/_security/user", None),
        ("web", "GET", "/other/_search", None),
        ("indexer", "PUT", "/other", {}),
        ("indexer", "GET", "/_security/user", None),
        ("indexer", "PUT", "/_cluster/settings", {"persistent": {"action.destructive_requires_name": False}}),
        ("indexer", "POST", "/_security/api_key", {"name": "more"}),
    ],
)  # fmt: skip
def test_a_services_user_may_not(
    secured: ElasticServer, roles: dict[str, str], user: str, method: str, path: str, body: dict[str, Any] | None
) -> None:
    with Elasticsearch(
        secured.url, basic_auth=(f"dateline-{user}", f"words-of-{user}"), ca_certs=str(secured.ca), request_timeout=30
    ) as client:
        headers = {"accept": "application/json", "content-type": "application/json"}
        with pytest.raises(AuthorizationException):
            client.perform_request(method, path, headers=headers, body=body)


def test_the_indexers_own_user_makes_fills_drops_and_rewrites_generations(
    secured: ElasticServer, filled: Index, roles: dict[str, str]
) -> None:
    index = connect(secured, search=roles["indexer"])
    index.ensure()
    documents = index.get("story", ["a"])
    before, generation = index.current_generation(), index.create_generation()
    assert [result.status for result in index.put(documents, generation=generation)] == [PutStatus.DONE]
    index.swap(generation)
    index.swap(before)
    index.drop_generation(generation)
    index.expunge()
    index.close()


def test_a_privilege_that_is_missing_is_no_fault_of_the_document(secured: ElasticServer, filled: Index) -> None:
    index = connect(secured, search_api_key=key(secured, ["write", "maintenance"], "dateline-stories*"))
    story = filled.get("story", ["a"])
    term = TermDocument(id="topic:tea", version=1, type="topic", slug="tea", label="Tea")
    results = index.put([*story, term])
    assert [result.status for result in results] == [PutStatus.DONE, PutStatus.LATER]
    assert "security_exception" in results[1].reason
    index.close()


@pytest.mark.parametrize("settings", [{}, {"search_api_key": "bm9wZTpub3Bl"}])
def test_without_or_with_a_wrong_key_it_says_so(
    secured: ElasticServer, filled: Index, settings: dict[str, str]
) -> None:
    index = connect(secured, **settings)
    with pytest.raises(IndexUnavailable, match="refuses"):
        index.search(StorySearch())
    index.close()


def test_a_certificate_of_an_unknown_authority_is_refused(secured: ElasticServer, filled: Index) -> None:
    index = connect(secured, search=with_password(secured), search_ca="")
    with pytest.raises(IndexUnavailable, match="certificate"):
        index.search(StorySearch())
    index.close()
