"""An index made for other code, or for another time zone: web and the worker say so, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from elasticsearch import Elasticsearch

from dateline.adapters.elastic import ElasticIndex, open_elastic_index
from dateline.adapters.ledger import open_sql_ledger
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.ports.index import StorySearch
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.submissions import Submission
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from servers.elastic import ElasticServer
from unit.web.conftest import app_on
from unit.web.documents import NOW

pytestmark = pytest.mark.elasticsearch

MINSK = ZoneInfo("Europe/Minsk")


@pytest.fixture
def prefix() -> str:
    return f"unknown-{uuid4().hex}"


@pytest.fixture
def index(elastic_server: ElasticServer, prefix: str) -> Iterator[ElasticIndex]:
    index = open_elastic_index(read_settings({}, search=elastic_server.url, search_prefix=prefix))
    index.ensure()
    yield index
    index.erase()
    index.close()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_sql_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    ledger.migrate()
    yield ledger
    ledger.close()


def pretend_it_is_older(server: ElasticServer, prefix: str, **meta: str) -> None:
    """Give the index the ``_meta`` of another version."""
    with Elasticsearch(server.url) as client:
        ((_, found),) = client.indices.get_mapping(index=f"{prefix}-stories").body.items()
        client.indices.put_mapping(index=f"{prefix}-stories", meta=found["mappings"]["_meta"] | meta)


@pytest.mark.parametrize("meta", [{"analysis": "0123456789abcdef"}, {"timezone": "Asia/Tokyo"}])
def test_web_is_not_ready(
    index: ElasticIndex, elastic_server: ElasticServer, prefix: str, meta: dict[str, str]
) -> None:
    reader = app_on(index).test_client()
    assert reader.get("/ready").status_code == 200
    pretend_it_is_older(elastic_server, prefix, **meta)
    answer = reader.get("/ready")
    assert answer.status_code == 503
    assert f"made with another {next(iter(meta))}" in answer.get_json()["detail"]
    assert "dateline index reindex" in answer.get_json()["detail"]


def test_the_worker_waits_and_says_why(
    index: ElasticIndex, elastic_server: ElasticServer, prefix: str, ledger: Ledger
) -> None:
    pretend_it_is_older(elastic_server, prefix, analysis="0123456789abcdef")
    _, token = ledger.create_token("desk", "editor")
    story = Story(headline="Bridge opens", body_text="It was closed.", published_at=NOW)
    item_id = ledger.submit(Submission(kind="story", payload=to_payload(story), by=token, label=story.headline)).id
    Pipeline(
        ledger=ledger,
        index=index,
        vocabulary=LiveVocabulary(ledger),
        zone=MINSK,
        lease=timedelta(seconds=30),
        worker="test",
    ).work()
    assert index.search(StorySearch()).total == 0
    newest = ledger.item("story", item_id).newest
    assert (newest.state, newest.attempts) == ("accepted", 0)
    assert "made with another analysis" in newest.error
